import { surgeCluster } from "./surge-cluster";
import { surgePool } from "./surge-pool";
import type { RuleTopic } from "../rule";

/** The emergency's seats. */
export const surge: RuleTopic = {
  title: "The emergency's seats",
  city: [surgeCluster, surgePool],
  crossCity: [],
};
