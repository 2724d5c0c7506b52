import { describe, expect, test } from "@jest/globals";
import type { gatewayPlans } from "../../environments/network/gateway-plan";
import { reachOf } from "../../environments/network/network-plan";
import { nftables } from "../../segmentation/render/nftables";
import { soakTest } from "../fixtures/soak";
import { twoPairs } from "../fixtures/two-pairs";
import { differences, proveCity } from "./proved-city";

/** A city of two pairs of gateways by real packets: its two teams are behind the second, everything else behind the first. */
const MINUTE = 60_000;

/** Proves it against a ruleset of one pair that was changed by hand. @param name of the pair; undefined for the first */
async function withRuleset(name: string | undefined, from: RegExp, to = ""): Promise<string[]> {
  const city = twoPairs();
  const ruleset = (gateway: ReturnType<typeof gatewayPlans>[number]): string => {
    const right = nftables(reachOf(city).plan, gateway);
    if (gateway.name !== name) return right;
    const changed = right.replace(from, to);
    expect(changed).not.toEqual(right);
    return changed;
  };
  return differences(await proveCity(city, { ruleset }));
}

describe("what arrives through two pairs is what the analysis says", () => {
  test(
    "between segments of two pairs, to outside, to both pairs' management, and never under an address of the other's",
    async () => {
      const result = await proveCity(twoPairs());
      expect(differences(result)).toEqual([]);
      expect(result.forged).toBeGreaterThan(10);
      expect(result.arrived).toBeGreaterThan(100);
    },
    2 * MINUTE,
  );

  for (const [whose, name] of [
    ["the second pair, whose machines open it", "teams"],
    ["the first pair, whose machine accepts it", undefined],
  ] as const) {
    soakTest(
      `so a flow between two pairs is lost where ${whose}, does not forward it`,
      async () => {
        const found = await withRuleset(name, /.*counter name flow-portal accept\n/g);
        expect(found).toEqual(["gateway: tcp/443 of portal is lost"]);
      },
      2 * MINUTE,
    );
  }

  soakTest(
    "so an address of the other pair that comes from elsewhere would arrive where its MAC address is not asked",
    async () => {
      const found = await withRuleset(undefined, /.*ether saddr != .* saddr \{ 10\.77\.2.*goto spoofed\n/g);
      expect(found).toEqual([expect.stringMatching(/of another's address arrives$/)]);
    },
    2 * MINUTE,
  );
});
