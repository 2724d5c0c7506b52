import { Argument, Command } from "commander";
import { applyOrder } from "../../preview/apply-order";
import { approvalIn } from "../approval-file";
import { cityCommand, environmentsOption } from "../city-command";
import type { CityOptions } from "../city-command";
import { guarded } from "../lab-guard";
import { deployedCity } from "../named-city";
import { citiesOf } from "./cities";
import type { Repository } from "./cities";
import { applyPipeline, cityPipeline, PURPOSES } from "./gitlab-pipeline";
import type { Purpose } from "./gitlab-pipeline";

const GITLAB_HELP = `
Prints the child pipeline of the cities whose files name this project in secrets.ci, as YAML. Where none does, as in a fork or a
project that has the toolkit only, its one job says so.

Exit codes: 0 done, 2 bad input.`;

const APPLY_HELP = `
Prints the child pipeline that applies what was approved, as YAML: one job a stack of which something changes, each after those
that it stands on, all after a job that somebody starts by hand.

Exit codes: 0 done, 2 bad input.`;

interface GitlabOptions extends CityOptions, Pick<Repository, "repository" | "branch"> {}

/** `pipeline gitlab PURPOSE`: the jobs of every city of a GitLab project. */
export function gitlabCommand(): Command {
  return new Command("gitlab")
    .description("the jobs of each city of this GitLab project, as the YAML of a child pipeline")
    .addArgument(new Argument("<purpose>", "what the pipeline is for").choices(PURPOSES))
    .requiredOption("--repository <path>", "the project's path, $CI_PROJECT_PATH")
    .option("--branch <name>", "only cities whose protected branch it is")
    .addOption(environmentsOption())
    .addHelpText("after", GITLAB_HELP)
    .action((purpose: Purpose, { environments, ...project }: GitlabOptions) =>
      guarded(() => {
        process.stdout.write(cityPipeline(purpose, citiesOf(environments, { platform: "gitlab", ...project })));
      }),
    );
}

/** `pipeline gitlab-apply CITY`: the jobs that apply what was approved. */
export function gitlabApplyCommand(): Command {
  const description = "the jobs that apply what was approved, as the YAML of a child pipeline";
  return cityCommand("gitlab-apply", description, APPLY_HELP)
    .requiredOption("--approved <file>", "what 'npm run preview' wrote with --approval")
    .action((id: string, { environments, approved }: CityOptions & { readonly approved: string }) =>
      guarded(() => {
        process.stdout.write(applyPipeline(deployedCity(environments, id), applyOrder(approvalIn(approved))));
      }),
    );
}
