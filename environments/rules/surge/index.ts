import { surgeCluster } from "./surge-cluster";
import { surgePool } from "./surge-pool";
import type { RuleTopic } from "../rule";

/** Emergency seats. */
export const surge: RuleTopic = {
  title: "The emergency's seats",
  city: [surgeCluster, surgePool],
  crossCity: [],
};
