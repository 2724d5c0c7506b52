import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { CommandError, messageOf } from "../runtime/errors";

/**
 * Writes a file whole or not at all: beside it first, with its mode. A symbolic link stays one, and its target is written.
 * @throws CommandError where it cannot be written
 */
export function writeWhole(file: string, text: string): void {
  try {
    const target = realpathSync(file);
    const beside = `${target}.new`;
    try {
      writeFileSync(beside, text, { mode: statSync(target).mode });
      renameSync(beside, target);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw new CommandError(`${file} could not be written, and is as before: ${messageOf(error)}`);
  }
}
