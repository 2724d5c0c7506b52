import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { LabInputError, messageOf } from "../lab/errors";

/** Prints a report, or writes it to the file that `--out` names. @throws LabInputError where it cannot be written */
export function writeReport(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    mkdirSync(dirname(resolve(out)), { recursive: true });
    writeFileSync(out, text);
  } catch (error) {
    throw new LabInputError(`--out: ${messageOf(error)}`);
  }
}
