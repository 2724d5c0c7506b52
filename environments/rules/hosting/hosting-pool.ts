import { promisedPools } from "../../seats/hosting";
import { poolDatastore } from "../pools/pool-datastore";
import { poolImageVersion } from "../pools/pool-image-version";
import { poolSegment } from "../pools/pool-segment";
import { referenceRules } from "../references";
import type { CityRule } from "../rule";
import { versionReleased } from "../pools/version-released";

const POOL_RULES = [
  ...["pool-application", "pool-cluster", "pool-workstation"].map(referenceRule),
  poolDatastore,
  poolImageVersion,
  poolSegment,
  versionReleased,
];

/**
 * Hosted seats form a pool of the city, so rules on pools apply to them. Their keys have the same names as a pool's.
 */
export const hostingPool: CityRule = {
  id: "hosting-pool",
  explanation:
    "what a hosting names is declared in the host's file, as of a pool: workstation, imageVersion, cluster, datastore, " +
    "segment, applications",
  repair: "correct the name or declare it",
  *check(city) {
    const hosted = { ...city, pools: promisedPools(city) };
    for (const { check, explanation, repair } of POOL_RULES) {
      for (const { path, ...finding } of check(hosted)) {
        // Other problems are reported by the rule itself.
        if (path[0] === "pools")
          yield { allowed: explanation, repair, ...finding, path: ["emergency", "hosting", ...path.slice(1)] };
      }
    }
  },
};

/** @throws Error for an unknown rule id: hosted seats would otherwise silently escape a rule */
function referenceRule(id: string): CityRule {
  const rule = referenceRules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id} of references`);
  return rule;
}
