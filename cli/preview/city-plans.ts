import { shortest } from "../../lab/paths";
import { cliProgress } from "../lab-progress";
import { planCity } from "./plan-city";
import type { StackResult } from "./plan-stack";
import { stackPlanning } from "./stack-planning";
import { synthesizedStacks, synthesizeInto } from "./synthesized-stacks";

/**
 * Synthesizes and plans every stack of a city, and says of those that could not be planned where their log is.
 * @param title what is done, as the progress calls it
 * @param environments folder of the cities' files
 */
export async function cityPlans(
  title: string,
  id: string,
  environments: string,
  signal: AbortSignal,
): Promise<StackResult[]> {
  const planning = stackPlanning("preview.out", signal);
  const results = await cliProgress().step(`${title} of ${id}`, async (say) => {
    say("synthesizing");
    synthesizeInto(planning.output, environments);
    return planCity(synthesizedStacks(planning.output, id), planning, say);
  });
  for (const result of results) if ("failure" in result) tellLog(result);
  return results;
}

function tellLog({ stack, logFile }: { readonly stack: string; readonly logFile?: string }): void {
  if (logFile !== undefined) console.error(`${stack} could not be planned; the whole log: ${shortest(logFile)}`);
}
