import { joinAccountPath } from "../access/identities/pool-rules";
import { machineFolder, poolFolders } from "../environments/folder-names";
import type { DeployedCity } from "../environments/model/city";
import { accessPlan } from "../environments/secrets/access-plan";
import { principalsOfPool } from "../environments/secrets/ssh-roles";
import { shardsOf } from "../environments/seats/seats";

/** The seats of a pool, and the folder of their machines. */
export interface PoolSeats {
  /** Name of the pool and of its role in Vault. */
  readonly pool: string;
  /** Inventory path of the machines' folder. */
  readonly folder: string;
  /** Path in Vault of the account that joins the domain. */
  readonly account: string;
  /** The domain to join, where the account's secret does not name it. */
  readonly domain: string;
  /** Trusted principals of SSH certificates, comma-separated; empty for none. */
  readonly ssh: string;
  /** Names of its seats, which are also its machines' names. */
  readonly seats: readonly string[];
}

/**
 * The pools of a city that have seats now, with those of an active emergency and those that it hosts for another city.
 */
export function poolSeats(city: DeployedCity): PoolSeats[] {
  const plan = accessPlan(city);
  const accounts = new Map(plan.pools.map((pool) => [pool.name, joinAccountPath(plan.city, pool)]));
  return city.pools
    .map((pool) => ({
      pool: pool.name,
      account: accounts.get(pool.name) ?? "",
      domain: city.secrets.directory?.userDomain ?? city.city.domain,
      ssh: principalsOfPool(city, pool.name).join(","),
      folder: [machineFolder(city), ...poolFolders(city, pool)].join("/"),
      seats: shardsOf(city, pool).flatMap(({ seats }) => seats),
    }))
    .filter(({ seats }) => seats.length > 0);
}
