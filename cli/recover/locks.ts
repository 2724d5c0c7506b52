import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { State } from "../../environments/model/state";
import { messageOf } from "../../runtime/errors";
import { mapConcurrently } from "../../runtime/map-concurrently";
import type { Say } from "../../runtime/progress";
import { initializeWithState } from "../../terraform/first-state";
import type { StackNode } from "../../terraform/manifest";
import type { Planning } from "../../terraform/plan-stack";
import type { StackTerraform } from "../../terraform/stack";
import { liftLock, stateLock } from "../../terraform/state-lock";
import type { StateLock } from "../../terraform/state-lock";
import { httpHolder } from "./http-holder";
import { ofThisMachine, ownerOf } from "./lock-owner";
import type { Owner } from "./lock-owner";
import { endSession, isOfThisMachine, pgSessions } from "./pg-sessions";

/** A lock that somebody holds, and whether its holder works. */
export interface Held {
  readonly stack: string;
  /** Id that `--lock` takes: Terraform's, or the number of PostgreSQL's session. */
  readonly id: string;
  /** Who took it, when and for what, for a sentence. */
  readonly about: string;
  readonly owner: Owner;
  readonly lift: () => Promise<void>;
}

/** How many stacks are asked at a time. */
const AT_A_TIME = 2;
/** How long it is waited for a holder that just ends, in seconds. In PostgreSQL stacks refuse each other for a moment. */
const WAIT = { local: 0, pg: 3, s3: 0, http: 0 };
/** Consul gives a lock back some seconds after its holder is gone: the session's 15 seconds and the delay of the lock's key. */
const CONSUL_SECONDS = 45;

/** Terraform in the folder of a stack, with a log of its own. */
export function terraformOf(stack: string, planning: Planning): StackTerraform {
  mkdirSync(planning.logs, { recursive: true });
  const logFile = join(planning.logs, `${stack}-recover.log`);
  return { ...planning, command: planning.terraform, cwd: join(planning.output, "stacks", stack), logFile };
}

/**
 * The locks of a city's states that somebody holds. The stacks are initialized for that.
 * @throws CommandError where a state cannot be asked
 */
export async function heldLocks(
  stacks: readonly StackNode[],
  state: State,
  planning: Planning,
  say: Say,
): Promise<Held[]> {
  const held = await mapConcurrently(stacks, AT_A_TIME, planning.signal, async ({ name }) => {
    say(name);
    return heldLock(name, state, planning);
  });
  return held.filter((lock) => lock !== undefined);
}

/** The lock of a stack's state; undefined where nobody holds it. */
async function heldLock(stack: string, state: State, planning: Planning): Promise<Held | undefined> {
  const terraform = terraformOf(stack, planning);
  await initializeWithState(terraform);
  const lock = await stateLock(terraform, state.backend === "consul" ? CONSUL_SECONDS : WAIT[state.backend]);
  if (lock === undefined) return undefined;
  if (state.backend === "pg") return heldInPg(stack, state, planning);
  const holder = state.backend === "http" ? await httpHolder(`${state.address}/${stack}/lock`, planning.env) : lock;
  return heldByTerraform({ ...lock, ...holder }, terraform, stack);
}

function heldByTerraform(lock: StateLock, terraform: StackTerraform, stack: string): Held {
  return {
    ...{ stack, id: lock.id, owner: ownerOf(stack, lock.who) },
    about: `${lock.who} for ${operationText(lock.operation)} since ${lock.created}, lock ${lock.id}`,
    lift: () => liftLock(terraform, lock),
  };
}

/** What PostgreSQL refuses with is not the holder: Terraform tells of itself there. */
async function heldInPg(
  stack: string,
  state: Extract<State, { readonly backend: "pg" }>,
  planning: Planning,
): Promise<Held> {
  const nobody = { stack, id: "", about: "a session of PostgreSQL", lift: () => Promise.resolve() };
  try {
    const [session] = await pgSessions(state, stack, planning);
    if (session === undefined)
      return { ...nobody, owner: { kind: "works", text: "it was given back meanwhile: ask again" } };
    const { pid, user, address, since, isOfAll } = session;
    const who =
      !isOfAll && isOfThisMachine(session) ? ofThisMachine(user) : `${user} at ${address || "the server's machine"}`;
    return {
      ...{ stack, id: pid, owner: ownerOf(stack, who) },
      about: `${user} from ${address || "the server's machine"} since ${since}, session ${pid}`,
      lift: () => endSession(state, session, planning),
    };
  } catch (error) {
    return { ...nobody, owner: { kind: "unknown", text: messageOf(error) } };
  }
}

/** Terraform's names of what takes a lock, in words. */
function operationText(operation: string): string {
  return operation.replace(/^OperationType/, "").toLowerCase() || "an unknown operation";
}
