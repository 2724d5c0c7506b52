import { chmodSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Puts a program of shell into a folder, which is to stand first in PATH. */
export function putProgram(folder: string, name: string, body: string): void {
  const [program, next] = [join(folder, name), join(folder, `.${name}.next`)];
  writeFileSync(next, `#!/bin/sh\n${body}\n`);
  chmodSync(next, 0o755);
  // One that runs just now cannot be written.
  renameSync(next, program);
}

/** Puts a vmtoolsd there that reads this guestinfo, by the keys' last part, and keeps what is written in the file `written`. */
export function putVmwareTools(folder: string, guestinfo: Readonly<Record<string, string>>): void {
  const cases = Object.entries(guestinfo).map(
    ([key, value]) => `'info-get guestinfo.postazioni.${key}') echo '${value.replaceAll("'", String.raw`'\''`)}' ;;`,
  );
  const written = `info-set*) echo "$2" >>${join(folder, "written")} ;;`;
  putProgram(folder, "vmtoolsd", ['case "$2" in', ...cases, written, "esac"].join("\n"));
}
