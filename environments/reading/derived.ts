import type { z } from "zod";
import type { citySchema } from "../model/city";

type Values = z.output<typeof citySchema>;

/** A city's values with the defaults that follow from other parts of its file: a pool is in the only cluster where there is one. */
export function withDerived<V extends Values>(values: V): V {
  const [only, ...others] = values.platform.clusters;
  if (only === undefined || others.length > 0) return values;
  const pools = values.pools.map((pool) =>
    pool.cluster === undefined && pool.spread === undefined ? { ...pool, cluster: only.name } : pool,
  );
  return { ...values, pools };
}
