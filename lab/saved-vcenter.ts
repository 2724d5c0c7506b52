import { childEnvironment } from "./child-environment";
import { InputError } from "../runtime/errors";
import type { LabPaths } from "./paths";
import { run } from "../runtime/process";
import { Redactor } from "../runtime/redactor";

/** A vCenter as somebody saved it with `govc object.save`. */
export interface SavedVcenter {
  /** Id of the city whose vCenter it is. */
  readonly city: string;
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Who the second login is: a user as the saved permissions name him. @default - one that no permission names */
  readonly login?: string | undefined;
  /** Names of what an earlier deployment made, which is taken off. @default - nothing is */
  readonly deployed?: object | undefined;
}

/**
 * @param program path of the simulator's binary
 * @throws InputError that lists what is missing in the folder, or says that no permission names the login
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
    // Before the lab has a folder of its own for temporary files.
    env: { ...childEnvironment(paths), TMPDIR: undefined },
    redactor: new Redactor(),
    signal,
  });
  if (code === 0) return;
  throw new InputError(tail.map((line) => line.replace(/^vcenter: /, "")).join("\n"));
}
