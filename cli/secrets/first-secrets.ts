import { count, listed, nearest, quoted } from "../../environments/display";
import { InputError } from "../../runtime/errors";
import { until } from "../../runtime/until";
import { ACCESS_MACHINES } from "../../access/identities/gateway-rules";
import { apiUrl } from "../../access/vault-paths";
import type { VaultPlace } from "../../access/vault-paths";
import { declaredVault, vaultClient } from "../vault-client";
import { inVcenter } from "../vcenter-session";
import { issueFirstSecrets } from "../../secrets/first-secret";
import type { Issuing, SeatOutcome } from "../../secrets/first-secret";
import { RetryingVault } from "../../secrets/retrying-vault";
import { accessMachineSeats, poolSeats } from "../../secrets/pool-seats";
import type { PoolSeats } from "../../secrets/pool-seats";
import { VaultRoles } from "../../secrets/vault-roles";
import { cliProgress } from "../progress";
import { fileToLogIn } from "../login-hosts";
import { namedVault, namedVcenter } from "../named-servers";

/** The options of `secrets first`, as commander parses them. */
export interface FirstOptions {
  /** @default - all pools */
  readonly pool?: readonly string[];
  /** @default - no seat */
  readonly again?: readonly string[];
  readonly ttl: number;
  /** Minutes to wait for customizations that are under way. */
  readonly wait: number;
  readonly environments: string;
}

const CONNECTIONS = 8;
const MOST_NAMED = 5;
const [MINUTE, PAUSE_MS] = [60_000, 5000];
const MEANING: Readonly<Record<SeatOutcome["result"], string>> = {
  issued: "got a first secret",
  customizing: "is still being customized: run this again",
  waiting: "has one that nobody has opened yet",
  opened: "opened it and is joining",
  joined: "joined before",
  alert: "ALERT",
  unsaid: "is off, or was just started, and has not said again what became of its first secret",
  failed: "failed",
};

/**
 * Issues first secrets to a city's seats, pool by pool.
 * @throws EnvironmentError or InputError for what the user has to repair, before any server is asked
 * @throws CommandError when the login to vCenter fails
 */
export async function firstSecrets(id: string, options: FirstOptions, signal: AbortSignal): Promise<SeatOutcome[]> {
  const { deployed: city } = fileToLogIn(options.environments, id, {
    vault: namedVault(),
    vsphere: namedVcenter(),
  });
  const vault = declaredVault(city);
  const pools = selected([...poolSeats(city), ...accessMachineSeats(city)], options);
  const { user, password, token } = logins();
  const server = namedVcenter() ?? city.platform.vsphere.server;
  const client = new RetryingVault(vaultClient(city, token), signal);
  const roles = new VaultRoles(client, city.city.id);
  const common = {
    roles,
    city: city.city.id,
    vault: vaultOfDesktops(vault),
    seconds: options.ttl,
    signal,
  };
  return inVcenter(city, { server, user, password, connections: CONNECTIONS }, (machines) =>
    untilCustomized(pools, { ...common, machines, again: new Set(options.again ?? []) }, options.wait),
  );
}

/** The Vault that desktops use: the server's URL, or the URL of the namespace in it. */
function vaultOfDesktops(vault: VaultPlace): string {
  return vault.namespace === undefined ? vault.address : apiUrl(vault);
}

/** Whether an administrator has to look at a seat. */
export function needsAttention({ result }: SeatOutcome): boolean {
  return result === "failed" || result === "alert" || result === "customizing";
}

/** The number of seats by result, then each reason of a failure once, with its seats. */
export function secretsReport(outcomes: readonly SeatOutcome[]): string[] {
  const groups = new Map<string, SeatOutcome[]>();
  for (const outcome of outcomes) {
    const key = `${MEANING[outcome.result]}${outcome.reason === "" ? "" : `: ${outcome.reason}`}`;
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  return [...groups].map(([text, seats]) => {
    const line = `${count(seats.length, "seat")}: ${text}`;
    return seats.some(needsAttention) ? `${line} (${named(seats)})` : line;
  });
}

function named(seats: readonly SeatOutcome[]): string {
  const names = seats.slice(0, MOST_NAMED).map(({ seat }) => seat);
  const more = seats.length - names.length;
  return [...names, ...(more > 0 ? [`${String(more)} more`] : [])].join(", ");
}

/** Comes back to seats whose guests are being customized, until all are or the time is over. */
async function untilCustomized(
  pools: readonly PoolSeats[],
  issuing: Omit<Issuing, "onSeat">,
  minutes: number,
): Promise<SeatOutcome[]> {
  const outcomes = new Map<string, SeatOutcome>();
  let left = pools;
  const look = async (): Promise<boolean> => {
    for (const outcome of await eachPool(left, issuing)) outcomes.set(outcome.seat, outcome);
    const isOpen = (seat: string): boolean => outcomes.get(seat)?.result === "customizing";
    left = left.map((pool) => ({ ...pool, seats: pool.seats.filter(isOpen) })).filter(({ seats }) => seats.length > 0);
    return left.length === 0;
  };
  await until(look, { within: minutes * MINUTE, pause: PAUSE_MS, signal: issuing.signal });
  return [...outcomes.values()];
}

async function eachPool(pools: readonly PoolSeats[], issuing: Omit<Issuing, "onSeat">): Promise<SeatOutcome[]> {
  const outcomes: SeatOutcome[] = [];
  for (const pool of pools) {
    const all = String(pool.seats.length);
    const found = await cliProgress().step(`First secrets of pool ${pool.pool}`, (say) => {
      let done = 0;
      const onSeat = ({ seat }: SeatOutcome): void => {
        done += 1;
        say(`${String(done)} of ${all} seats; ${seat}`);
      };
      return issueFirstSecrets(pool, { ...issuing, onSeat });
    });
    outcomes.push(...found);
  }
  return outcomes;
}

/**
 * Access machines where they are named alone: their guestinfo decides what they run, and the login that desktops' first secrets need does
 * not reach them.
 * @throws InputError that lists every unknown pool and seat
 */
function selected(pools: readonly PoolSeats[], { pool: wanted = [], again = [] }: FirstOptions): PoolSeats[] {
  const chosen = pools.filter(({ pool }) => (wanted.length === 0 ? pool !== ACCESS_MACHINES : wanted.includes(pool)));
  const names = [...new Set(pools.map(({ pool }) => pool))];
  const seats = chosen.flatMap((pool) => pool.seats);
  const failures = [
    ...unknown("pool with seats", wanted, names),
    // The seats of an unknown pool are not known either.
    ...(wanted.every((name) => names.includes(name)) ? unknown("seat", again, seats) : []),
  ];
  if (failures.length > 0) throw new InputError(failures.join("\n"));
  return chosen;
}

function unknown(what: string, wanted: readonly string[], known: readonly string[]): string[] {
  return wanted
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      const some = known.length > MOST_NAMED ? "" : `: there are ${listed([...known])}`;
      return `there is no ${what} ${quoted(name)}${meant === undefined ? some : `; did you mean ${quoted(meant)}?`}`;
    });
}

/** @throws InputError that lists every missing variable */
function logins(): { readonly user: string; readonly password: string; readonly token: string } {
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "", VAULT_TOKEN: token = "" } = process.env;
  const missing = Object.entries({ VSPHERE_USER: user, VSPHERE_PASSWORD: password, VAULT_TOKEN: token })
    .filter(([, value]) => value === "")
    .map(([name]) => name);
  if (missing.length === 0) return { user, password, token };
  throw new InputError(`not set: ${missing.join(", ")}; the logins are those that the providers read`);
}
