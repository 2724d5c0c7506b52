import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { formatViolation } from "../../../environments/violation";
import type { Violation } from "../../../environments/violation";
import { edited, inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { CATANIA, MILAN, lines, load, milanBreaking, milanWith } from "../../fixtures/city-files";

/** One more segment of Milan, before its first: keys and values in YAML. */
const withSegment = (text: string): Edit => ({ "network.segments.+0": inYaml(`{ ${text} }`) });

describe("a city without gateways", () => {
  test("is accepted: its own firewalls enforce, whatever number of VLANs there is", () => {
    const more = withSegment("name: more, zone: services, vlan: 2186, subnet: 10.21.101.0/24");
    expect(
      milanWith({ "network.gateway": undefined, "secrets.ssh.roles.gateways.machines": ["pools/smart-working"] }, more),
    ).toEqual([]);
    expect(lines(CATANIA)).toEqual([]);
  });
});

describe("gateway-data", () => {
  /** Flows to so many addresses that packing does not make small. */
  const scattered = (count: number): Edit[] =>
    ["one", "two"].flatMap((name) => {
      const ranges = Array.from({ length: count }, (_, index) => {
        const [a = 0, b = 0, c = 0] = createHash("sha256")
          .update(`${name}${String(index)}`)
          .digest();
        return `185.${String(a)}.${String(b)}.${String(c)}/32`;
      });
      const rest = { owner: "A", purpose: "p", ticket: "T-1", until: "2027-12-31" };
      return [
        { "network.outside.+": { name, ranges: [...new Set(ranges)] } },
        { "network.flows.+": { id: name, from: "shared", to: name, ports: ["tcp/443"], ...rest } },
      ];
    });

  test("refuses more rules than guestinfo can hold, with how many bytes they have", () => {
    expect(milanBreaking("gateway-data", ...scattered(6_000))).toEqual([
      expect.stringMatching(
        /^network\.gateway: the gateways' rules have [\d,]+ bytes, packed; allowed: a gateway's rules have at most 65,536 bytes/,
      ),
    ]);
    expect(milanBreaking("gateway-data", ...scattered(100))).toEqual([]);
  });
});

describe("gateway-role", () => {
  test("refuses a pool that takes the name of the gateways' role, and lets a city without gateways have one", () => {
    expect(milanBreaking("gateway-role", { "pools.tecnica.name": "gateways" })).toEqual([
      'pools[name=gateways].name: "gateways" is the gateways\' role in Vault; allowed: in a city with gateways no pool is ' +
        "called gateways; repair: give it another name",
    ]);
    expect(
      lines(
        edited(CATANIA, {
          "pools.tecnica.name": "gateways",
          "secrets.accounts.rotated.join-tecnica.joins": ["gateways"],
        }),
      ),
    ).toEqual([]);
  });
});

describe("gateway-names", () => {
  test("refuses a pool that takes a gateway's name, and lets a city without gateways have one", () => {
    expect(milanBreaking("gateway-names", { "pools.tecnica.name": "gateway-a" })).toEqual([
      'pools[name=gateway-a].name: "gateway-a" is a gateway\'s; allowed: in a city with gateways no directorate and no ' +
        "pool is called gateway-a or gateway-b, or gateway-<name>-a or -b as those of a further pair; repair: give it another name",
    ]);
    expect(
      lines(
        edited(CATANIA, {
          "pools.tecnica.name": "gateway-a",
          "secrets.accounts.rotated.join-tecnica.joins": ["gateway-a"],
        }),
      ),
    ).toEqual([]);
  });
});

describe("gateway-cluster", () => {
  test("refuses a cluster that is not declared, with the nearest name", () => {
    expect(milanWith({ "network.gateway.clusters": ["milano-vdi-a", "milano-vdi-c"] })).toEqual([
      'network.gateway.clusters[1]: "milano-vdi-c" names no cluster with a datastore that is no storage cluster; allowed: "milano-vdi-a" or ' +
        '"milano-vdi-b"; repair: write "milano-vdi-a"',
    ]);
  });

  test("refuses one without a datastore, which would have no place for the machine's disk", () => {
    const cluster: Edit = { "platform.clusters.+": { name: "edge", hosts: ["esx-c01.comune.milano.example"] } };
    const there: Edit = { "network.gateway.clusters": ["milano-vdi-a", "edge"] };
    const datastore: Edit = { "platform.datastores.+0": { name: "vsan-edge", cluster: "edge" } };
    expect(milanWith(cluster, there)).toEqual([
      'network.gateway.clusters[1]: "edge" names no cluster with a datastore that is no storage cluster; allowed: "milano-vdi-a" or "milano-vdi-b"; ' +
        "repair: choose one of them or declare it in platform",
    ]);
    expect(milanWith(cluster, there, datastore)).toEqual([]);
  });

  test("lets both be in one cluster, and refuses a third", () => {
    expect(milanWith({ "network.gateway.clusters": ["milano-vdi-a", "milano-vdi-a"] })).toEqual([]);
    const refused: unknown = expect.stringMatching(
      /^network\.gateway\.clusters: a list of [13] items? is out of range; allowed: a list of 2; repair: write a list of 2 /,
    );
    const wrong = "network.gateway.clusters[0]: 1 is a number; allowed: text of 1 to 80 characters; repair: ";
    expect(milanWith({ "network.gateway.clusters": [1, "milano-vdi-b"] })).toEqual([expect.stringContaining(wrong)]);
    expect(milanWith({ "network.gateway.clusters": ["milano-vdi-a"] })).toEqual([refused]);
    expect(milanWith({ "network.gateway.clusters": ["milano-vdi-a", "milano-vdi-b", "milano-vdi-a"] })).toEqual([
      refused,
    ]);
  });
});

describe("gateway-interfaces", () => {
  /** Milan's own VLANs are ten; this is one more. */
  const plain = "name: more, zone: services, vlan: 2186, subnet: 10.21.101.0/24";

  test("refuses more VLANs than a machine can have network adapters", () => {
    expect(milanWith(withSegment(plain))).toEqual([
      "network.gateway: the gateways would have 11 interfaces; allowed: a pair of gateways has legs in at most 10 VLANs, " +
        "primary ones counted once, with the uplink and the management; repair: give some segments to a pair of " +
        "network.gateway.furtherPairs, give pools that reach the same one segment, or leave gateway out and enforce by your own firewalls",
    ]);
  });

  test("accepts ten, and counts neither external VLANs nor secondary ones", () => {
    expect(milanWith()).toEqual([]);
    expect(milanWith(withSegment(`${plain}, external: true`))).toEqual([]);
    const community = "vlan: 2140, privateVlan: { secondary: 2142, type: community }";
    expect(milanBreaking("gateway-interfaces", withSegment(plain.replace("vlan: 2186", community)))).toEqual([]);
  });
});

describe("gateway-segments", () => {
  const names = "repair: choose one of them or declare it in network.segments";
  const uplink = (key: string): Edit => ({ "network.gateway.uplink": key });
  const management = (key: string): Edit => ({ "network.gateway.management": key });

  test.each(["shared", "gateway-tecnica", "nowhere"])(
    "refuses the uplink %s, which is of another zone, private, or not there",
    (name) => {
      expect(milanBreaking("gateway-segments", uplink(name))).toContain(
        `network.gateway.uplink: "${name}" names no such segment of the zone transit; allowed: "uplink"; ${names}`,
      );
    },
  );

  test.each(["access", "databases", "managements"])("refuses the management %s", (name) => {
    const repair = name === "managements" ? 'repair: write "management"' : names;
    expect(milanBreaking("gateway-segments", management(name))).toEqual([
      `network.gateway.management: "${name}" names no such segment of the zone management; allowed: "management"; ` +
        repair,
    ]);
  });

  test("refuses an uplink that is external: there is no port group to connect a gateway to", () => {
    expect(milanBreaking("gateway-segments", { "network.segments.uplink.+external": true })).toEqual([
      `network.gateway.uplink: "uplink" names no such segment of the zone transit; allowed: nothing; ${names}`,
    ]);
  });

  const rest =
    "repair: write the address of the city's router there; the segment's gateway, a further pair's address and the two beside each are the gateways' " +
    "own";

  test.each(["10.21.254.14", "10.21.255.0", "10.21.255.1", "10.21.255.3", "10.21.255.15"])(
    "refuses the next hop %s, which is elsewhere, the network's, a gateway's own or the broadcast",
    (address) => {
      expect(milanWith({ "network.gateway.nextHop": address })).toEqual([
        `network.gateway.nextHop: "${address}" is not an address for machines in the uplink "uplink"; allowed: ` +
          `"10.21.255.0/28"; ${rest}`,
      ]);
    },
  );

  test("refuses a next hop of IPv6 in an uplink without IPv6, and one of another range", () => {
    expect(milanWith({ "network.segments.uplink.subnet6": undefined })).toEqual([
      'network.gateway.nextHop6: "fd21:6110:255::e" is not an address for machines in the uplink "uplink"; allowed: an ' +
        `uplink with IPv6; ${rest}`,
    ]);
    expect(milanWith({ "network.gateway.nextHop6": "fd21:6110:254::e" })).toEqual([
      expect.stringContaining('network.gateway.nextHop6: "fd21:6110:254::e" is not an address for machines in the'),
    ]);
  });

  test("accepts another address of the uplink, and a city without IPv6 outside", () => {
    expect(milanWith({ "network.gateway.nextHop": "10.21.255.4" })).toEqual([]);
    expect(milanWith({ "network.gateway.nextHop6": undefined, "network.segments.uplink.subnet6": undefined })).toEqual(
      [],
    );
  });
});

describe("what is said of gateways", () => {
  test.each<[what: string, edit: Edit, line: string]>([
    ["a virtual router id beyond VRRP's", { "network.gateway.virtualRouterId": 256 }, "256 is out of range"],
    ["no next hop", { "network.gateway.nextHop": undefined }, 'network.gateway.nextHop: the key "nextHop" is missing'],
    [
      "a DHCP server of IPv6",
      { "network.gateway.dhcpServers": ["fd21::20"] },
      "allowed: an IPv4 address such as 10.21.0.1",
    ],
  ])("is refused with %s", (_, edit, line) => {
    expect(milanWith(edit)).toEqual([expect.stringContaining(line)]);
  });

  test("needs a template, its two clusters, the two segments, a next hop and a virtual router id, and no more", () => {
    const text = edited(MILAN, { "network.gateway.dhcpServers": undefined, "network.gateway.nextHop6": undefined });
    expect(lines(text)).toEqual([]);
  });
});

describe("gateway-mac-once", () => {
  const small = readFileSync(join(__dirname, "../../fixtures/gateway.yaml"), "utf8");
  const city = (id: string, gateway: Edit = {}): string => edited(small, { "city.id": id }, gateway);
  const found = (...texts: readonly string[]): Violation[] => {
    const files = Object.fromEntries(texts.map((text, index) => [`${String(index)}.yaml`, text]));
    return load(files).violations.filter(({ rule }) => rule === "gateway-mac-once");
  };

  test("refuses two cities whose gateways have the same addresses, at each VLAN, and says how to repair it", () => {
    const lines = found(city("piacenza"), city("ravenna")).map(formatViolation);
    const segments = lines.map((line) => /name=([a-z-]+)/.exec(line)?.[1]);
    expect(segments).toEqual(["router", "router-team", "router-other-team", "shared", "management", "uplink"]);
    expect(lines[0]).toMatch(
      /^1\.yaml:\d+:\d+: network\.segments\[name=router\]\.vlan: the gateways' MAC address 00:50:56:[0-9a-f:]{8} in the VLAN 310 is that of Piccola's already; /,
    );
    expect(lines[0]).toContain("repair: add network.gateway.macBlock: 0 to Piccola; ");
  });

  test("accepts what its repair says, and cities whose ids lead to different addresses", () => {
    expect(found(city("piacenza"), city("ravenna", { "network.gateway.+macBlock": 0 }))).toEqual([]);
    expect(found(city("piacenza"), city("rimini"))).toEqual([]);
  });

  test("refuses two cities that say the same block, and a third with its own line", () => {
    const same = ["piacenza", "rimini", "ravenna"].map((id) => city(id, { "network.gateway.+macBlock": 7 }));
    expect(new Set(found(...same).map(({ file }) => file))).toEqual(new Set(["1.yaml", "2.yaml"]));
  });
});

describe("gateway-path-targets", () => {
  const target = (address: string): Edit => ({ "network.gateway.+pathTargets": [address] });

  test.each([
    ["outside the city's segments", "203.0.113.1"],
    ["the gateways' own", "10.21.100.2"],
    ["a desktop's, from DHCP", "10.21.16.10"],
    ["the uplink's", "10.21.255.10"],
  ])("refuses an address that is %s", (_whose, address) => {
    expect(milanBreaking("gateway-path-targets", target(address))).toEqual([
      expect.stringMatching(/^network\.gateway\.pathTargets\[0\]: .* is not an address that always answers/),
    ]);
  });

  test("accepts a server's, and a switch's in a segment of desktops", () => {
    for (const address of ["10.21.100.10", "10.21.16.5"]) {
      expect(milanBreaking("gateway-path-targets", target(address))).toEqual([]);
    }
  });
});
