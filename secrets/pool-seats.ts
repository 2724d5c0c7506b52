import { joinAccountPath } from "../access/identities/pool-rules";
import { ACCESS_MACHINES } from "../access/identities/gateway-rules";
import { accessPair, accessPart } from "../environments/desktop-access/access-pair";
import { cityFolder, machineFolder, poolFolders } from "../environments/folder-names";
import type { DeployedCity } from "../environments/model/city";
import { joinedDomain } from "../environments/seats/joined-domain";
import { accessPlan } from "../environments/secrets/access-plan";
import { principalsOfPool } from "../environments/secrets/ssh-roles";
import type { Pool } from "../environments/model/desktops";
import { currentAssignments } from "../environments/seats/assignments";
import { definitionOf } from "../environments/seats/definition";
import { seatName, shardsOf } from "../environments/seats/seats";

/** Holder of a seat that nobody holds. */
const NOBODY = "nobody";

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
  /** The organizational unit of its accounts; empty for the directory's own choice. */
  readonly unit: string;
  /** Trusted principals of SSH certificates, comma-separated; empty for none. */
  readonly ssh: string;
  /** Who alone may log in to each seat, by the seat's name; empty where the seats' group is not the file's. */
  readonly holders: ReadonlyMap<string, string>;
  /** Names of its seats, which are also its machines' names. */
  readonly seats: readonly string[];
  /** Those of its seats whose machines vSphere customizes: not those that were adopted. */
  readonly customized: ReadonlySet<string>;
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
      domain: joinedDomain(city) ?? "",
      unit: pool.organizationalUnit ?? "",
      ssh: principalsOfPool(city, pool.name).join(","),
      holders: holdersOf(city, pool),
      folder: [machineFolder(city), ...poolFolders(city, pool)].join("/"),
      seats: shardsOf(city, pool).flatMap(({ seats }) => seats),
      customized: customizedSeats(city, pool),
    }))
    .filter(({ seats }) => seats.length > 0);
}

/**
 * The access machines as `secrets first` knows seats, each in a folder of its own; none where they fetch no certificate. They join no
 * domain.
 */
export function accessMachineSeats(city: DeployedCity): PoolSeats[] {
  const pair = accessPair(city);
  if (pair?.vaultService === undefined) return [];
  const nothing = { account: "", domain: "", unit: "", ssh: "", holders: new Map<string, string>() };
  return ([0, 1] as const).map((member) => ({
    ...{ ...nothing, pool: ACCESS_MACHINES, customized: new Set<string>(), seats: [pair.names[member]] },
    folder: [machineFolder(city), cityFolder(city), accessPart(member)].join("/"),
  }));
}

/** Of dedicated seats in a city that says how people reach them. A staff number is the login of its person. */
function holdersOf(city: DeployedCity, pool: Pool): Map<string, string> {
  if (city.access === undefined || !city.hasAssignments || pool.assignment === "floating") return new Map();
  const current = currentAssignments(city);
  const seats = shardsOf(city, pool).flatMap((shard) => shard.seats);
  return new Map(seats.map((seat) => [seat, current.get(seat)?.staff ?? NOBODY]));
}

function customizedSeats(city: DeployedCity, pool: Pool): Set<string> {
  if (definitionOf(city, pool).image.customization === undefined) return new Set();
  const adopted = new Set(pool.adopt.map(({ seat }) => seatName(city.city.code, pool.code, seat)));
  return new Set(
    shardsOf(city, pool)
      .flatMap(({ seats }) => seats)
      .filter((seat) => !adopted.has(seat)),
  );
}
