import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../runtime/errors";
import { REPOSITORY } from "../../runtime/paths";
import { runOrThrow } from "../../runtime/process";
import type { ChildOptions } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import type { Installer } from "./installing";
import { installPythonTool, pythonToolPath } from "./python-tool";
import type { PythonTool } from "./python-tool";

const AERLEON: PythonTool = { noun: "Aerleon", name: "aerleon", pins: join(REPOSITORY, "lab", "aerleon") };
/** The beginning of absl's lines for warnings and errors. */
const COMPLAINT = /^[WEF]\d{4} /;
/** A harmless warning: it found a folder of policies. */
const HARMLESS = "pol files found)";

/**
 * Installs Aerleon unless it is there.
 * @throws CommandError when pip fails; Python 3.11 or later is required
 */
export async function installAerleon(installer: Installer): Promise<void> {
  await installPythonTool(AERLEON, installer);
}

/**
 * Runs Aerleon on a folder with `def` and `policies`, and returns its output by file name.
 * @throws CommandError when it fails, and when it warns: it leaves out what it cannot express, and would open to
 * everybody
 */
export async function runAerleon(folder: string): Promise<Map<string, string>> {
  const program = pythonToolPath(AERLEON);
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
