import { rmSync } from "node:fs";
import { join } from "node:path";
import { citiesAsDeployed } from "../environments/deployed";
import { loadOverlay } from "../environments/load-overlay";

/** What synthesis needs of a lab: its folders, and the variables that its stacks are declared with. */
export interface LabToSynthesize {
  readonly paths: { readonly overlay: string; readonly output: string };
  readonly data: { readonly variables: Readonly<Record<string, string>> };
}

/**
 * Synthesizes every city of a lab as cdktf's app does, but in this process: the cdktf CLI takes five seconds to start.
 * The former output is removed first, also where a file turns out to be wrong.
 * @throws EnvironmentError when a file is wrong
 */
export async function synthesizeLab({ paths, data: { variables } }: LabToSynthesize): Promise<void> {
  rmSync(join(paths.output, "manifest.json"), { force: true });
  const { POSTAZIONI_ENVIRONMENTS: environments = "", POSTAZIONI_TEARDOWN: teardown } = variables;
  const overlay = loadOverlay(paths.overlay);
  // It loads cdktf, which would slow down every other command.
  const { synthesize } = await import("../stacks/synthesize");
  const cities = citiesAsDeployed(environments, overlay);
  synthesize({ cities, overlay, teardown: teardown === "true", output: paths.output });
}
