import { Option } from "commander";
import type { Command } from "commander";
import { adoptStrays } from "./clones/adopt";
import { removeStrays } from "./clones/remove";
import type { StrayOutcome } from "./clones/remove";
import { straysText } from "./clones/strays-text";
import type { Stray } from "./clones/strays";
import { EXIT } from "../runtime/exit-code";
import { planCity } from "../terraform/plan-city";
import { synthesizedStacks } from "../terraform/manifest";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { fileToLogIn } from "./login-hosts";
import { withStackPlanning } from "./preview/stack-planning";
import { synthesizeInto } from "./preview/synthesize";
import { straysOf } from "./preview/without-strays";
import { cliProgress } from "./progress";
import { runCommand } from "./run-command";

const CLONES_HELP = `
Lists the machines that have a name which the next deployment gives a seat's machine, a gateway or an access machine, and that are in
no state: a clone that took longer than platform.vsphere.cloneMinutes, or whose deployment was ended, and that vCenter finished all the
same. Each is one of

  an unfinished clone   made from its template in its folder, and by vCenter's events never started: nobody's data is on it
  a whole machine       the same, but started, and its guest customized where the image says so: what the deployment would have made
  left alone            anything else, with the reason: rename it, delete it, or adopt it with adopt in the file

  --remove   deletes the unfinished clones; the next deployment makes them anew
  --adopt    takes the whole machines into their stacks' states ("terraform import"); the next preview shows what it changes of them

Every stack is planned for that, as by 'npm run preview' and with the same logins. The vCenter login needs no privilege beside those
of the deployment of desktops. Do not run it while a deployment runs: machines that it is just cloning are in no state yet.

Exit codes: 0 done, 1 a machine could not be removed or adopted, or a stack not be planned, 2 bad input.`;

interface ClonesOptions extends CityOptions {
  readonly adopt?: true;
  readonly remove?: true;
}

/** `clones CITY`: machines of the city's names that are in no state. */
export function clonesCommand(): Command {
  const description = "List, adopt or remove machines that have a seat's or a gateway's name and are in no state";
  return cityCommand("clones", description, CLONES_HELP)
    .addOption(new Option("--adopt", "take whole machines into the states").conflicts("remove"))
    .option("--remove", "delete unfinished clones")
    .action((id: string, options: ClonesOptions) => runCommand((signal) => clones(id, options, signal)));
}

async function clones(id: string, options: ClonesOptions, signal: AbortSignal): Promise<void> {
  const { deployed: city } = fileToLogIn(options.environments, id);
  await withStackPlanning("clones.out", signal, async (planning) => {
    const results = await cliProgress().step(`Plan ${id}`, async (say) => {
      say("synthesizing");
      await synthesizeInto(planning.output, city);
      return planCity(synthesizedStacks(planning.output), planning, say);
    });
    for (const result of results) {
      if ("plan" in result) continue;
      console.error(`${result.stack} is not looked at: ${result.failure}`);
      process.exitCode = EXIT.failure;
    }
    const found = await straysOf(city, results);
    if (options.remove) tell(found, await removeStrays(city, found, signal));
    else if (options.adopt) tell(found, await adoptStrays(city, found, planning));
    else tell(found, []);
  });
}

function tell(found: readonly Stray[], outcomes: readonly StrayOutcome[]): void {
  for (const line of straysText(found, outcomes)) console.log(line);
  if (outcomes.some(({ failure }) => failure !== undefined)) process.exitCode = EXIT.failure;
}
