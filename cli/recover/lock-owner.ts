import { hostname } from "node:os";
import { workingOn } from "../../terraform/working-here";

/** Whether the holder of a lock still works. */
export interface Owner {
  /** `unknown`: it has to be looked at elsewhere. */
  readonly kind: "works" | "ended" | "unknown";
  /** For a sentence. */
  readonly text: string;
}

/** What is asked of this machine. Tests give their own. */
export interface Machine {
  readonly host: string;
  /** Processes that work on a stack; undefined where that is not known. */
  readonly workingOn: (stack: string) => readonly number[] | undefined;
}

const HERE: Machine = { host: hostname(), workingOn };

/**
 * Whether the holder of a stack's lock still works, as far as this machine can tell.
 * @param who `user@host`, or whoever took it elsewhere
 */
export function ownerOf(stack: string, who: string, { host, workingOn }: Machine = HERE): Owner {
  const running = workingOn(stack);
  const [first] = running ?? [];
  if (first !== undefined) return { kind: "works", text: `process ${String(first)} of this machine works on it` };
  if (!who.endsWith(`@${host}`))
    return { kind: "unknown", text: `whether it still works is not known here: ask ${who}` };
  if (running === undefined) return { kind: "unknown", text: "this system does not tell which programs work where" };
  return { kind: "ended", text: "no program of this machine, which took it, works on it any more" };
}

/** The name of this machine's holders. @param user of whatever kind */
export function ofThisMachine(user: string): string {
  return `${user}@${HERE.host}`;
}
