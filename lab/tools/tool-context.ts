import type { Say } from "../../runtime/progress";
import type { SharedPaths } from "../paths";

/** What every installation step is given. */
export interface ToolContext {
  readonly shared: SharedPaths;
  readonly signal: AbortSignal | undefined;
  readonly say: Say;
}

/** The system's name of this platform, as Go and Terraform write it: `linux_amd64`. */
export function platformName(): string {
  const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
  return `${process.platform}_${architectures[process.arch] ?? process.arch}`;
}
