import { describe, expect, test } from "@jest/globals";
import type { DeployedCity } from "../../../environments/model/city";
import type { Pool } from "../../../environments/model/desktops";
import type { Workstation } from "../../../environments/model/workstation";
import { cityPrivileges, poolPrivileges } from "../../../environments/vsphere/privileges";
import { deployedSample } from "../../fixtures/deployed";

function ids(city: DeployedCity, wanted: string): string[] {
  const privileges = cityPrivileges(city).find(({ login }) => login === wanted)?.privileges ?? [];
  return privileges.map(({ id }) => id);
}

/** The sample, whose dedicated seats may have holders. */
function heldSample(): DeployedCity {
  return { ...deployedSample(), hasAssignments: true };
}

/** What a change of the sample's first pool, or of its workstation, adds to what its stacks need. */
function added(change: Partial<Pool>, hardware: Partial<Workstation> = {}, start: Partial<Pool> = {}): string[] {
  const needed = (pool: Partial<Pool>, workstation: Partial<Workstation>): string[] => {
    const city = heldSample();
    const [first] = city.pools;
    const known = city.workstations[first?.workstation ?? ""];
    if (first === undefined || known === undefined) throw new Error("the sample has no pool");
    const kind = { ...known, ...workstation };
    const plain: Partial<Pool> = { assignment: "floating", antiAffinity: false, hostGroup: undefined, adopt: [] };
    const workstations = { ...city.workstations, [first.workstation]: kind };
    return poolPrivileges({ ...city, workstations }, { ...first, ...plain, ...start, ...pool }).map(({ id }) => id);
  };
  const without = needed({}, { videoMemoryMib: undefined, dataDiskGib: undefined, tpm: false });
  return needed(change, { videoMemoryMib: undefined, dataDiskGib: undefined, tpm: false, ...hardware }).filter(
    (id) => !without.includes(id),
  );
}

describe("the privileges of a city's logins", () => {
  test("are each there once, sorted, with a reason", () => {
    for (const { privileges } of cityPrivileges(deployedSample())) {
      const names = privileges.map(({ id }) => id);
      expect(names).toEqual([...new Set(names)].sort());
      for (const { why } of privileges) expect(why).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("leave out what the city has not", () => {
    const city = deployedSample();
    expect(ids(city, "foundation")).toEqual(expect.arrayContaining(["Authorization.ModifyRoles"]));
    const small: DeployedCity = {
      ...city,
      support: { roles: [], contacts: [] },
      network: { ...city.network, gateway: undefined },
    };
    expect(ids(small, "foundation").filter((id) => id.startsWith("Authorization."))).toEqual([]);
    expect(ids(small, "gateway")).toEqual([]);
    expect(ids(heldSample(), "foundation")).toContain("Global.ManageCustomFields");
    expect(ids(city, "foundation")).not.toContain("Global.ManageCustomFields");
  });

  test("change nothing of a switch that exists already, and no host", () => {
    const { network, ...rest } = deployedSample();
    const existing: DeployedCity = { ...rest, network: { ...network, switch: { ...network.switch, existing: true } } };
    expect(ids(existing, "network").filter((id) => /^(?:DVSwitch|Host)\./.test(id))).toEqual([]);
    expect(ids(existing, "network")).toContain("DVPortgroup.Create");
  });
});

describe("the privileges of a pool's stacks", () => {
  test("follow what the pool is", () => {
    expect(added({ assignment: "dedicated" })).toEqual(["Global.SetCustomField"]);
    expect(added({ antiAffinity: true })).toEqual(["Host.Inventory.EditCluster"]);
    const windows = [{ days: ["fri" as const], start: "20:00", stop: "23:00" }];
    const maintenance = { windows, warnMinutes: [], atEnd: "wait" as const };
    expect(added({ maintenance })).toEqual(["VirtualMachine.Config.AdvancedConfig"]);
    expect(added({ adopt: [{ seat: 1, machine: "Old/PC-1" }] })).toEqual(["VirtualMachine.Inventory.Move"]);
  });

  test("follow what its machines are", () => {
    expect(added({}, { videoMemoryMib: 64 })).toEqual(["VirtualMachine.Config.AdvancedConfig"]);
    expect(added({}, { tpm: true })).toEqual(["Cryptographer.Clone", "Cryptographer.Encrypt"]);
    expect(added({}, { dataDiskGib: 10 })).toEqual(["VirtualMachine.Config.RemoveDisk"]);
  });

  test("take no disk out of a machine that somebody has", () => {
    expect(added({}, { dataDiskGib: 10 }, { assignment: "dedicated" })).toEqual([]);
  });
});
