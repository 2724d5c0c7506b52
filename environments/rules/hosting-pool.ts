import type { City } from "../model/city";
import { withPromised } from "../seats/hosting";
import { poolApplication } from "./pool-application";
import { poolCluster } from "./pool-cluster";
import { poolDatastore } from "./pool-datastore";
import { poolImageVersion } from "./pool-image-version";
import { poolSegment } from "./pool-segment";
import { poolWorkstation } from "./pool-workstation";
import type { CityRule } from "./rule";
import { versionReleased } from "./version-released";

const POOL_RULES = [
  poolApplication,
  poolCluster,
  poolDatastore,
  poolImageVersion,
  poolSegment,
  poolWorkstation,
  versionReleased,
];

/** Hosted seats are a pool of the city's, so what holds of a pool holds of them. Their keys are called as a pool's are. */
export const hostingPool: CityRule = {
  id: "hosting-pool",
  explanation:
    "what a hosting names is declared in the host's file, as of a pool: workstation, imageVersion, cluster, datastore, " +
    "segment, applications",
  repair: "correct the name or declare it",
  *check(city) {
    const hosted = onlyPromised(city);
    for (const { check, explanation, repair } of POOL_RULES) {
      for (const { path, ...finding } of check(hosted)) {
        yield { allowed: explanation, repair, ...finding, path: ["emergency", "hosting", ...path.slice(1)] };
      }
    }
  },
};

function onlyPromised(city: City): City {
  return withPromised({ ...city, pools: [] });
}
