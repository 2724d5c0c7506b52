import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../runtime/paths";
import { sharedPaths } from "../paths";
import { installGoTool, installing } from "./installing";
import type { Installer } from "./installing";
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
 * Builds actionlint and fetches the schemas if they are missing.
 * @throws CommandError when the module proxy or pip's index refuses, or Go or pip is missing
 */
export async function installWorkflowCheckers(installer: Installer): Promise<WorkflowCheckers> {
  const shared = sharedPaths();
  const tool = { name: "actionlint", module: "lab/actionlint", package: "github.com/rhysd/actionlint/cmd/actionlint" };
  const actionlint = await installGoTool({ ...tool, output: join(shared.tools, tool.name) }, installer);
  const schemas = join(shared.tools, pinnedName("ci-schemas", WHEEL.pins));
  if (!existsSync(schemas))
    await installing(shared, installer.signal, () => fetchSchemas({ shared, ...installer }, schemas));
  return { actionlint, schemas };
}

/** Another installation may have fetched them meanwhile. */
async function fetchSchemas(context: ToolContext, place: string): Promise<void> {
  if (existsSync(place)) return;
  await unpackWheel(WHEEL, context, (folder) => {
    renameSync(join(folder, VENDORED), place);
  });
}
