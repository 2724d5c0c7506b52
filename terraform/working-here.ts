import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Not a provider, which outlives a Terraform that was killed, and writes no state. Linux keeps 15 characters of a name. */
const PROGRAM = /^(?:terraform|tofu)(?!-provi)/;

/**
 * Ids of the Terraform or OpenTofu processes of this machine that work in a folder of a stack, whichever command started
 * them. Only Linux tells where a process works.
 * @returns undefined where it cannot be found out
 */
export function workingOn(stack: string): number[] | undefined {
  if (!existsSync("/proc/self/cwd")) return undefined;
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => isAt(id, `/stacks/${stack}`)).map(Number);
}

/** A process that ended meanwhile, or that is another user's, is none. */
function isAt(id: string, folder: string): boolean {
  try {
    return PROGRAM.test(readFileSync(`/proc/${id}/comm`, "utf8")) && readlinkSync(`/proc/${id}/cwd`).endsWith(folder);
  } catch {
    return false;
  }
}
