import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { DeployedCity } from "../../environments/model/city";
import type { Engine } from "../../environments/model/platform";
import { InputError } from "../../runtime/errors";
import { cityCommand, environmentsOption } from "../city-command";
import type { CityOptions } from "../city-command";
import { deployedCities, deployedCity } from "../named-city";
import { namedStacks } from "../preview/named-stacks";
import { runCommand } from "../run-command";
import { atlantisConfig } from "./jobs/atlantis";
import { stacksOf, withSynthesis } from "./jobs/city-stacks";
import { spaceliftConfig } from "./jobs/spacelift";
import type { CityStacks } from "./jobs/spacelift";
import { CONFIG } from "../../terraform/stack";

const ATLANTIS_HELP = `
Prints atlantis.yaml: a project for each stack of the cities that name atlantis in platform.engine, after those that it stands on. The
server's own repos.yaml says what they run: docs/guides/engines.md has it. Commit it, and print it anew when a file changes.

Exit codes: 0 done, 2 bad input.`;

const SPACELIFT_HELP = `
Prints a Terraform configuration for Spacelift's own provider, as JSON: a stack for each stack of the cities that name spacelift in
platform.engine, with its dependencies and a look for drift each night: docs/guides/engines.md.

Exit codes: 0 done, 2 bad input.`;

const CONFIGURATION_HELP = `
Prints cdk.tf.json of one stack, which is plain Terraform, for an engine that runs Terraform itself.

Exit codes: 0 done, 2 bad input.`;

/** `pipeline atlantis`: the projects of Atlantis. */
export function atlantisCommand(): Command {
  return engineCommand("atlantis", "the projects of Atlantis, as atlantis.yaml", ATLANTIS_HELP, (cities) =>
    atlantisConfig(new Map(cities.map(({ city, stacks }) => [city.city.id, stacks]))),
  );
}

/** `pipeline spacelift`: the stacks of Spacelift. */
export function spaceliftCommand(): Command {
  return engineCommand("spacelift", "the stacks of Spacelift, as Terraform's JSON", SPACELIFT_HELP, spaceliftConfig);
}

/** `pipeline configuration CITY STACK`: the Terraform configuration of a stack. */
export function configurationCommand(): Command {
  return cityCommand("configuration", "the Terraform configuration of one stack", CONFIGURATION_HELP)
    .argument("<stack>", "the stack's name, such as milan-network")
    .action((id: string, stack: string, { environments }: CityOptions) =>
      runCommand(async () => {
        process.stdout.write(await configurationOf(deployedCity(environments, id), stack));
      }),
    );
}

/** @throws InputError where the city has no such stack */
function configurationOf(city: DeployedCity, stack: string): Promise<string> {
  return withSynthesis(city, (output, stacks) => {
    namedStacks(stacks, [stack]);
    return readFileSync(join(output, "stacks", stack, CONFIG), "utf8");
  });
}

function engineCommand(
  engine: Engine,
  description: string,
  help: string,
  print: (cities: readonly CityStacks[]) => string,
): Command {
  return new Command(engine)
    .description(description)
    .addOption(environmentsOption())
    .addHelpText("after", help)
    .action(({ environments }: CityOptions) =>
      runCommand(async () => {
        process.stdout.write(print(await citiesOn(engine, environments)));
      }),
    );
}

/** @throws InputError where there is none */
async function citiesOn(engine: Engine, environments: string): Promise<CityStacks[]> {
  const cities = deployedCities(environments).filter(({ platform }) => platform.engine === engine);
  if (cities.length === 0) throw new InputError(`no city's file names ${engine} in platform.engine`);
  const all: CityStacks[] = [];
  for (const city of cities) all.push({ city, stacks: await stacksOf(city) });
  return all;
}
