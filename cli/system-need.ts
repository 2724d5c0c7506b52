import { existsSync } from "node:fs";
import { join } from "node:path";

/** A program that only the system can have. */
export interface SystemNeed {
  /** Its name on PATH. */
  readonly program: string;
  /** How it is installed. */
  readonly install: string;
}

/** Debian leaves these out of an ordinary user's PATH; proof/ looks there too. */
const SYSTEM_FOLDERS = "/usr/sbin:/sbin";

/** The programs that no folder of the path has. @param path by default PATH and the folders of the administrator's programs */
export function missing(
  needs: readonly SystemNeed[],
  path = `${process.env.PATH ?? ""}:${SYSTEM_FOLDERS}`,
): SystemNeed[] {
  const folders = path.split(":");
  return needs.filter(({ program }) => !folders.some((folder) => existsSync(join(folder, program))));
}

/** How they are named in a message: `nft (apt-get install nftables)`. */
export function namesOf(needs: readonly SystemNeed[]): string {
  return needs.map(({ program, install }) => `${program} (${install})`).join(", ");
}
