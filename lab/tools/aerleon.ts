import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { CommandError } from "../../runtime/errors";
import { sharedPaths } from "../paths";
import { REPOSITORY } from "../../runtime/paths";
import type { SharedPaths } from "../paths";
import { waitForLock } from "../../runtime/lock";
import { runOrThrow } from "../../runtime/process";
import type { ChildOptions } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import { pipHelp } from "./registry-refusal";
import type { ToolContext } from "./tool-context";
import { pinnedName, pinnedPip } from "./wheel";

const PINS = join(REPOSITORY, "lab", "aerleon");
const REQUIREMENTS = join(PINS, "requirements.txt");
/** The beginning of absl's lines for warnings and errors. */
const COMPLAINT = /^[WEF]\d{4} /;
/** A harmless warning: it found a folder of policies. */
const HARMLESS = "pol files found)";

/** Aerleon's folder; it depends on the pinned versions. */
function aerleonPath(shared: SharedPaths): string {
  return join(shared.tools, pinnedName("aerleon", PINS));
}

/**
 * Installs Aerleon with pip into a folder of the lab, unless it is there, under the lock of installations: pinned by
 * digests, without a change of the system's Python.
 * @throws CommandError when pip fails; Python 3.11 or later is required
 */
export async function installAerleon({ signal, say }: Omit<ToolContext, "shared">): Promise<void> {
  const shared = sharedPaths();
  if (existsSync(aerleonPath(shared))) return;
  const release = await waitForLock(shared.lock, signal);
  try {
    // The former holder of the lock may have installed it.
    if (!existsSync(aerleonPath(shared))) await fetchAerleon({ shared, signal, say });
  } finally {
    release();
  }
}

async function fetchAerleon({ shared, signal, say }: ToolContext): Promise<void> {
  const folder = join(shared.tools, "aerleon.new");
  rmSync(folder, { recursive: true, force: true });
  for (const path of [folder, shared.logs]) mkdirSync(path, { recursive: true });
  const logFile = join(shared.logs, "aerleon.log");
  const args = ["-m", "pip", "install", ...pinnedPip(REQUIREMENTS), "--target", folder];
  const child = { command: "python3", args, logFile, redactor: new Redactor(), signal };
  try {
    await runOrThrow("fetching Aerleon with pip", { ...child, env: process.env, onLine: say }, (tail) =>
      pipHelp(tail, relative(REPOSITORY, REQUIREMENTS)),
    );
    renameSync(folder, aerleonPath(shared));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs Aerleon on a folder with `def` and `policies`, and returns its output by file name.
 * @throws CommandError when it fails, and when it warns: it leaves out what it cannot express, and would open to
 * everybody
 */
export async function runAerleon(folder: string): Promise<Map<string, string>> {
  const program = aerleonPath(sharedPaths());
  const output = join(folder, "out");
  mkdirSync(output);
  const printed: string[] = [];
  const child: ChildOptions = {
    command: "python3",
    args: [
      join(program, "bin", "aclgen"),
      "--base_directory",
      "policies",
      "--definitions_directory",
      "def",
      "--output_directory",
      "out",
    ],
    cwd: folder,
    env: { ...process.env, PYTHONPATH: program },
    redactor: new Redactor(),
    onLine: (line) => printed.push(line),
  };
  await runOrThrow("aerleon", child);
  const complaints = printed.filter((line) => COMPLAINT.test(line) && !line.endsWith(HARMLESS));
  if (complaints.length > 0) throw new CommandError("Aerleon warns", undefined, complaints);
  return new Map(readdirSync(output).map((name) => [name, readFileSync(join(output, name), "utf8")]));
}
