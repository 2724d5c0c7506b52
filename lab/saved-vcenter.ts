import { childEnvironment } from "./child-environment";
import { InputError } from "../runtime/errors";
import type { LabPaths } from "./paths";
import { run } from "../runtime/process";
import { Redactor } from "../runtime/redactor";

/** A vCenter saved with `govc object.save`. */
export interface SavedVcenter {
  /** Id of its city. */
  readonly city: string;
  /** Absolute path of the folder. */
  readonly folder: string;
  /** User of the second login, as the saved permissions name it. @default - one without permissions */
  readonly login?: string | undefined;
  /** Names of what an earlier deployment created, which is removed. @default - none */
  readonly deployed?: object | undefined;
}

/**
 * @param program path of the simulator's binary
 * @throws InputError that lists what is missing in the folder, or says that no permission has the login
 */
export async function checkSaved(
  program: string,
  { folder, login }: SavedVcenter,
  paths: LabPaths,
  signal?: AbortSignal,
): Promise<void> {
  const { code, tail } = await run({
    command: program,
    args: ["check", folder, ...(login === undefined ? [] : ["--login", login])],
    // The lab has no temporary folder of its own yet.
    env: { ...childEnvironment(paths), TMPDIR: undefined },
    redactor: new Redactor(),
    signal,
  });
  if (code === 0) return;
  throw new InputError(tail.map((line) => line.replace(/^vcenter: /, "")).join("\n"));
}
