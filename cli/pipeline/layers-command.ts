import type { Command } from "commander";
import type { City } from "../../environments/model/city";
import { applyOrder } from "../../preview/apply-order";
import type { ApplyStep } from "../../preview/apply-order";
import { sideBySide } from "../../terraform/clone-budget";
import { approvalIn } from "../approval-file";
import { cityCommand } from "../city-command";
import type { CityOptions } from "../city-command";
import { deployedCity } from "../named-city";
import { runCommand } from "../run-command";
import { GITHUB_LAYERS, MOST_MATRIX_JOBS } from "./jobs/limits";
import { layersOf, packed } from "./jobs/stack-jobs";

const LAYERS_HELP = `
Prints what a job of GitHub Actions puts into $GITHUB_OUTPUT: the matrix of each layer of jobs that apply what was approved, as JSON, each
item the names of a job's stacks; how many of these jobs run at a time, and how many machines each of them clones. A city that does not
name github in platform.engine is one job, whose item is empty: all stacks. Without approved changes every matrix is empty.

Exit codes: 0 done, 2 bad input.`;

/** `pipeline layers CITY`: the matrices of the jobs that apply what was approved on GitHub. */
export function layersCommand(): Command {
  return cityCommand("layers", "the matrices of the jobs that apply what was approved, for GitHub Actions", LAYERS_HELP)
    .requiredOption("--approved <file>", "the approval that 'npm run preview' wrote with --approval")
    .action((id: string, { environments, approved }: CityOptions & { readonly approved: string }) =>
      runCommand(() => {
        const outputs = githubOutputs(deployedCity(environments, id), applyOrder(approvalIn(approved)));
        for (const [name, value] of Object.entries(outputs)) console.log(`${name}=${value}`);
      }),
    );
}

/** The outputs of the job that plans: each matrix as JSON, and numbers. */
export function githubOutputs({ platform }: City, steps: readonly ApplyStep[]): Readonly<Record<string, string>> {
  const { stacks, operations } = sideBySide(platform.vsphere.clonesAtATime);
  const isByStack = platform.engine === "github";
  const matrices = isByStack ? matricesOf(steps) : steps.length === 0 ? [] : [[""]];
  return {
    ...Object.fromEntries(GITHUB_LAYERS.map((name, layer) => [name, JSON.stringify(matrices[layer] ?? [])])),
    "at-a-time": String(isByStack ? stacks : 1),
    clones: String(isByStack ? operations : platform.vsphere.clonesAtATime),
  };
}

function matricesOf(steps: readonly ApplyStep[]): string[][] {
  const layers = layersOf(steps, GITHUB_LAYERS.length);
  return layers.map((jobs) => packed(jobs, MOST_MATRIX_JOBS).map((job) => job.join(" ")));
}
