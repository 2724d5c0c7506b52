import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Puts a program of shell into a folder, which is to stand first in PATH. */
export function putProgram(folder: string, name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** Puts a vmtoolsd there that reads this guestinfo, by the keys' last part, and keeps what is written in the file `written`. */
export function putVmwareTools(folder: string, guestinfo: Readonly<Record<string, string>>): void {
  const cases = Object.entries(guestinfo).map(
    ([key, value]) => `'info-get guestinfo.postazioni.${key}') echo '${value.replaceAll("'", String.raw`'\''`)}' ;;`,
  );
  const written = `info-set*) echo "$2" >>${join(folder, "written")} ;;`;
  putProgram(folder, "vmtoolsd", ['case "$2" in', ...cases, written, "esac"].join("\n"));
}
