import { renameSync } from "node:fs";
import { exposition } from "../../metrics/exposition";
import type { Metric } from "../../metrics/exposition";
import { InputError, messageOf } from "../../runtime/errors";
import { writeReport } from "../report-files";

/** Writes metrics to a file that node_exporter may read at any time: whole or not. @throws InputError that names `--metrics` */
export function writeTextfile(file: string, metrics: readonly Metric[]): void {
  const beside = `${file}.new`;
  writeReport("--metrics", beside, exposition(metrics));
  try {
    renameSync(beside, file);
  } catch (error) {
    throw new InputError(`--metrics: ${messageOf(error)}`);
  }
}
