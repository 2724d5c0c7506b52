import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { waitForLock } from "../../runtime/lock";
import { REPOSITORY } from "../../runtime/paths";
import { sharedPaths } from "../paths";
import type { SharedPaths } from "../paths";
import { buildGoTool, needsBuild } from "./go-tool";
import type { GoTool } from "./go-tool";
import { checkRequirements, goVersion } from "./requirements";
import type { ToolContext } from "./tool-context";
import { pinnedName, unpackWheel } from "./wheel";
import type { Wheel } from "./wheel";

const WHEEL: Wheel = {
  noun: "check-jsonschema",
  name: "ci-schemas",
  pins: join(REPOSITORY, "lab", "ci-schemas"),
};
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
  return join(shared.tools, pinnedName("ci-schemas", WHEEL.pins));
}

async function fetchSchemas(context: ToolContext): Promise<void> {
  const place = schemasPath(context.shared);
  if (existsSync(place)) return;
  await unpackWheel(WHEEL, context, (folder) => {
    renameSync(join(folder, VENDORED), place);
  });
}
