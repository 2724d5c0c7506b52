import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { citiesAsDeployed } from "../environments/deployed";
import { loadOverlay } from "../environments/load";
import type * as Synthesis from "../stacks/synthesize";

/** What is known of a lab to synthesize for it: its folders, and the variables that its stacks are declared by. */
export interface LabToSynthesize {
  readonly paths: { readonly overlay: string; readonly output: string };
  readonly data: { readonly variables: Readonly<Record<string, string>> };
}

/**
 * Synthesizes every city of a lab as the app does that cdktf starts, in this process: cdktf takes five seconds a call to start it. What
 * was synthesized last counts no more, also where the files turn out not to be right.
 * @throws EnvironmentError when a file is not right
 */
export function synthesizeLab({ paths, data: { variables } }: LabToSynthesize): void {
  rmSync(join(paths.output, "manifest.json"), { force: true });
  const { POSTAZIONI_ENVIRONMENTS: environments = "", POSTAZIONI_TEARDOWN: teardown } = variables;
  const overlay = loadOverlay(paths.overlay);
  // With it comes cdktf, for which every other command would wait too.
  const { synthesize } = createRequire(__filename)("../stacks/synthesize") as typeof Synthesis;
  const cities = citiesAsDeployed(environments, overlay);
  synthesize({ cities, overlay, teardown: teardown === "true", output: paths.output });
}
