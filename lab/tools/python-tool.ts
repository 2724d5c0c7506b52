import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { sharedPaths } from "../paths";
import { waitForLock } from "../../runtime/lock";
import { REPOSITORY } from "../../runtime/paths";
import { runOrThrow } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import type { Installer } from "./installing";
import { pipHelp } from "./registry-refusal";
import type { ToolContext } from "./tool-context";
import { pinnedName, pinnedPip } from "./wheel";

/** A Python program on PyPI with what it needs. */
export interface PythonTool {
  /** Noun for messages. */
  readonly noun: string;
  /** Short name of its log and of its folder. */
  readonly name: string;
  /** Folder of the `requirements.txt` that pins its packages and their digests. */
  readonly pins: string;
}

/** The program's folder, for PYTHONPATH; it depends on the pinned versions. */
export function pythonToolPath({ name, pins }: PythonTool, shared = sharedPaths()): string {
  return join(shared.tools, pinnedName(name, pins));
}

/**
 * Installs a program with pip into a folder of the lab, unless it is there: pinned by digests, without a change of the system's Python.
 * It has a lock of its own: tests beside the lab must not wait until the lab's tools are built.
 * @throws CommandError when pip fails
 */
export async function installPythonTool(tool: PythonTool, installer: Installer, shared = sharedPaths()): Promise<void> {
  const isThere = (): boolean => existsSync(pythonToolPath(tool, shared));
  if (isThere()) return;
  const release = await waitForLock(join(shared.tools, `${tool.name}.lock`), installer.signal);
  try {
    if (!isThere()) await fetchTool(tool, { shared, ...installer });
  } finally {
    release();
  }
}

async function fetchTool(tool: PythonTool, context: ToolContext): Promise<void> {
  const { shared, signal, say } = context;
  const [folder, requirements] = [join(shared.tools, `${tool.name}.new`), join(tool.pins, "requirements.txt")];
  rmSync(folder, { recursive: true, force: true });
  for (const path of [folder, shared.logs]) mkdirSync(path, { recursive: true });
  const logFile = join(shared.logs, `${tool.name}.log`);
  const args = ["-m", "pip", "install", ...pinnedPip(requirements), "--target", folder];
  const child = { command: "python3", args, logFile, redactor: new Redactor(), signal };
  try {
    await runOrThrow(`fetching ${tool.noun} with pip`, { ...child, env: process.env, onLine: say }, (tail) =>
      pipHelp(tail, relative(REPOSITORY, requirements)),
    );
    renameSync(folder, pythonToolPath(tool, shared));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
