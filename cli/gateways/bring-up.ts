import { randomUUID } from "node:crypto";
import { CommandError } from "../../runtime/errors";
import type { Say } from "../../runtime/progress";
import { until } from "../../runtime/until";
import type { Waiting } from "../../runtime/until";
import { VcenterError } from "../../vcenter/soap";
import { givenIn, ORDER, stateIn } from "./gateway-state";
import type { GatewayState, Given, Settings } from "./gateway-state";

/**
 * A gateway as vCenter reaches it. Each call has a connection of its own: one that was open before the rules changed
 * lives on as an established one, and proves no path.
 */
export interface GatewayAccess {
  /** Name of the machine. */
  readonly name: string;
  /** Reads the machine's advanced settings. @throws VcenterError where vCenter is not reached */
  readonly read: () => Promise<Settings>;
  /** Writes some of them. @throws VcenterError where vCenter is not reached or refuses */
  readonly write: (settings: Settings) => Promise<void>;
}

/** How long each step may take, in ms. */
export interface Patience {
  /** A boot, until it answers. */
  readonly start: number;
  /** An order of a machine that runs. */
  readonly order: number;
  /** A trial, until the rules are confirmed or the former ones are back. */
  readonly trial: number;
  /** Between two looks. */
  readonly pause: number;
}

/** A gateway that is to carry what vCenter has for it. */
export interface BringUp {
  readonly gateway: GatewayAccess;
  /** The other one of the pair, which must carry while this one restarts. */
  readonly peer: GatewayAccess;
  readonly signal: AbortSignal;
  readonly say: Say;
  /** @default PATIENCE */
  readonly patience?: Patience;
}

/** A trial lasts 5 minutes (`gateway-rules.sh`). */
export const PATIENCE: Patience = { start: 600_000, order: 60_000, trial: 420_000, pause: 2_000 };

const LOOK = "look at its journal: journalctl -u postazioni-rules -u nftables -u keepalived";

/**
 * Has a gateway load its new rules in place and confirms them, then has it restart where its configuration changed and
 * the other one carries, and waits until it forwards.
 * @returns what was done, in words
 * @throws CommandError where its rules were refused or returned, or it does not answer in time
 */
export async function bringUp(work: BringUp): Promise<string> {
  const { gateway, signal } = work;
  const given = givenIn(await gateway.read());
  if (given === undefined) throw new CommandError(`${gateway.name} has no rules in vCenter: deploy its stack first`);
  work.say("waiting until it answers");
  const state = await answered(gateway, given, work);
  const done = [
    ...(state.verdict === "confirmed" ? [] : await inPlace(given, work)),
    ...(state.base === given.base ? [] : await restarted(given, work)),
  ];
  signal.throwIfAborted();
  const now = await answered(gateway, given, work);
  if (!now.carries) throw new CommandError(`${gateway.name} has its rules and forwards nothing: ${LOOK}`);
  return done.length === 0 ? "carries as it is" : done.join(", ");
}

/** Its state in answer to a question of now, so that an old state is not taken for one. */
async function answered(gateway: GatewayAccess, given: Given | undefined, work: BringUp): Promise<GatewayState> {
  const { patience: { start } = PATIENCE } = work;
  const number = await ordered(gateway, "report -");
  const isAnswer = (state: GatewayState): boolean =>
    state.answered === number && (given === undefined || state.offered === given.rules || state.verdict === "refused");
  return await awaited(gateway, { within: start, what: "answers" }, isAnswer, work);
}

/** Loads the rules on trial, and confirms them over a new connection. */
async function inPlace({ rules }: Given, work: BringUp): Promise<string[]> {
  const { gateway, say, patience: { order, trial } = PATIENCE } = work;
  say("loading its rules on trial");
  const number = await ordered(gateway, `load ${rules}`);
  const tried = await awaited(gateway, { within: order, what: "loads its rules" }, answers(number), work);
  if (tried.verdict !== "loaded") throw notLoaded(gateway, tried);
  say("confirming its rules");
  const confirmed = async (): Promise<true> => {
    await gateway.write({ [ORDER]: `confirm ${rules} ${number}` });
    return true;
  };
  await until(confirmed, patient(trial, work));
  const isOver = ({ verdict }: GatewayState): boolean => verdict !== "loaded";
  const ended = await awaited(gateway, { within: trial, what: "keeps its rules" }, isOver, work);
  if (ended.verdict !== "confirmed") throw notLoaded(gateway, ended);
  return ["rules loaded in place"];
}

function notLoaded({ name }: GatewayAccess, { verdict, why }: GatewayState): CommandError {
  const reason = why === "" ? verdict : `${verdict}: ${why}`;
  return new CommandError(
    `the new rules of ${name} do not hold, and the former ones do (${reason}); repair the file and deploy it: a gateway ` +
      "that took the new ones before keeps them until then",
  );
}

/** The two are never down together: it restarts only while the other one says that it carries. */
async function restarted({ base }: Given, work: BringUp): Promise<string[]> {
  const { gateway, peer, say, patience = PATIENCE } = work;
  say(`waiting until ${peer.name} says that it carries`);
  const { carries } = await answered(peer, undefined, { ...work, patience: { ...patience, start: patience.order } });
  if (!carries) throw new CommandError(`${gateway.name} has to restart, but ${peer.name} does not carry: ${LOOK}`);
  say("restarting");
  const number = await ordered(gateway, `restart ${base}`);
  const isBack = (state: GatewayState): boolean => answers(number)(state) && state.base === base && state.carries;
  await awaited(gateway, { within: patience.start, what: "comes back after its restart" }, isBack, work);
  return ["restarted"];
}

function answers(number: string): (state: GatewayState) => boolean {
  return (state) => state.answered === number;
}

/** @returns the number that the order has */
async function ordered(gateway: GatewayAccess, order: string): Promise<string> {
  const number = randomUUID();
  await gateway.write({ [ORDER]: `${order} ${number}` });
  return number;
}

/** Looks until the gateway stands so. */
async function awaited(
  gateway: GatewayAccess,
  { within, what }: { readonly within: number; readonly what: string },
  isSo: (state: GatewayState) => boolean,
  work: BringUp,
): Promise<GatewayState> {
  const look = async (): Promise<GatewayState | false> => {
    const state = stateIn(await gateway.read());
    return state !== undefined && isSo(state) && state;
  };
  const state = await until(look, patient(within, work));
  if (state !== undefined) return state;
  throw new CommandError(`${gateway.name}: waited ${String(Math.round(within / 1000))} s until it ${what}; ${LOOK}`);
}

/** A vCenter that is not reached is asked again, as where rules on trial cut the path to it. */
function patient(within: number, { signal, patience = PATIENCE }: BringUp): Waiting {
  return { within, pause: patience.pause, signal, isPassing: (error) => error instanceof VcenterError };
}
