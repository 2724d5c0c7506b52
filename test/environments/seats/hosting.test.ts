import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { City, DeclaredCity, DeployedCity } from "../../../environments/model/city";
import { reachOf } from "../../../environments/network/network-plan";
import { withEmergencies, withPromised } from "../../../environments/seats/hosting";
import { seatName, seatNumbers, shardsOf } from "../../../environments/seats/seats";
import { matrixCells } from "../../../segmentation/matrix";
import { hostingCities } from "../../fixtures/hosting-cities";
import type { HostingOptions } from "../../fixtures/hosting-cities";
import { resourceTexts, synthesizedCities } from "../../fixtures/synthesized-city";

const options = fc.record({ seats: fc.integer({ min: 1, max: 60 }), seatsPerStack: fc.integer({ min: 1, max: 25 }) });

/** Both cities as they are deployed, guest and host. */
function hosted(given?: HostingOptions): DeployedCity[] {
  const { guest, host } = hostingCities(given);
  return withEmergencies([guest, host]);
}

function hostedPool(given?: HostingOptions): DeployedCity["pools"][number] | undefined {
  return hosted(given)[1]?.pools.find(({ name }) => name === "guest-anagrafe-hosted");
}

/** What stands in the stacks of both cities. */
function resources(given: HostingOptions, reversed = false): Map<string, string> {
  const { guest, host } = hostingCities(given);
  return resourceTexts(synthesizedCities(reversed ? [host, guest] : [guest, host]));
}

/** Names of the seats in all stacks of a city. */
function seats(city: DeployedCity | undefined): string[] {
  return city === undefined
    ? []
    : city.pools.flatMap((pool) => shardsOf(city, pool).flatMap((shard) => [...shard.seats]));
}

describe("the seats that a city hosts for another", () => {
  test("are floating ones of the host's platform, as many and with the code that the guest asks for", () => {
    expect(hostedPool({ active: true })).toMatchObject({
      ...{ code: "anx", seats: 4, directorate: "guest.anagrafe", assignment: "floating", decommissioned: false },
      ...{ workstation: "cad", imageVersion: "2026.11", cluster: "vdi-b", segment: "cad" },
    });
    expect(hosted()[1]?.directorates.at(-1)).toMatchObject({ id: "guest.anagrafe", name: "Servizi Civici, Ospite" });
  });

  test("are named as the host's, and no pool of the guest's own changes", () => {
    const [guest, host] = hosted({ active: true });
    expect(seats(host).filter((name) => name.includes("-anx-"))).toEqual([
      ...["ho-anx-0001", "ho-anx-0002", "ho-anx-0003", "ho-anx-0004"],
    ]);
    expect(guest?.pools).toEqual(hostingCities({ active: true }).guest.pools);
  });

  test("need both files to say so", () => {
    const { guest, host } = hostingCities({ active: true });
    const silent = (city: DeclaredCity): DeclaredCity => ({
      ...city,
      emergency: { ...city.emergency, surge: [], hosting: [] },
    });
    const pairs = [[guest], [host], [guest, silent(host)], [silent(guest), host]];
    for (const cities of pairs) {
      expect(withEmergencies(cities)).toEqual(cities.map((city) => ({ ...city, kind: "deployed" })));
    }
  });

  test("are there, for any number of them, exactly while the guest's emergency is active", () => {
    fc.assert(
      fc.property(options, (given) => {
        const [before, active, after] = [false, true, false].map((on) => seats(hosted({ ...given, active: on })[1]));
        const added = Array.from({ length: given.seats }, (_, index) => seatName("ho", "anx", index + 1));
        expect(active).toEqual([...(before ?? []), ...added]);
        expect(after).toEqual(before);
      }),
    );
  });

  test("are in the same stacks, for any number of them, whether the emergency is active or not", () => {
    const stacks = (given: HostingOptions) => {
      const [, host] = hosted(given);
      const pool = hostedPool(given);
      return host && pool && shardsOf(host, pool).map(({ number }) => number);
    };
    fc.assert(
      fc.property(options, (given) => {
        expect(stacks({ ...given, active: true })).toEqual(stacks({ ...given, active: false }));
        expect(stacks(given)).toHaveLength(Math.ceil(given.seats / given.seatsPerStack));
      }),
    );
  });

  test("are all that the guest's emergency changes, in both cities", () => {
    const [waiting, active] = [resources({ active: false }), resources({ active: true })];
    const changed = [...active]
      .filter(([id, text]) => waiting.get(id) !== text)
      .map(([id]) => id.replace(/_[0-9A-F]{8}$/, ""));
    expect(changed).toEqual([
      "host-desktops-guest-anagrafe-hosted-01 vsphere_virtual_machine pool_replaceable",
      "host-desktops-guest-anagrafe-hosted-02 vsphere_virtual_machine pool_replaceable",
    ]);
    expect([...waiting.keys()]).toEqual([...active.keys()]);
  });

  test("are prepared in the host's foundation and Vault, under the guest's name, and nothing is in the guest's", () => {
    const { guest, host } = hostingCities();
    const [apart, together] = [synthesizedCities([guest]), synthesizedCities([guest, host])];
    for (const [name, { json }] of apart) expect(together.get(name)?.json).toEqual(json);
    const foundation = together.get("host-foundation");
    expect(foundation?.resources("vsphere_folder").map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/\/guest\.anagrafe$/),
        expect.stringMatching(/\/guest-anagrafe-hosted$/),
      ]),
    );
    expect(foundation?.resources("vsphere_tag").map(({ name }) => name)).toContain("guest.anagrafe");
    const roles = together.get("host-secrets")?.resources("vault_approle_auth_backend_role");
    expect(roles?.map(({ role_name: name }) => name)).toContain("guest-anagrafe-hosted");
  });

  test("do not depend on the order of the files", () => {
    const [one, other] = [resources({ active: true }), resources({ active: true }, true)];
    expect(new Map([...one].sort())).toEqual(new Map([...other].sort()));
  });

  test("use applications whose flows are open from their segment whatever the emergency is", () => {
    const { host } = hostingCities();
    const { hosting, ...emergency } = host.emergency;
    const flow = {
      id: "portal",
      to: "databases",
      ports: ["tcp/443"],
      owner: "a",
      purpose: "b",
      ticket: "c",
      log: false,
    };
    const applications = [{ id: "portal", flows: [{ ...flow, until: "2027-12-31" }] }];
    const using = hosting.map((one) => ({ ...one, applications: ["portal"] }));
    const cells = (city: City) => matrixCells(reachOf(city)).filter(({ ways }) => ways.length > 0);
    const open = cells({ ...host, applications, emergency: { ...emergency, hosting: using } });
    expect(open.map(({ from, to }) => [from, to])).toContainEqual(["cad", "databases"]);
    expect(cells({ ...host, applications })).toEqual(cells(host));
  });
});

describe("the seats that a city promises to host", () => {
  test("are all of them, whether somebody asks or not", () => {
    const pool = withPromised(hostingCities().host).pools.at(-1);
    expect(pool).toMatchObject({ name: "guest-anagrafe-hosted", seats: 9999, cluster: "vdi-b" });
    expect(pool && seatNumbers(pool)).toHaveLength(9999);
  });
});
