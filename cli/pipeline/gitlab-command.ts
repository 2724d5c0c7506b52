import { Argument, Command, InvalidArgumentError } from "commander";
import { applyOrder } from "../../preview/apply-order";
import { approvalIn } from "../approval-file";
import { cityCommand, environmentsOption } from "../city-command";
import type { CityOptions } from "../city-command";
import { runCommand } from "../run-command";
import { deployedCity } from "../named-city";
import { citiesOf } from "./cities";
import type { Repository } from "./cities";
import { applyPipeline, cityPipeline, isByStack, PURPOSES } from "./gitlab-pipeline";
import type { Purpose } from "./gitlab-pipeline";
import { stackNames } from "./jobs/city-stacks";

const GITLAB_HELP = `
Prints the child pipeline of the cities whose files name this project in secrets.ci, as YAML. Where none does, as in a fork or a
project that has the toolkit only, its one job says so. An image without a digest is refused, since a tag may change.

Exit codes: 0 done, 2 bad input.`;

const APPLY_HELP = `
Prints the child pipeline that applies the approved changes, as YAML: one job, to be started by somebody who may deploy to the
city's environment. Where the file names gitlab in platform.engine it is a job for each stack, after those that it stands on
(docs/guides/engines.md). Without approved changes its one job says so.

Exit codes: 0 done, 2 bad input.`;

interface GitlabOptions extends CityOptions, Pick<Repository, "repository" | "branch"> {
  readonly image: string;
}

/** An image reference with a digest, as in the OCI distribution specification. */
const WITH_DIGEST = /^\S+@sha256:[0-9a-f]{64}$/;

/** `pipeline gitlab PURPOSE`: the jobs of every city of a GitLab project. */
export function gitlabCommand(): Command {
  return new Command("gitlab")
    .description("the jobs of each city of this GitLab project, as the YAML of a child pipeline")
    .addArgument(new Argument("<purpose>", "what the pipeline is for").choices(PURPOSES))
    .requiredOption("--repository <path>", "the project's path, $CI_PROJECT_PATH")
    .requiredOption("--image <name>", "the image of the jobs, with its digest: name@sha256:...", imageWithDigest)
    .option("--branch <name>", "only cities whose protected branch it is")
    .addOption(environmentsOption())
    .addHelpText("after", GITLAB_HELP)
    .action((purpose: Purpose, { environments, repository, branch }: GitlabOptions) =>
      runCommand(async () => {
        const project = { platform: "gitlab", repository, ...(branch !== undefined && { branch }) } as const;
        const cities = citiesOf(environments, project);
        const stacks = purpose === "drift" ? await stackNames(cities.filter(isByStack)) : new Map();
        process.stdout.write(cityPipeline(purpose, cities, stacks));
      }),
    );
}

function imageWithDigest(name: string): string {
  if (WITH_DIGEST.test(name)) return name;
  throw new InvalidArgumentError("It has no digest: write it as name@sha256: and 64 hexadecimal digits.");
}

/** `pipeline gitlab-apply CITY`: the jobs that apply what was approved. */
export function gitlabApplyCommand(): Command {
  const description = "the jobs that apply the approved changes, as the YAML of a child pipeline";
  return cityCommand("gitlab-apply", description, APPLY_HELP)
    .requiredOption("--approved <file>", "the approval that 'npm run preview' wrote with --approval")
    .action((id: string, { environments, approved }: CityOptions & { readonly approved: string }) =>
      runCommand(() => {
        process.stdout.write(applyPipeline(deployedCity(environments, id), applyOrder(approvalIn(approved))));
      }),
    );
}
