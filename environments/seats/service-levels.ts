import type { DeployedCity } from "../model/city";
import type { Monitoring } from "../model/monitoring";
import { poolAddedTo } from "./surge";

/** @see levelsOf */
export type PoolLevels = Pick<Monitoring["serviceLevels"], "usablePercent" | "readyPercent" | "readyMinutes">;

/** The service levels of a pool: its own, else the city's. An emergency's seats have those of the pool that they add to. */
export function levelsOf(city: DeployedCity, { serviceLevels }: Monitoring, pool: string): PoolLevels {
  const { pools, usablePercent, readyPercent, readyMinutes } = serviceLevels;
  const own = pools.find((one) => one.pool === poolAddedTo(city, pool));
  return {
    usablePercent: own?.usablePercent ?? usablePercent,
    readyPercent: own?.readyPercent ?? readyPercent,
    readyMinutes: own?.readyMinutes ?? readyMinutes,
  };
}
