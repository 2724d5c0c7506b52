import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { gatewayPairs } from "../../../environments/network/gateway-pairs";
import { seatsBehind } from "../../../environments/network/gateway-size";
import { REPOSITORY } from "../../../runtime/paths";
import { formatViolation } from "../../../environments/violation";
import { edited, inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { load } from "../../fixtures/city-files";
import { TEAMS_PAIR, twoPairs, twoPairsText } from "../../fixtures/two-pairs";

const PAIR = "network.gateway.furtherPairs.teams";

/** Violations of the small city with two pairs, without the file's name and the place. */
function broken(...edits: readonly Edit[]): string[] {
  const { violations } = load({ "city.yaml": twoPairsText(...edits) });
  return violations.map(formatViolation).map((line) => line.replace(/^city\.yaml:\d+:\d+: /, ""));
}

/** One more pair, which takes the services' segment. */
const another = (change: object): Edit => ({
  "network.gateway.furtherPairs.+": {
    ...TEAMS_PAIR,
    ...{ name: "services", segments: ["shared"], virtualRouterId: 9 },
    ...{ uplinkAddress: "10.77.6.8", uplinkAddress6: "fd77:6::21" },
    ...{ managementAddress: "10.77.5.8", managementAddress6: "fd77:5::21" },
    ...change,
  },
});

describe("further pairs of gateways", () => {
  test("are accepted, with every segment of a VLAN behind one pair", () => {
    expect(broken()).toEqual([]);
    expect(broken(another({}))).toEqual([]);
    const [first, teams] = gatewayPairs(twoPairs());
    expect([...(first?.vlans ?? [])]).toEqual([310, 330, 340, 350]);
    expect([...(teams?.vlans ?? [])]).toEqual([320, 325]);
  });

  test("are what the guide shows for Milan", () => {
    const [, block = ""] =
      /^```yaml\n(network:[^]*?)^```$/m.exec(readFileSync(join(REPOSITORY, "docs/guides/network.md"), "utf8")) ?? [];
    const { network } = parse(block) as { network: { gateway: { furtherPairs: unknown[] } } };
    expect(network.gateway.furtherPairs).toHaveLength(1);
    const milan = readFileSync(join(REPOSITORY, "environments/milan.yaml"), "utf8");
    const edit = { "network.gateway.+furtherPairs": network.gateway.furtherPairs };
    const rows = readFileSync(join(REPOSITORY, "environments/milan.assignments.csv"), "utf8");
    const { violations } = load({ "milan.yaml": edited(milan, edit), "milan.assignments.csv": rows });
    expect(violations.map(formatViolation)).toEqual([]);
  });

  test.each<[string, Edit, string]>([
    [
      "a segment of another pair's VLAN",
      another({ segments: ["router-team"] }),
      'furtherPairs[name=services].segments[0]: the VLAN 320 of "router-team" is the pair "teams"\'s already; ',
    ],
    [
      "the uplink",
      { [`${PAIR}.segments`]: ["uplink"] },
      'furtherPairs[name=teams].segments[0]: "uplink" names no segment for a further pair; ',
    ],
    [
      "a segment that exists elsewhere",
      { [`${PAIR}.segments`]: ["databases"] },
      'furtherPairs[name=teams].segments[0]: "databases" names no segment for a further pair; ',
    ],
    [
      "another's name",
      another({ name: "teams" }),
      'furtherPairs[name=teams].name: the pair "teams" is there already; ',
    ],
    [
      "another's virtual router id",
      { [`${PAIR}.virtualRouterId`]: 7 },
      "furtherPairs[name=teams].virtualRouterId: the virtual router id 7 is there already; ",
    ],
    [
      "an address beside the first pair's",
      { [`${PAIR}.uplinkAddress`]: "10.77.6.3" },
      'furtherPairs[name=teams].uplinkAddress: "10.77.6.3": 10.77.6.3 is the first pair\'s already; ',
    ],
    [
      "an address of another pair's gateways",
      another({ managementAddress: "10.77.5.7" }),
      'furtherPairs[name=services].managementAddress: "10.77.5.7": 10.77.5.7 is the pair "teams"\'s already; ',
    ],
    [
      "an address outside",
      { [`${PAIR}.managementAddress`]: "10.77.6.9" },
      'furtherPairs[name=teams].managementAddress: "10.77.6.9": 10.77.6.9 is not an address for machines in 10.77.5.0/28; ',
    ],
    [
      "no IPv6 address in an uplink that has IPv6",
      { [`${PAIR}.uplinkAddress6`]: undefined },
      'furtherPairs[name=teams]: "uplink" has IPv6, and the pair "teams" no address there; ',
    ],
    [
      "a cluster that is not there",
      { [`${PAIR}.clusters`]: ["vdi", "vdj"] },
      'furtherPairs[name=teams].clusters[1]: "vdj" names no cluster with a datastore that is no storage cluster; ',
    ],
    [
      "the first pair's MAC addresses",
      { "network.gateway.+macBlock": 7, [`${PAIR}.+macBlock`]: 7 },
      "furtherPairs[name=teams]: the pair has the block of MAC addresses 7 of another; ",
    ],
    [
      "too few CPUs for its seats",
      {
        "pools.anagrafe.segment": "team",
        [`${PAIR}.+cpus`]: 1,
        [`${PAIR}.+load`]: { packets: 100_000, newConnections: 1000 },
      },
      "furtherPairs[name=teams].cpus: 2 seats with 200,000 packets, 2,000 new connections a second, 200 connections need 2 CPUs in one gateway, not 1; ",
    ],
  ])("are refused with %s", (_what, edit, text) => {
    expect(broken(edit).filter((line) => line.startsWith(`network.gateway.${text}`))).toHaveLength(1);
  });

  test("need IPv6 in the uplink where the segments of two of them have it", () => {
    const found = broken({
      "network.segments.uplink.subnet6": undefined,
      "network.gateway.nextHop6": undefined,
      [`${PAIR}.uplinkAddress6`]: undefined,
    });
    const text =
      /^network\.gateway\.uplink: "uplink" has no subnet6, so no IPv6 packet passes between the segments of 2 pairs; /;
    expect(found).toContainEqual(expect.stringMatching(text));
  });

  test("are told whose address they have: the router's, and a service's", () => {
    const found = broken({ [`${PAIR}.uplinkAddress`]: "10.77.6.12" }).join("\n");
    expect(found).toContain(
      'network.gateway.furtherPairs[name=teams].uplinkAddress: "10.77.6.12": 10.77.6.14 is the next hop\'s already; ',
    );
    const service = inYaml("{ name: log-host, segment: management, addresses: [10.77.5.6], ports: [tcp/514] }");
    expect(broken({ "network.services.+": service }).join("\n")).toContain(
      '"10.77.5.5": 10.77.5.6 is the service "log-host"\'s already; ',
    );
  });

  test("have names that leave each gateway's stack a state of its own", () => {
    const name = "desktops-of-the-northern-municipalities";
    expect(broken({ "city.id": "reggio-nell-emilia", [`${PAIR}.name`]: name })).toContainEqual(
      expect.stringMatching(/\.name: the stack name "reggio-nell-emilia-gateway-desktops.*" has 68 characters; /),
    );
  });

  test("free the first from legs: eleven VLANs are too many for one pair, and few enough for two", () => {
    const more: Edit[] = [1, 2, 3, 4, 5].map((number) => ({
      "network.segments.+": inYaml(
        `{ name: more-${String(number)}, zone: services, vlan: 37${String(number)}, subnet: 10.77.1${String(number)}.0/24 }`,
      ),
    }));
    expect(broken(...more)).toEqual([]);
    expect(broken(...more, { "network.gateway.furtherPairs": undefined })).toEqual([
      expect.stringMatching(/^network\.gateway: the gateways would have 11 interfaces; /),
    ]);
  });

  test("have the seats of their own segments", () => {
    const city = twoPairs({ "pools.anagrafe.segment": "team" });
    expect(gatewayPairs(city).map((pair) => seatsBehind(city, pair))).toEqual([0, 2]);
    expect(gatewayPairs(twoPairs()).map((pair) => seatsBehind(twoPairs(), pair))).toEqual([2, 0]);
  });
});
