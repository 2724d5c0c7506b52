import { describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { SUPPORT_DUTIES, SUPPORT_TASKS, TASK_PRIVILEGES } from "../../../access/vsphere/support-duties";
import { loadCities } from "../../../environments/load";
import type { City, DeclaredCity } from "../../../environments/model/city";
import type { SupportRole } from "../../../environments/model/support";
import { grantPrivileges, supportGrants } from "../../../environments/support/support-grants";
import { accessCity } from "../../fixtures/access-city";
import { synthesizedCity } from "../../fixtures/synthesized-city";

function gatewayCity(): DeclaredCity {
  const [city] = loadCities([join(__dirname, "../../fixtures/gateway.yaml")]);
  if (city === undefined) throw new Error("the fixture is no city");
  return city;
}

const CITY = gatewayCity();

function withRoles<T extends City>(city: T, ...roles: readonly Partial<SupportRole>[]): T {
  const all = roles.map((role, index) => ({ name: `role-${String(index)}`, group: `A\\g${String(index)}`, ...role }));
  return { ...city, support: { ...city.support, roles: all } };
}

/** What a role may do, a line for each object. */
function granted(role: Partial<SupportRole>, city: City = CITY): string[] {
  return supportGrants(withRoles(city, role)).map((grant) => {
    const privileges = grantPrivileges(grant).map((id) => id.split(".").at(-1));
    return `${grant.object.kind} ${grant.object.name}: ${privileges.join(" ") || "reads"}`;
  });
}

const POWER = "PowerOff PowerOn Reset";

describe("what a support role may do", () => {
  test("a help desk on all desktops: machines and the space of their snapshots, and no gateway", () => {
    expect(granted({ duty: "help-desk" })).toEqual([
      `directorate anagrafe: ConsoleInteract ${POWER} CreateSnapshot RevertToSnapshot`,
      "datastore vsan: AllocateSpace",
    ]);
    expect(granted({ duty: "help-desk", may: ["power"] })).toEqual([`directorate anagrafe: ${POWER}`]);
  });

  test("a role of one pool has that pool's folder alone", () => {
    const others = CITY.pools.map((pool) => ({ ...pool, name: "other", code: "oth", segment: "other-team" }));
    const city = { ...CITY, pools: [...CITY.pools, ...others] };
    expect(granted({ duty: "help-desk", may: ["console"], on: ["pool:other"] }, city)).toEqual([
      "container other: ConsoleInteract",
    ]);
    const both = granted({ duty: "help-desk", may: ["console"], on: ["pool:other", "directorate:anagrafe"] }, city);
    expect(both).toEqual(["directorate anagrafe: ConsoleInteract"]);
    expect(granted({ duty: "desktop-team", on: ["pool:other"] }, city)).toContain("port-group other-team: reads");
  });

  test("the network team restarts gateways and reads port groups", () => {
    const all = granted({ duty: "network-team" });
    expect(all.slice(0, 2)).toEqual(["port-group isolated: reads", `container gateway-a: ConsoleInteract ${POWER}`]);
    expect(all.filter((line) => !line.startsWith("container")).every((line) => line.endsWith(": reads"))).toBe(true);
    expect(granted({ duty: "network-team", on: ["pool:anagrafe"] })).toEqual(["port-group isolated: reads"]);
  });

  test("the network team restarts access machines too, also in a city that has no gateways", () => {
    const city = accessCity();
    expect(granted({ duty: "network-team", on: ["gateways"] }, city)).toEqual([
      ...["a", "b"].map((letter) => `container access-${letter}: ConsoleInteract ${POWER}`),
      ...["a", "b"].map((letter) => `resource-pool access-${letter}: reads`),
      "port-group dmz: reads",
    ]);
    expect(granted({ duty: "help-desk" }, city).filter((line) => line.includes("access-"))).toEqual([]);
  });

  test.each(["auditor", "monitoring"] as const)("%s only reads", (duty) => {
    const all = granted({ duty });
    expect(all).toContain("directorate anagrafe: reads");
    expect(all).toContain("container gateway-b: reads");
    expect(all.filter((line) => !line.endsWith(": reads"))).toEqual([]);
    expect(all.some((line) => line.startsWith("cluster"))).toBe(duty === "monitoring");
  });

  test("tasks without a duty are on the city's folder, as before there were duties", () => {
    expect(granted({ may: ["power", "console"] })).toEqual([`city piccola: ConsoleInteract ${POWER}`]);
  });

  test("every object is there once, whatever pools and gateways share", () => {
    for (const duty of SUPPORT_DUTIES) {
      const all = supportGrants(withRoles(CITY, { duty })).map(({ object }) => JSON.stringify(object));
      expect(all).toEqual([...new Set(all)]);
    }
  });

  test("every task has privileges, and none that gives rights away or changes what the file says", () => {
    const all = SUPPORT_TASKS.flatMap((task) => Object.values(TASK_PRIVILEGES[task]).flat());
    expect(SUPPORT_TASKS.every((task) => TASK_PRIVILEGES[task].machines !== undefined)).toBe(true);
    expect(
      all.filter((id) => /^(?:Authorization|Host|DV|Network|Folder|Global|System)\b|Inventory\./.test(id)),
    ).toEqual([]);
  });
});

describe("the stacks of a city with support roles", () => {
  const stacks = synthesizedCity(
    withRoles(CITY, { name: "help-desk", duty: "help-desk" }, { name: "auditor", duty: "auditor" }),
  );

  test("make a role for each kind of privileges, and none for reading", () => {
    expect(stacks.get("piccola-foundation")?.resources("vsphere_role")).toMatchObject([
      { name: "piccola-help-desk-datastore", role_privileges: ["Datastore.AllocateSpace"] },
      { name: "piccola-help-desk" },
    ]);
    expect(stacks.get("piccola-network")?.resources("vsphere_role")).toEqual([]);
  });

  test("give permissions on folders with all below them, and on others alone", () => {
    const permissions = ["foundation", "network"].flatMap(
      (part) => stacks.get(`piccola-${part}`)?.resources("vsphere_entity_permissions") ?? [],
    );
    const propagated = permissions.map(({ entity_type: type, permissions: given }) => {
      const all = (given as { propagate: boolean }[]).map(({ propagate }) => propagate);
      return `${String(type)} ${[...new Set(all)].join()}`;
    });
    expect([...new Set(propagated)].sort()).toEqual([
      "Datastore false",
      "DistributedVirtualPortgroup false",
      "Folder true",
      "ResourcePool false",
    ]);
    const [datastore] = permissions.filter(({ entity_type: type }) => type === "Datastore");
    expect(datastore).toMatchObject({
      permissions: [{ user_or_group: "A\\g0" }, { user_or_group: "A\\g1", role_id: "-2" }],
    });
  });
});
