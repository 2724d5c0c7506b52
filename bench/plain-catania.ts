import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { REPOSITORY } from "../runtime/paths";

/** What hangs on the network, which benchmarks replace, or on the hour of the day. */
const OF_POOLS = ["maintenance", "refresh", "profiles"];

/** Catania's file as values, without how people reach its seats, its pools' windows and what is done with seats that were left. */
export function plainCatania(): unknown {
  const text = readFileSync(join(REPOSITORY, "environments", "catania.yaml"), "utf8");
  const { pools, ...city } = parse(text) as { pools: object[]; access?: object };
  delete city.access;
  const plain = ([key]: [string, unknown]): boolean => !OF_POOLS.includes(key);
  return { ...city, pools: pools.map((pool) => Object.fromEntries(Object.entries(pool).filter(plain))) };
}
