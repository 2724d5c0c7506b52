import { Command, Option } from "commander";
import { environmentsOption } from "../city-command";
import { runCommand } from "../run-command";
import { citiesOf } from "./cities";
import type { Repository } from "./cities";

const CITIES_HELP = `
Prints the ids of the cities whose files name this repository in secrets.ci, as a JSON array for a matrix. A fork, or a
repository with the toolkit alone, has none, and so no job.

Exit codes: 0 done, 2 bad input.`;

/** `pipeline cities`: the cities that a repository's jobs plan and deploy. */
export function citiesCommand(): Command {
  return new Command("cities")
    .description("ids of the cities that this repository's jobs plan and deploy, as JSON")
    .addOption(new Option("--platform <name>", "the CI platform").choices(["github", "gitlab"]).makeOptionMandatory())
    .requiredOption("--repository <path>", "the repository, such as group/repository")
    .option("--branch <name>", "only those whose protected branch it is")
    .addOption(environmentsOption())
    .addHelpText("after", CITIES_HELP)
    .action(({ environments, ...repository }: Repository & { readonly environments: string }) =>
      runCommand(() => {
        console.log(JSON.stringify(citiesOf(environments, repository).map(({ city }) => city.id)));
      }),
    );
}
