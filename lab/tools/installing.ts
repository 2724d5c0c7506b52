import { mkdirSync, rmSync } from "node:fs";
import { waitForLock } from "../../runtime/lock";
import { sharedPaths } from "../paths";
import type { SharedPaths } from "../paths";
import { buildGoTool, needsBuild } from "./go-tool";
import type { GoTool } from "./go-tool";
import { checkRequirements, goVersion } from "./requirements";
import type { ToolContext } from "./tool-context";

/** Who installs something that the lab itself does not need. */
export type Installer = Omit<ToolContext, "shared">;

/**
 * Installs under the lock of installations, since an installation clears the build folder. Whoever waited for it looks again what is
 * missing.
 * @param onWait called once where another one installs
 */
export async function installing<T>(
  shared: SharedPaths,
  signal: AbortSignal | undefined,
  install: () => Promise<T>,
  onWait?: () => void,
): Promise<T> {
  const release = await waitForLock(shared.lock, signal, onWait);
  try {
    for (const folder of [shared.tools, shared.stamps, shared.logs, shared.tmp]) mkdirSync(folder, { recursive: true });
    return await install();
  } finally {
    rmSync(shared.tmp, { recursive: true, force: true });
    release();
  }
}

/**
 * Builds a program unless it is there.
 * @returns its path
 * @throws CommandError when the module proxy refuses, or Go is missing
 */
export async function installGoTool(tool: GoTool, { signal, say }: Installer, shared = sharedPaths()): Promise<string> {
  const go = goVersion();
  if (needsBuild(tool, shared, go))
    await installing(shared, signal, async () => {
      if (!needsBuild(tool, shared, go)) return;
      checkRequirements({ go: [tool.name], pip: false });
      await buildGoTool(tool, go ?? "", { shared, signal, say });
    });
  return tool.output;
}
