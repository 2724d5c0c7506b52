import type { DeployedCity } from "../../environments/model/city";
import { seatName } from "../../environments/seats/seats";
import { desktopsPart, stackName } from "../../environments/stack-names";

/** What the runbooks' commands name: of a city's own things the first, as an example. */
export interface RunbookContext {
  /** The city's id. */
  readonly city: string;
  /** A pool of people's own seats, or else any. */
  readonly pool: string;
  /** A seat of that pool. */
  readonly seat: string;
  /** The stack that has the seat. */
  readonly stack: string;
  /** The account with which the pool joins; undefined where none does. */
  readonly account: string | undefined;
  /** Whether the city has gateways of its own. */
  readonly gateways: boolean;
  /** Whether it has a Vault. */
  readonly vault: boolean;
  /** Whether it has a certificate authority. */
  readonly authority: boolean;
  /** Whether its computers' accounts can be listed: the file has a directory, and an organizational unit of a pool. */
  readonly computers: boolean;
  /** Whether an emergency is prepared: it brings seats or opens flows. */
  readonly emergency: boolean;
  /** Whether an emergency brings seats. */
  readonly surge: boolean;
  /** Whether the file says what watches the city. */
  readonly monitored: boolean;
}

/** @see RunbookContext */
export function runbookContext(city: DeployedCity): RunbookContext {
  const { secrets, pools, network, emergency } = city;
  const pool = pools.find(({ assignment }) => assignment === "dedicated") ?? pools[0];
  if (pool === undefined) throw new Error(`${city.city.id} has no pool`);
  return {
    ...{ city: city.city.id, pool: pool.name },
    seat: seatName(city.city.code, pool.code, 1),
    stack: stackName(city.city.id, desktopsPart(pool.name, 1)),
    account: secrets.accounts?.rotated.find(({ joins }) => joins.includes(pool.name))?.name,
    gateways: network.gateway !== undefined,
    vault: city.platform.vault !== undefined,
    authority: secrets.authority !== undefined,
    computers:
      secrets.directory !== undefined && pools.some(({ organizationalUnit }) => organizationalUnit !== undefined),
    emergency: emergency.surge.length > 0 || emergency.flows.length > 0 || emergency.hosting.length > 0,
    surge: emergency.surge.length > 0,
    monitored: city.monitoring !== undefined,
  };
}
