import type { Say } from "../../runtime/progress";
import type { SharedPaths } from "../paths";

/** Context of every installation step. */
export interface ToolContext {
  readonly shared: SharedPaths;
  readonly signal: AbortSignal | undefined;
  readonly say: Say;
}

/** This platform in Go's and Terraform's words: `{ os: "linux", arch: "amd64" }`. */
export function goPlatform(): { readonly os: string; readonly arch: string } {
  const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
  return { os: process.platform, arch: architectures[process.arch] ?? process.arch };
}

/** Name of this platform, as in Go and Terraform: `linux_amd64`. */
export function platformName(): string {
  const { os, arch } = goPlatform();
  return `${os}_${arch}`;
}
