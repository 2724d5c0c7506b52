import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { CommandError } from "../../runtime/errors";
import { waitForLock } from "../../runtime/lock";
import { sharedPaths } from "../paths";
import { REPOSITORY } from "../../runtime/paths";
import type { SharedPaths } from "../paths";
import { runOrThrow } from "../../runtime/process";
import type { ChildOptions } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import { buildGoTool, needsBuild } from "./go-tool";
import type { GoTool } from "./go-tool";
import { hashInputs } from "./inputs-hash";
import { pipHelp } from "./registry-refusal";
import { checkRequirements, goVersion } from "./requirements";
import type { ToolContext } from "./tool-context";

const PINS = join(REPOSITORY, "lab", "ci-schemas");
const REQUIREMENTS = join(PINS, "requirements.txt");
const DIGEST_LENGTH = 12;
/** Folder of the schemas in the wheel. */
const VENDORED = join("check_jsonschema", "builtin_schemas", "vendor");

/** Checkers of this repository's CI workflows. */
export interface WorkflowCheckers {
  /** Path of the program actionlint. */
  readonly actionlint: string;
  /** Folder of JSON schemas: `gitlab-ci.json`, `github-workflows.json`, `github-actions.json`. */
  readonly schemas: string;
}

/**
 * Builds actionlint and fetches the schemas if they are missing, under the lock of installations, since an installation
 * clears the build folder.
 * @throws CommandError when the module proxy or pip's index refuses, or Go or pip is missing
 */
export async function installWorkflowCheckers({ signal, say }: Omit<ToolContext, "shared">): Promise<WorkflowCheckers> {
  const shared = sharedPaths();
  const context = { shared, signal, say };
  const release = await waitForLock(shared.lock, signal);
  try {
    for (const folder of [shared.tools, shared.stamps, shared.logs, shared.tmp]) mkdirSync(folder, { recursive: true });
    await buildActionlint(context);
    await fetchSchemas(context);
  } finally {
    release();
  }
  return { actionlint: actionlintTool(shared).output, schemas: schemasPath(shared) };
}

function actionlintTool(shared: SharedPaths): GoTool {
  return {
    name: "actionlint",
    module: "lab/actionlint",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    output: join(shared.tools, "actionlint"),
  };
}

async function buildActionlint(context: ToolContext): Promise<void> {
  const [tool, go] = [actionlintTool(context.shared), goVersion()];
  if (!needsBuild(tool, context.shared, go)) return;
  checkRequirements({ go: [tool.name], pip: false });
  await buildGoTool(tool, go ?? "", context);
}

function schemasPath(shared: SharedPaths): string {
  return join(shared.tools, `ci-schemas-${hashInputs(PINS).slice(0, DIGEST_LENGTH)}`);
}

/** pip only downloads it and checks the pinned digest; nothing is installed. */
async function fetchSchemas(context: ToolContext): Promise<void> {
  if (existsSync(schemasPath(context.shared))) return;
  const folder = join(context.shared.tmp, `ci-schemas.${String(process.pid)}`);
  try {
    await runOrThrow(
      "fetching the schemas with pip",
      python(context, ["-m", "pip", "download", ...pip(folder)]),
      (tail) => pipHelp(tail, relative(REPOSITORY, REQUIREMENTS)),
    );
    const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) throw new CommandError("pip fetched no wheel of check-jsonschema");
    await runOrThrow("unpacking the schemas", python(context, ["-m", "zipfile", "-e", join(folder, wheel), folder]));
    renameSync(join(folder, VENDORED), schemasPath(context.shared));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pip(folder: string): string[] {
  const quiet = ["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
  return [...quiet, "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", REQUIREMENTS, "-d", folder];
}

function python({ shared, signal, say }: ToolContext, args: readonly string[]): ChildOptions {
  return {
    ...{ command: "python3", args, env: { ...process.env, TMPDIR: shared.tmp } },
    ...{ logFile: join(shared.logs, "ci-schemas.log"), redactor: new Redactor(), signal, onLine: say },
  };
}
