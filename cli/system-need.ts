import { existsSync } from "node:fs";
import { join } from "node:path";

/** A program that only a system package provides. */
export interface SystemNeed {
  /** Its name on PATH. */
  readonly program: string;
  /** The command that installs it. */
  readonly install: string;
}

/** Debian leaves these folders out of an ordinary user's PATH; proof/ searches them too. */
const SYSTEM_FOLDERS = "/usr/sbin:/sbin";

/** The programs that are in no folder of the path. @param path @default - PATH and the system folders */
export function missing(
  needs: readonly SystemNeed[],
  path = `${process.env.PATH ?? ""}:${SYSTEM_FOLDERS}`,
): SystemNeed[] {
  const folders = path.split(":");
  return needs.filter(({ program }) => !folders.some((folder) => existsSync(join(folder, program))));
}

/** The programs as a message lists them: `nft (apt-get install nftables)`. */
export function namesOf(needs: readonly SystemNeed[]): string {
  return needs.map(({ program, install }) => `${program} (${install})`).join(", ");
}
