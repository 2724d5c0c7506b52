import { CommandError } from "../runtime/errors";
import { run } from "../runtime/process";
import type { StackTerraform } from "./stack";

/** Who holds the lock of a state, in Terraform's own words ("Lock Info"). */
export interface StateLock {
  /** What `terraform force-unlock` takes. */
  readonly id: string;
  /** What holds it: `OperationTypeApply`, `state-push`. */
  readonly operation: string;
  /** `user@host`; GitLab says the name of its own user. */
  readonly who: string;
  /** When it was taken, as Terraform or the store writes it. */
  readonly created: string;
  /** Why the store refused, in a line. */
  readonly reason: string;
}

/** Takes the lock, gives it back and changes nothing: the command that needs a lock and no provider. */
const TRY = ["state", "rm", "-no-color", "-dry-run"];
const NOTHING = "terraform_data.nothing";
const REFUSED = "Error acquiring the state lock";
/** Of a stack that was never deployed. */
const NO_STATE = "No state file was found";
const FIELD = /^[│\s]*(ID|Operation|Who|Created): +(.*?)\s*$/;
const REASON = /^[│\s]*Error message: +(.*?)\s*$/;

/**
 * The lock of an initialized stack's state; undefined where nobody holds one.
 * @param waitSeconds how long it is waited for a holder that just ends
 * @throws CommandError where the state cannot be asked for another reason
 */
export async function stateLock(stack: StackTerraform, waitSeconds = 0): Promise<StateLock | undefined> {
  const args = [...TRY, `-lock-timeout=${String(waitSeconds)}s`, NOTHING];
  const { code, tail } = await run({ ...stack, args });
  const lock = tail.some((line) => line.includes(REFUSED)) ? lockIn(tail) : undefined;
  // A store that fails has no holder.
  if (lock !== undefined && lock.id !== "") return lock;
  if (code === 0 || tail.some((line) => line.includes(NO_STATE))) return undefined;
  throw new CommandError(`the state's lock was not asked for: ${lastOf(tail)}`, stack.logFile, tail);
}

/** Lifts a lock, whoever holds it. @throws CommandError with Terraform's error */
export async function liftLock(stack: StackTerraform, { id }: Pick<StateLock, "id">): Promise<void> {
  const { code, tail } = await run({ ...stack, args: ["force-unlock", "-force", id] });
  if (code !== 0) throw new CommandError(`terraform force-unlock ${id}: ${lastOf(tail)}`, stack.logFile, tail);
}

/** Exported for tests. @param lines what Terraform prints where it does not get a lock */
export function lockIn(lines: readonly string[]): StateLock {
  const fields = new Map(lines.flatMap((line) => pairOf(FIELD.exec(line))));
  const of = (name: string): string => fields.get(name) ?? "";
  const reason = lines.flatMap((line) => REASON.exec(line)?.[1] ?? [])[0] ?? "";
  return { id: of("ID"), operation: of("Operation"), who: of("Who"), created: of("Created"), reason };
}

function pairOf(match: RegExpExecArray | null): [string, string][] {
  const [, name, value] = match ?? [];
  return name === undefined || value === undefined ? [] : [[name, value]];
}

function lastOf(tail: readonly string[]): string {
  const said = tail.map((line) => line.replace(/^[│╷╵\s]+/, "").trim()).filter((line) => line !== "");
  return said.find((line) => line.startsWith("Error")) ?? said.at(-1) ?? "Terraform ended without a word";
}
