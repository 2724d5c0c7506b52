import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { gatewayPlan } from "../../environments/network/gateway-plan";
import { loadCities } from "../../environments/load";
import type { City } from "../../environments/model/city";
import { reachOf } from "../../environments/network/network-plan";
import { prove } from "../../proof/proof";
import type { Difference, ProofOptions, ProofResult } from "../../proof/proof";
import type { GatewayPlan } from "../../segmentation/gateway";
import type { Segment } from "../../segmentation/plan";
import { nftables } from "../../segmentation/render/nftables";

/** Real packets in network namespaces: the analysis is right where nothing arrives but what it says. */
const MINUTE = 60_000;
const SMALL = join(__dirname, "../fixtures/gateway.yaml");
const CATANIA = join(__dirname, "../../environments/catania.yaml");
const MILAN = join(__dirname, "../../environments/milan.yaml");

function city(file: string): City {
  const [loaded] = loadCities([file]);
  if (loaded === undefined) throw new Error(`no city in ${file}`);
  return loaded;
}

function gatewayOf(of: City): GatewayPlan {
  const gateway = gatewayPlan(of);
  if (gateway === undefined) throw new Error(`${of.city.id} has no gateway`);
  return gateway;
}

function proveCity(of: City, built: Partial<ProofOptions> = {}): Promise<ProofResult> {
  return prove({ reach: reachOf(of), gateway: gatewayOf(of), ...built });
}

/** Catania, whose own firewalls enforce, as it would be with gateways: its rules are proven as they are. */
function cataniaWithGateways(): City {
  const catania = city(CATANIA);
  const uplink = { name: "uplink", zone: "transit" as const, vlan: 896, subnet: "10.87.255.0/28", external: false };
  const gateway = {
    template: "debian-12-gateway",
    guestId: "debian12_64Guest",
    firmware: "efi" as const,
    ...{ cpus: 2, memoryGib: 4, diskGib: 8, waitForGuest: false, virtualRouterId: 87, dhcpServers: [] },
    clusters: ["catania-vdi-a", "catania-vdi-b"] as [string, string],
    ...{ uplink: "uplink", nextHop: "10.87.255.14", management: "management" },
  };
  return { ...catania, network: { ...catania.network, gateway, segments: [...catania.network.segments, uplink] } };
}

/** Proves the small city's analysis against a ruleset that was changed by hand. */
async function withRuleset(from: string | RegExp, to: string): Promise<string[]> {
  const small = city(SMALL);
  const right = nftables(reachOf(small).plan, gatewayOf(small));
  const ruleset = right.replace(from, to);
  expect(ruleset).not.toEqual(right);
  return summary(await proveCity(small, { ruleset }));
}

/** Proves it against segments that are built otherwise than the file has them. */
async function withSegment(name: string, change: Partial<Segment>): Promise<string[]> {
  const small = city(SMALL);
  const segments = reachOf(small).plan.segments.map((one) => (one.name === name ? { ...one, ...change } : one));
  return summary(await proveCity(small, { segments }));
}

/** The differences in a few words, each once, sorted. */
function summary({ differences }: ProofResult): string[] {
  const words = ({ protocol, port, by, arrived, path, forged }: Difference): string => {
    const what = protocol === "icmp" ? "icmp" : `${protocol}/${String(port)}`;
    return `${path}: ${what} of ${forged ? "another's address" : (by ?? "nothing")} ${arrived ? "arrives" : "is lost"}`;
  };
  return [...new Set(differences.map(words))].sort();
}

describe("what arrives is what the analysis says", () => {
  test(
    "in Milan, on every edge of every rule, over IPv4 and IPv6",
    async () => {
      const { sent, arrived, forged, differences } = await proveCity(city(MILAN));
      expect(differences).toEqual([]);
      expect(arrived).toBeGreaterThan(1_000);
      expect(forged).toBeGreaterThan(10);
      expect(sent.tcp).toBeGreaterThan(100_000);
      expect(sent.udp).toBeGreaterThan(50_000);
      expect(sent.icmp).toBeGreaterThan(1_000);
    },
    5 * MINUTE,
  );

  test(
    "in Catania, with gateways in the place of its own firewalls",
    async () => {
      const { sent, arrived, differences } = await proveCity(cataniaWithGateways());
      expect(differences).toEqual([]);
      expect(arrived).toBeGreaterThan(500);
      expect(sent.tcp).toBeGreaterThan(20_000);
    },
    5 * MINUTE,
  );

  test(
    "in a city of every kind of segment, with blocks",
    async () => {
      expect(summary(await proveCity(city(SMALL)))).toEqual([]);
    },
    2 * MINUTE,
  );

  test(
    "once its emergency is active",
    async () => {
      const small = city(SMALL);
      const active = { ...small, emergency: { ...small.emergency, active: true } };
      const { differences, arrived } = await proveCity(active);
      expect(differences).toEqual([]);
      expect(arrived).toBeGreaterThan((await proveCity(small)).arrived);
    },
    2 * MINUTE,
  );
});

describe("the proof finds", () => {
  test(
    "a flow that was widened by one port",
    async () => {
      expect(await withRuleset(/(daddr \{ 10\.76\.0\.9 \} tcp dport) \{ 5432-5433 \}/g, "$1 { 5432-5434 }")).toEqual([
        "gateway: tcp/5434 of nothing arrives",
      ]);
    },
    2 * MINUTE,
  );

  test(
    "a rule that was removed",
    async () => {
      expect(await withRuleset(/.*counter name flow-register accept\n/g, "")).toEqual([
        "gateway: tcp/5432 of register is lost",
        "gateway: tcp/5433 of register is lost",
      ]);
    },
    2 * MINUTE,
  );

  test(
    "a block that was removed",
    async () => {
      expect(await withRuleset(/.*counter name block-quarantine drop\n/g, "")).toEqual(
        expect.arrayContaining(["gateway: tcp/443 of nothing arrives", "gateway: tcp/80 of nothing arrives"]),
      );
    },
    2 * MINUTE,
  );

  test(
    "an opening in the wrong direction",
    async () => {
      const teams = /ip saddr \{ (\S+) \} ip daddr \{ (\S+) \} tcp dport \{ 445 \}/;
      expect(await withRuleset(teams, "ip saddr { $2 } ip daddr { $1 } tcp dport { 445 }")).toEqual([
        "gateway: tcp/445 of teams is lost",
      ]);
    },
    2 * MINUTE,
  );

  test(
    "a gateway that no longer asks where an address belongs",
    async () => {
      expect(await withRuleset(/.*goto spoofed\n/g, "")).toEqual([
        expect.stringMatching(/^gateway: udp\/\d+ of another's address arrives$/),
        expect.stringMatching(/^gateway: udp\/\d+ of another's address arrives$/),
      ]);
    },
    2 * MINUTE,
  );

  test(
    "an isolated segment that was made a community",
    async () => {
      const found = await withSegment("isolated", { ports: "community" });
      expect(found).toContain("direct: tcp/443 of nothing arrives");
      expect(found.every((line) => line.startsWith("direct: "))).toBe(true);
    },
    2 * MINUTE,
  );

  test(
    "a community whose machines were isolated",
    async () => {
      const found = await withSegment("team", { ports: "isolated" });
      expect(found).toContain(`direct: icmp of layer 2: the machines of "team" share the VLAN 310 is lost`);
    },
    2 * MINUTE,
  );
});
