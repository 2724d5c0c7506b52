import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { waitForLock } from "../../runtime/lock";
import { sharedPaths } from "../paths";
import { buildGoTool, needsBuild } from "./go-tool";
import type { GoTool } from "./go-tool";
import { checkRequirements, goVersion } from "./requirements";
import type { ToolContext } from "./tool-context";

/**
 * Builds the program that reads an atlantis.yaml with Atlantis's own parser, if it is missing.
 * @returns its path
 * @throws CommandError when the module proxy refuses, or Go is missing
 */
export async function installAtlantisParser({ signal, say }: Omit<ToolContext, "shared">): Promise<string> {
  const shared = sharedPaths();
  const tool: GoTool = {
    ...{ name: "check-atlantis", module: "lab/atlantis", package: "." },
    output: join(shared.tools, "check-atlantis"),
  };
  const release = await waitForLock(shared.lock, signal);
  try {
    for (const folder of [shared.tools, shared.stamps, shared.logs, shared.tmp]) mkdirSync(folder, { recursive: true });
    const go = goVersion();
    if (!needsBuild(tool, shared, go)) return tool.output;
    checkRequirements({ go: [tool.name], pip: false });
    await buildGoTool(tool, go ?? "", { shared, signal, say });
  } finally {
    release();
  }
  return tool.output;
}
