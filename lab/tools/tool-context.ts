import type { Say } from "../../runtime/progress";
import type { SharedPaths } from "../paths";

/** Context of every installation step. */
export interface ToolContext {
  readonly shared: SharedPaths;
  readonly signal: AbortSignal | undefined;
  readonly say: Say;
}

/** Name of this platform, as in Go and Terraform: `linux_amd64`. */
export function platformName(): string {
  const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
  return `${process.platform}_${architectures[process.arch] ?? process.arch}`;
}
