import type { DeployedCity } from "../../environments/model/city";
import { REPAIR_KEY } from "../../operations/repair-plan";
import type { RepairStep, SeatFate } from "../../operations/repair-plan";
import { mapConcurrently } from "../../runtime/map-concurrently";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { cliProgress } from "../progress";
import { firstSecrets } from "../secrets/first-secrets";
import { inCitysVcenter, refusalOf } from "../vcenter-session";
import type { PoolLook, SeatLook } from "./look";

/** Seats at a time: a repair is no reason for a storm of restarts. */
const AT_A_TIME = 4;
const MS = 1000;
/** How long a machine has to log in with its new first secret, in seconds. */
const LOGIN_SECONDS = 1800;
const STEPS: readonly SeatFate[] = ["restart", "first-login", "replace"];

/**
 * Does the next step with each seat of the pools that the file has repaired, and forgets what was tried with those that are healthy.
 * @returns why a step failed, by seat
 * @throws CommandError where vCenter is not reached or refuses the login
 */
export async function repairSeats(
  city: DeployedCity,
  looks: readonly PoolLook[],
  environments: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const pools = looks.filter(({ isRepaired, isWidespread }) => isRepaired && !isWidespread);
  const refused = await newSecrets(city, pools, environments, signal);
  const seats = pools
    .flatMap((look) => look.seats)
    .filter(({ seat, fate, record }) =>
      STEPS.includes(fate) ? !refused.has(seat) : fate === "healthy" && record !== undefined,
    );
  if (seats.length === 0) return refused;
  const ends = await inCitysVcenter(city, AT_A_TIME, (client) =>
    cliProgress().step(`Repair ${String(seats.length)} seats`, (say) =>
      mapConcurrently(seats, AT_A_TIME, signal, async (seat) => {
        say(seat.seat);
        return [seat.seat, await repaired(client, seat).then(() => "", refusalOf)] as const;
      }),
    ),
  );
  return new Map([...refused, ...ends.filter(([, reason]) => reason !== "")]);
}

/** Issues first secrets to the seats that log in again. @returns why one got none, by seat */
async function newSecrets(
  city: DeployedCity,
  pools: readonly PoolLook[],
  environments: string,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const refused = new Map<string, string>();
  for (const { pool, seats } of pools) {
    const again = seats.filter(({ fate }) => fate === "first-login").map(({ seat }) => seat);
    if (again.length === 0) continue;
    const options = { pool: [pool], again, ttl: LOGIN_SECONDS, wait: 0, environments };
    for (const { seat, result, reason } of await firstSecrets(city.city.id, options, signal))
      if (again.includes(seat) && result !== "issued") refused.set(seat, reason);
  }
  return refused;
}

/** What is tried is written down first: a step that ends in the middle is not repeated without end. */
async function repaired(client: VcenterClient, { machine, fate, record }: SeatLook): Promise<void> {
  if (fate === "healthy") return client.setExtraConfig(machine, { [REPAIR_KEY]: "" });
  const steps = (record?.steps ?? 0) + 1;
  const now = Math.floor(Date.now() / MS);
  await client.setExtraConfig(machine, { [REPAIR_KEY]: `${String(steps)} ${String(now)}` });
  await ACTIONS[fate as RepairStep](client, machine);
}

const ACTIONS: Readonly<Record<RepairStep, (client: VcenterClient, machine: string) => Promise<void>>> = {
  restart: (client, machine) => client.reset(machine),
  "first-login": (client, machine) => client.reset(machine),
  replace: async (client, machine) => {
    await client.powerOff(machine);
    await client.destroy("VirtualMachine", machine);
  },
};
