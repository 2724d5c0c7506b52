import { seatHost } from "../../environments/desktop-access/desktop-access";
import type { ListeningName, ReachedPool } from "../../environments/desktop-access/desktop-access";
import { ACCESS_METRICS_PORT, RDP_PORT } from "../../environments/model/access";
import type { City } from "../../environments/model/city";
import type { Member } from "../../segmentation/gateway";
import type { AccessMachinesPlan } from "../access-machines-plan";
import { COOKIE, PADDING, TOKEN_FORM } from "../routing-token";
import { FILES } from "./paths";
import { MACHINE_CERTIFICATE, peers } from "./peers";
import { seatRuns } from "./seat-runs";
import { section } from "./section";

/** The backends that are no pool's: a pool's name has no underscore. */
export const [NOBODY, CARRIED, SEATS] = ["turned_away", "carried_over", "_seats"] as const;

/**
 * A seat's own entry outlives that of the person, so that nobody finds a seat free while somebody is still known to have
 * it; and what a process does not see itself, it hears within a minute (access-agent.sh).
 */
const [PERSON_SECONDS, SEAT_SECONDS] = [60, 120] as const;
const SECONDS_PER_MINUTE = 60;
/** A client that was cut off is seen as gone after two minutes; until then it and its return are two connections. */
const CONNECTIONS_A_SEAT = 2;
/** Beside people's own: those that are turned away, and health checks. */
const OTHER_CONNECTIONS = 1000;

/**
 * HAProxy's configuration of one of a city's access machines: a function of the file, whose lines "seats" the machine makes the
 * servers of. A person with a seat of his own gets
 * that, everybody else a free one that `seat-choice.lua` names. No server is ever chosen by HAProxy's own balancing, which
 * would give a seat that is kept for somebody: without a name the connection ends.
 */
export function haproxy(plan: AccessMachinesPlan, member: Member): string {
  const { names } = plan;
  const pools = names.flatMap((name) => name.pools);
  return [
    `# ${plan.pair.names[member]}: made from the file of ${plan.city.city.name}; changes here are lost.`,
    ...section("global", globals(plan, member)),
    ...section("defaults", DEFAULTS),
    ...section("resolvers seats", resolvers(plan)),
    ...peers(plan, member),
    ...section("frontend people", people(plan)),
    ...section(`backend ${NOBODY}`, ["tcp-request content reject"]),
    // Of this process alone: it says that it knows what the one before knew.
    ...section(`backend ${CARRIED}`, ["stick-table type string len 64 size 100 expire 1h"]),
    ...pools.flatMap((pool) => backends(plan.city, pool, plan.ipv6.has(pool.pool))),
    ...(plan.metrics ? section("frontend metrics", metrics(plan, member)) : []),
  ].join("\n");
}

/**
 * The seats of their holders, which a machine makes HAProxy's map of, by the tokens that these have. A line is of seats whose
 * numbers follow each other, and of holders whose staff numbers have the same letters: listening name, what the seats' names begin
 * with, the letters, the first seat's number, and four signs a seat: the staff number's digits as a number of base 36, or dashes.
 */
export function holdersMap(names: readonly ListeningName[]): string {
  const lines = names.flatMap(({ name, pools }) => pools.flatMap((pool) => holderLines(name, pool)));
  return lines.map((line) => `${line}\n`).join("");
}

/** Letters that a staff number begins with (environments/model/assignment.ts). */
const LETTERS = 2;
const [BASE, SIGNS] = [36, 4];
/** Seats of a line, which the machine reads by the sign. */
const SEATS_A_LINE = 500;

function holderLines(name: string, { seats, holders }: ReachedPool): string[] {
  const staffOf = new Map([...holders].map(([staff, seat]) => [seat, staff.toLowerCase()]));
  return seatRuns(seats, SEATS_A_LINE).flatMap(({ prefix, first, seats: each }) => {
    const staff = each.map((seat) => staffOf.get(seat) ?? "");
    const letters = new Set(staff.map((one) => one.slice(0, LETTERS)).filter((one) => one !== ""));
    return [...letters].map((two) => {
      const signs = staff.map((one) => (one.startsWith(two) ? signsOf(one) : "-".repeat(SIGNS)));
      return ["holders", name, prefix, two, first, signs.join("")].join(" ");
    });
  });
}

function signsOf(staff: string): string {
  return Number(staff.slice(LETTERS)).toString(BASE).padStart(SIGNS, "0");
}

/**
 * One thread: between the choice of a seat and its entry in the tables nothing else may run. It carries more than a city's
 * sessions (docs/benchmarks.md). Lua is not interrupted within a choice: 10,000 seats take fewer steps.
 */
function globals({ pair, names }: AccessMachinesPlan, member: Member): string[] {
  const seats = names.flatMap(({ pools }) => pools.flatMap((pool) => pool.seats)).length;
  return [
    "log /dev/log local0 notice",
    "chroot /var/lib/haproxy",
    "user haproxy",
    "group haproxy",
    `stats socket ${FILES.socket} mode 600 level admin expose-fd listeners`,
    "stats timeout 30s",
    `server-state-file ${FILES.serverState}`,
    `localpeer ${pair.names[member]}`,
    "nbthread 1",
    `maxconn ${String(CONNECTIONS_A_SEAT * seats + OTHER_CONNECTIONS)}`,
    "spread-checks 50",
    "tune.lua.forced-yield 1000000",
    `lua-load ${FILES.seatChoice}`,
  ];
}

/**
 * A session may be silent for hours, as at lunch: keep-alive packets tell a living client from a dead one. A log of
 * sessions would be a log of people's working hours, so only what fails is in it.
 */
const DEFAULTS: readonly string[] = [
  "mode tcp",
  "log global",
  "option tcplog",
  "option dontlog-normal",
  "timeout connect 5s",
  "timeout client 24h",
  "timeout server 24h",
  "timeout queue 15s",
  "timeout check 5s",
  "retries 2",
  "option clitcpka",
  "clitcpka-idle 60s",
  "clitcpka-intvl 10s",
  "clitcpka-cnt 6",
  "option srvtcpka",
  "load-server-state-from-file global",
  `default-server port ${String(RDP_PORT)} check inter 30s fastinter 3s downinter 10s fall 3 rise 1 maxconn ${String(CONNECTIONS_A_SEAT)} init-addr last,none resolvers seats`,
];

/** Name servers that do not answer make no seat unreachable: its last address counts for a day. */
function resolvers({ pair }: AccessMachinesPlan): string[] {
  return [
    ...pair.nameServers.map(
      (address, index) => `nameserver ns${String(index + 1)} ${address.includes(":") ? `[${address}]` : address}:53`,
    ),
    "resolve_retries 3",
    "timeout resolve 60s",
    "timeout retry 1s",
    "hold valid 60s",
    "hold nx 60s",
    "hold timeout 24h",
    "hold refused 24h",
    "hold other 24h",
    "accepted_payload_size 1232",
  ];
}

function people({ names }: AccessMachinesPlan): string[] {
  const token = `req.rdp_cookie(${COOKIE}),rtrim(${PADDING})`;
  return [
    `bind :${String(RDP_PORT)}`,
    "tcp-request inspect-delay 15s",
    `tcp-request content reject unless { ${token} -m reg ${TOKEN_FORM} }`,
    `tcp-request content set-var(txn.token) ${token},lower`,
    `tcp-request content set-var(txn.seat) var(txn.token),map_str(${FILES.holders})`,
    // Who has a seat of his own is not asked for another one.
    "acl holds var(txn.seat) -m found",
    ...names.flatMap(choices),
    ...names.flatMap(({ name, pools }) =>
      pools
        .filter(({ assignment }) => assignment === "dedicated")
        .map(({ pool }) => `use_backend ${pool} if holds { var(txn.token) -m beg ${name}/ }`),
    ),
    "use_backend %[var(txn.pool)] if { var(txn.pool) -m found }",
    `default_backend ${NOBODY}`,
  ];
}

function choices({ name, pools }: ListeningName): string[] {
  const floating = pools.filter(({ assignment }) => assignment === "floating").map(({ pool }) => pool);
  if (floating.length === 0) return [];
  return [`tcp-request content lua.seat ${floating.join(",")} if !holds { var(txn.token) -m beg ${name}/ }`];
}

function backends(city: City, reached: ReachedPool, ipv6: boolean): string[] {
  const { pool, assignment, seats } = reached;
  const floating = assignment === "floating";
  const prefer = ipv6 ? "" : " resolve-prefer ipv4";
  const lines = [
    ...(floating ? kept(reached) : []),
    "use-server %[var(txn.seat)] if { var(txn.seat) -m found }",
    // The last word: a seat that does not answer is no other one.
    "use-server nobody if TRUE",
    "server nobody 127.0.0.1:1 no-check",
    ...seatRuns(seats).map(({ prefix, first, seats: { length } }) =>
      ["seats", prefix, first, first + length - 1, `${seatHost(city, "")}:${String(RDP_PORT)}${prefer}`].join(" "),
    ),
  ];
  return [
    ...(floating ? section(`backend ${pool}${SEATS}`, [table(reached, SEAT_SECONDS)]) : []),
    ...section(`backend ${pool}`, lines),
  ];
}

/** Enters who has which seat; both entries are kept while the connection lasts, and then for the time of a return. */
function kept(reached: ReachedPool): string[] {
  const { pool } = reached;
  return [
    table(reached, PERSON_SECONDS),
    `tcp-request content track-sc0 var(txn.token),field(2,/) table ${pool}`,
    "tcp-request content sc-set-gpt0(0) var(txn.number)",
    `tcp-request content track-sc1 var(txn.seat) table ${pool}${SEATS}`,
    "tcp-request content sc-set-gpt0(1) int(1)",
  ];
}

/** An emergency's people beside the pool's own; entries are some 200 bytes. */
function table({ returnMinutes, seats }: ReachedPool, more: number): string {
  const expire = returnMinutes * SECONDS_PER_MINUTE + more;
  return `stick-table type string len 64 size ${String(2 * seats.length + OTHER_CONNECTIONS)} expire ${String(expire)}s peers pair store gpt0`;
}

function metrics({ pair, certificates }: AccessMachinesPlan, member: Member): string[] {
  const tls = certificates === undefined ? "" : ` ssl ${MACHINE_CERTIFICATE} ssl-min-ver TLSv1.2`;
  return [
    `bind ${pair.own[member]}:${String(ACCESS_METRICS_PORT)}${tls}`,
    "mode http",
    "timeout client 30s",
    "http-request use-service prometheus-exporter if { path /metrics }",
    ...(certificates === undefined
      ? []
      : [
          `http-request return status 200 content-type text/plain file ${FILES.certificateMetric} if { path /certificate }`,
        ]),
    "http-request deny",
  ];
}
