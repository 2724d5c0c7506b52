import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { reachOf } from "../../environments/network/network-plan";
import type { Segment } from "../../segmentation/plan";
import { nftables } from "../../segmentation/render/nftables";
import { soakTest } from "../fixtures/soak";
import { city, differences, gatewayOf, proveCity } from "./proved-city";

/** Real packets in network namespaces: the analysis is right where nothing arrives but what it says. */
const MINUTE = 60_000;
const SMALL = join(__dirname, "../fixtures/gateway.yaml");

/** Proves the small city's analysis against a ruleset that was changed by hand. */
async function withRuleset(from: string | RegExp, to: string): Promise<string[]> {
  const small = city(SMALL);
  const right = nftables(reachOf(small).plan, gatewayOf(small));
  const ruleset = right.replace(from, to);
  expect(ruleset).not.toEqual(right);
  return differences(await proveCity(small, { ruleset: () => ruleset }));
}

/** Proves it against segments that are built otherwise than the file has them. */
async function withSegment(name: string, change: Partial<Segment>): Promise<string[]> {
  const small = city(SMALL);
  const segments = reachOf(small).plan.segments.map((one) => (one.name === name ? { ...one, ...change } : one));
  return differences(await proveCity(small, { segments }));
}

/** Milan and Catania as they are: test/soak/proof.test.ts. */
describe("what arrives is what the analysis says", () => {
  // npm test has it by the command: test/network/proof-command.test.ts.
  soakTest(
    "in a city of every kind of segment, with blocks",
    async () => {
      expect(differences(await proveCity(city(SMALL)))).toEqual([]);
    },
    2 * MINUTE,
  );

  soakTest(
    "once its emergency is active",
    async () => {
      const small = city(SMALL);
      const active = { ...small, emergency: { ...small.emergency, active: true } };
      const proved = await proveCity(active);
      expect(differences(proved)).toEqual([]);
      expect(proved.arrived).toBeGreaterThan((await proveCity(small)).arrived);
    },
    2 * MINUTE,
  );
});

describe("the proof finds", () => {
  soakTest(
    "a flow that was widened by one port",
    async () => {
      expect(await withRuleset(/(daddr \{ 10\.76\.0\.9 \} tcp dport) \{ 5432-5433 \}/g, "$1 { 5432-5434 }")).toEqual([
        "gateway: tcp/5434 of nothing arrives",
      ]);
    },
    2 * MINUTE,
  );

  soakTest(
    "a rule that was removed",
    async () => {
      expect(await withRuleset(/.*counter name flow-register accept\n/g, "")).toEqual([
        "gateway: tcp/5432 of register is lost",
        "gateway: tcp/5433 of register is lost",
      ]);
    },
    2 * MINUTE,
  );

  soakTest(
    "a block that was removed",
    async () => {
      expect(await withRuleset(/.*counter name block-quarantine drop\n/g, "")).toEqual(
        expect.arrayContaining(["gateway: tcp/443 of nothing arrives", "gateway: tcp/80 of nothing arrives"]),
      );
    },
    2 * MINUTE,
  );

  soakTest(
    "an opening in the wrong direction",
    async () => {
      const teams = /ip saddr \{ (\S+) \} ip daddr \{ (\S+) \} tcp dport \{ 445 \}/;
      expect(await withRuleset(teams, "ip saddr { $2 } ip daddr { $1 } tcp dport { 445 }")).toEqual([
        "gateway: tcp/445 of teams is lost",
      ]);
    },
    2 * MINUTE,
  );

  soakTest(
    "a gateway that no longer asks where an address belongs",
    async () => {
      expect(await withRuleset(/.*goto spoofed\n/g, "")).toEqual([
        ...["tcp/443", "tcp/445", "tcp/5432", "tcp/80", "udp/161"].map(
          (port) => `gateway: ${port} of another's address arrives`,
        ),
        expect.stringMatching(/^gateway: udp\/\d+ of another's address arrives$/),
      ]);
    },
    2 * MINUTE,
  );

  test(
    "a gateway that no longer asks which neighbour sends under a service's address",
    async () => {
      expect(await withRuleset(/.* saddr \. ether saddr != .*\n/g, "")).toEqual([
        "gateway: tcp/5432 of another's address arrives",
      ]);
    },
    2 * MINUTE,
  );

  soakTest(
    "an isolated segment that was made a community",
    async () => {
      const found = await withSegment("isolated", { ports: "community" });
      expect(found).toContain("direct: tcp/443 of nothing arrives");
      expect(found.every((line) => line.startsWith("direct: "))).toBe(true);
    },
    2 * MINUTE,
  );

  soakTest(
    "a community whose machines were isolated",
    async () => {
      const found = await withSegment("team", { ports: "isolated" });
      expect(found).toContain(`direct: icmp of layer 2: the machines of "team" share the VLAN 320 is lost`);
    },
    2 * MINUTE,
  );
});
