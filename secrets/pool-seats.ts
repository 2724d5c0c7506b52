import { joinAccountPath } from "../access/identities/pool-rules";
import type { DeployedCity } from "../environments/model/city";
import { accessPlan } from "../environments/secrets/access-plan";
import { principalsOfPool } from "../environments/secrets/ssh-roles";
import { shardsOf } from "../environments/seats/seats";

/** The seats of a pool, and where their machines stand. */
export interface PoolSeats {
  /** Name of the pool, and of its role in Vault. */
  readonly pool: string;
  /** Inventory path of the folder of its machines. */
  readonly folder: string;
  /** Path in Vault of the account with which its machines join the domain. */
  readonly account: string;
  /** The domain that they join, where the account's own secret does not say it. */
  readonly domain: string;
  /** Principals of SSH certificates that they believe, with commas; empty for none. */
  readonly ssh: string;
  /** Names of its seats, which are those of its machines. */
  readonly seats: readonly string[];
}

/** The pools of a city that have seats now; it is given with those that an emergency adds and that it hosts. */
export function poolSeats(city: DeployedCity): PoolSeats[] {
  const machines = `${city.platform.vsphere.datacenter}/vm/${city.city.id}`;
  const plan = accessPlan(city);
  const accounts = new Map(plan.pools.map((pool) => [pool.name, joinAccountPath(plan.city, pool)]));
  return city.pools
    .map((pool) => ({
      pool: pool.name,
      account: accounts.get(pool.name) ?? "",
      domain: city.secrets.directory?.userDomain ?? city.city.domain,
      ssh: principalsOfPool(city, pool.name).join(","),
      // As FoundationStack makes them: a folder a directorate, and in it one a pool.
      folder: `${machines}/${pool.directorate}/${pool.name}`,
      seats: shardsOf(city, pool).flatMap(({ seats }) => seats),
    }))
    .filter(({ seats }) => seats.length > 0);
}
