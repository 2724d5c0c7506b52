import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { City } from "../../environments/model/city";
import { handover } from "../../reports/handover/handover";
import type { Handover } from "../../reports/handover/handover";
import { handoverPage } from "../../reports/handover/page";
import { accessCity } from "../fixtures/access-city";
import { edited } from "../fixtures/city-edits";
import type { Edit } from "../fixtures/city-edits";
import { CATANIA, MILAN, load } from "../fixtures/city-files";
import { twoPairs } from "../fixtures/two-pairs";
import { typedHere } from "../fixtures/typed-here";

const ROOT = join(__dirname, "../..");
const shipped = (...args: readonly string[]) => typedHere(["report", "network", ...args]);

/** The handover of a city's file with edits, which must be accepted. */
function handed(text: string, ...edits: Edit[]): Handover {
  const { cities, violations } = load({ "city.yaml": edited(text, ...edits) });
  expect(violations).toEqual([]);
  const [city] = cities as readonly City[];
  if (city === undefined) throw new Error("no city");
  return handover(city);
}

describe("report network --handover", () => {
  test.each(["milan", "catania"])("prints what docs/guides/%s-handover.md has", async (id) => {
    const { code, out } = await shipped(id, "--handover");
    expect(code).toBe(0);
    expect(out).toBe(readFileSync(join(ROOT, `docs/guides/${id}-handover.md`), "utf8"));
    expect((await shipped(id, "--handover", "--format", "markdown")).out).toBe(out);
  });

  test("gives JSON of a stable shape, and refuses formats that it has not", async () => {
    const { out } = await shipped("milan", "--handover", "--format", "json");
    expect(Object.keys(JSON.parse(out) as object)).toEqual([
      ...[
        "city",
        "name",
        "asOf",
        "switch",
        "trunks",
        "vlans",
        "gateways",
        "gatewayServers",
        "routes",
        "routers",
        "dhcp",
        "records",
        "names",
      ],
      ...["access", "openings"],
    ]);
    expect(await shipped("milan", "--handover", "--format", "csv")).toMatchObject({
      code: 2,
      err: expect.stringContaining("--handover: there is no csv; allowed: text, markdown, json"),
    });
  });
});

describe("the trunks", () => {
  const gpu = { cluster: "milano-vdi-a", hostGroup: "gpu", adapters: ["vmnic4", "vmnic5"] };

  test("are told by hosts with the same adapters, with the uplink of each and whether it stands by", () => {
    const { trunks } = handed(
      MILAN,
      { "network.switch.+adaptersOf": [gpu] },
      { "network.switch.+teaming": { policy: "failover_explicit", standby: ["uplink2"] } },
    );
    expect(trunks.map(({ cluster, hosts, adapters }) => [cluster, hosts.length, adapters[0]?.adapter])).toEqual([
      ["milano-vdi-a", 8, "vmnic2"],
      ["milano-vdi-a", 4, "vmnic4"],
      ["milano-vdi-b", 12, "vmnic2"],
    ]);
    expect(trunks[1]?.adapters).toEqual([
      { adapter: "vmnic4", uplink: "uplink1", state: "active" },
      { adapter: "vmnic5", uplink: "uplink2", state: "standby" },
    ]);
  });

  test("carry every primary and secondary VLAN of the segments that are made here, and no other", () => {
    const { vlans } = handed(MILAN);
    expect(vlans.map(({ vlan }) => vlan)).toEqual([...vlans.map(({ vlan }) => vlan)].sort((a, b) => a - b));
    expect(vlans.find(({ vlan }) => vlan === 2111)).toMatchObject({ kind: "isolated", primary: 2110 });
    expect(vlans.find(({ vlan }) => vlan === 2110)).toMatchObject({ kind: "primary", segments: ["gateway-anagrafe"] });
    expect(vlans.find(({ vlan }) => vlan === 2190)).toEqual({
      ...{ vlan: 2190, kind: "ordinary", segments: ["management"], mtu: 1500 },
    });
    // The databases are elsewhere.
    expect(vlans.some(({ vlan }) => vlan === 2195)).toBe(false);
  });

  test.each<[what: string, edits: Edit[], text: string]>([
    ["by default", [], "No port channel and no LACP: the teaming policy loadbalance_srcid uses each port by itself"],
    [
      "by IP hash",
      [{ "network.switch.+teaming": { policy: "loadbalance_ip" } }],
      "Static port channel: one for each host, of all its ports, without LACP",
    ],
    [
      "by a group of an existing switch",
      [{ "network.switch.+existing": true }, { "network.switch.+lacp": { mode: "passive", group: "lag1" } }],
      "of all its ports above, the group lag1 of the distributed switch; hosts are passive, so the physical side is active.",
    ],
  ])("are bundled %s", (_, edits, text) => {
    expect(handoverPage(handed(MILAN, ...edits))).toContain(text);
  });

  test("of an existing switch say what it must have", () => {
    const page = handoverPage(handed(MILAN, { "network.switch.+existing": true }));
    expect(page).toContain("exists. It must have these uplinks, the MTU and the private VLANs below.");
  });
});

describe("private VLANs", () => {
  test("say what breaks on switches that do not know them, and where a port is promiscuous", () => {
    expect(handoverPage(handed(MILAN))).toContain("No physical port is promiscuous");
    expect(handoverPage(handed(CATANIA))).toMatch(
      /firewalls are promiscuous, with the mapping .* 870 with 871, 880 with 881/,
    );
  });
});

describe("the routes", () => {
  test("lead to every segment behind the gateways, by their virtual address in the uplink, of each family", () => {
    const { routes, routers } = handed(MILAN);
    expect(routes).toContainEqual({ prefix: "10.21.32.0/21", nextHop: "10.21.255.1", segment: "desktops-anagrafe" });
    expect(routes).toContainEqual({
      prefix: "fd21:6110:80::/64",
      nextHop: "fd21:6110:255::1",
      segment: "desktops-sala-operativa",
    });
    expect(routes.some(({ segment }) => segment === "uplink" || segment === "databases")).toBe(false);
    expect(routers).toEqual([
      { segment: "uplink", vlan: 2199, address: "10.21.255.14/28", use: "next hop of the gateways" },
      { segment: "uplink", vlan: 2199, address: "fd21:6110:255::e/64", use: "next hop of the gateways" },
    ]);
  });

  test("lead to each segment by the pair that has it, whose gateways are in the records and relay DHCP", () => {
    const { routes, records, dhcp } = handover(twoPairs());
    const hops = new Map(routes.map(({ prefix, nextHop }) => [prefix, nextHop]));
    expect(["10.77.1.0/24", "10.77.2.0/24", "fd77:2::/64", "10.77.3.0/25"].map((prefix) => hops.get(prefix))).toEqual([
      ...["10.77.6.1", "10.77.6.5", "fd77:6::11", "10.77.6.5"],
    ]);
    expect(records).toContainEqual({
      ...{ name: "piccola-gateway-teams-b.vdi.piccola.example", type: "A", value: "10.77.5.7" },
    });
    expect(dhcp.scopes.find(({ segment }) => segment === "team")?.relays).toEqual(["10.77.2.2", "10.77.2.3"]);
  });

  test("are the firewalls' own where the city has no gateways: every segment's router", () => {
    const { routes, routers, gateways } = handed(CATANIA);
    expect([routes, gateways]).toEqual([[], false]);
    expect(routers).toContainEqual({
      segment: "access",
      vlan: 875,
      address: "10.87.0.1/27",
      use: "router of the segment",
    });
  });
});

describe("DHCP and DNS", () => {
  test("have a scope for each segment with dhcp, with the relays' own addresses and the options", () => {
    const { dhcp } = handed(MILAN);
    expect(dhcp.servers).toEqual(["10.21.100.20"]);
    expect(dhcp.scopes).toHaveLength(6);
    expect(dhcp.scopes).toContainEqual({
      ...{ segment: "desktops-anagrafe", subnet: "10.21.32.0/21", first: "10.21.32.10", last: "10.21.39.250" },
      ...{ router: "10.21.32.1", dnsServers: ["10.21.100.10", "10.21.100.11"], domain: "vdi.comune.milano.example" },
      ...{ mtu: 9000, relays: ["10.21.32.2", "10.21.32.3"] },
    });
    expect(handed(CATANIA).dhcp).toMatchObject({ servers: [], scopes: [] });
  });

  test("say who advertises IPv6 routers, and where", () => {
    const six: Edit = { "network.segments.desktops-sala-operativa.slaac": true };
    expect(handoverPage(handed(MILAN, six))).toContain(
      "no other router does: desktops-sala-operativa (fd21:6110:80::/64). ",
    );
    expect(handed(CATANIA).dhcp.slaac).toEqual([]);
  });

  test("have the gateways' records, the KMS that Windows looks for, and every name of the file once", () => {
    const { records, names } = handed(MILAN, {
      "network.services.registry-portal.ports": ["windows-activation", "tcp/443"],
    });
    expect(records).toContainEqual({
      name: "milan-gateway-b.vdi.comune.milano.example",
      type: "A",
      value: "10.21.254.3",
    });
    expect(records.at(-1)).toMatchObject({ name: "_vlmcs._tcp.comune.milano.example", type: "SRV" });
    const all = names.map(({ name }) => name);
    expect(all).toEqual([...new Set(all)]);
    expect(all).toEqual(expect.arrayContaining(["vault.comune.milano.example", "esx-b12.comune.milano.example"]));
  });
});

describe("the way to the seats", () => {
  test("has access machines with their records, the rules that firewalls need, and what is the network team's", () => {
    const porto = handover(accessCity());
    expect(porto.records).toEqual([
      { name: "postazioni.porto.example", type: "A", value: "10.66.2.4" },
      { name: "porto-access-a.vdi.porto.example", type: "A", value: "10.66.2.5" },
      { name: "porto-access-b.vdi.porto.example", type: "A", value: "10.66.2.6" },
    ]);
    expect(porto.access?.rules.map(({ id }) => id)).toEqual([
      ...["access-to-names", "access-to-seats", "offices-to-access", "vpn-to-access"],
    ]);
    const page = handoverPage(porto);
    expect(page).toContain("the record of postazioni.porto.example is the network team's");
    expect(page).toContain("VRRP (protocol 112, virtual router 42) and tcp/10000");
    expect(page).toContain("The rules that the city's firewalls need for it:");
  });

  test("has a broker's name and rules alone, and nothing of a city that says no way", () => {
    const access = { name: "postazioni.porto.example", service: "access", from: ["offices"], broker: "rds" as const };
    const broker = handover({ ...accessCity(), access });
    expect(broker.access).toMatchObject({ machines: [], virtualRouterId: null, seat: null });
    expect(broker.access?.addresses).toEqual(["10.66.2.5", "10.66.2.6", "10.66.2.4"]);
    expect(handoverPage(broker)).toContain("the city's own broker");
    const none = handover(twoPairs());
    expect(none.access).toBeNull();
    expect(handoverPage(none)).not.toContain("The way to the seats");
  });
});

describe("openings outside", () => {
  test("are the rules with an end that is not in the segments, the emergency's and the management path too", () => {
    const ids = (text: string) => handed(text).openings.map(({ id }) => id);
    expect(ids(CATANIA)).toEqual([
      ...["management-path", "emergency.home-to-access", "offices-to-access", "protocol-to-database"],
    ]);
    expect(ids(MILAN)).toEqual(
      expect.arrayContaining(["tecnica.plotters", "people-to-access", "videoconference.media"]),
    );
    expect(ids(MILAN)).not.toContain("desktops-to-vault");
  });
});
