import { Command } from "commander";
import { environmentsOption } from "../city-command";
import type { CityOptions } from "../city-command";
import { runCommand } from "../run-command";
import { citiesOf } from "./cities";
import type { Repository } from "./cities";
import { stackNames } from "./jobs/city-stacks";
import { MOST_MATRIX_JOBS } from "./jobs/limits";
import { looks } from "./jobs/looks";

const LOOKS_HELP = `
Prints the jobs of a night's look for drift as JSON, for a matrix of GitHub Actions: each has a city and the names of stacks, empty for
all of the city. A city that names github in platform.engine has a job for each ten stacks, or more stacks a job where the matrix
would have more than ${String(MOST_MATRIX_JOBS)}. With --in-parts it prints the ids of those cities, whose jobs' findings have to be put together.

Exit codes: 0 done, 2 bad input.`;

interface LooksOptions extends CityOptions, Omit<Repository, "platform"> {
  readonly inParts: boolean;
}

/** `pipeline looks`: the jobs that look for drift on GitHub. */
export function looksCommand(): Command {
  return new Command("looks")
    .description("the jobs that look for drift in this repository's cities, as JSON for a matrix of GitHub Actions")
    .requiredOption("--repository <path>", "the repository, such as owner/repository")
    .option("--branch <name>", "only those whose protected branch it is")
    .option("--in-parts", "print the ids of the cities that have jobs for some of their stacks each", false)
    .addOption(environmentsOption())
    .addHelpText("after", LOOKS_HELP)
    .action(({ environments, inParts, ...repository }: LooksOptions) =>
      runCommand(async () => {
        const cities = citiesOf(environments, { platform: "github", ...repository });
        const parted = cities.filter(({ platform }) => platform.engine === "github");
        if (inParts) {
          console.log(JSON.stringify(parted.map(({ city: { id } }) => id)));
          return;
        }
        const byStack = await stackNames(parted);
        const all = new Map(cities.map(({ city: { id } }) => [id, byStack.get(id) ?? []]));
        const jobs = looks(all, MOST_MATRIX_JOBS).map(({ city, stacks }) => ({ city, stacks: stacks.join(" ") }));
        console.log(JSON.stringify(jobs));
      }),
    );
}
