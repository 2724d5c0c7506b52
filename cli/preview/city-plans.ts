import type { DeployedCity } from "../../environments/model/city";
import { shortest } from "../../runtime/paths";
import { cliProgress } from "../progress";
import { planCity } from "../../terraform/plan-city";
import type { Planning, StackResult } from "../../terraform/plan-stack";
import { withStackPlanning } from "./stack-planning";
import { synthesizeInto } from "./synthesize";
import { synthesizedStacks } from "../../terraform/manifest";
import type { StackNode } from "../../terraform/manifest";

/** How a city is planned. */
export interface CityPlanning extends Pick<Planning, "inFull"> {
  /** Which of its stacks. @default - all */
  readonly choose?: (stacks: readonly StackNode[]) => readonly StackNode[];
}

/**
 * Synthesizes and plans the stacks of a city, and prints the log's path of those that could not be planned.
 * @param title of the step in the progress
 * @param city as deployed
 */
export async function cityPlans(
  title: string,
  city: DeployedCity,
  signal: AbortSignal,
  { choose = (stacks) => stacks, ...options }: CityPlanning = {},
): Promise<StackResult[]> {
  const results = await withStackPlanning("preview.out", signal, (planning) =>
    cliProgress().step(`${title} of ${city.city.id}`, async (say) => {
      say("synthesizing");
      await synthesizeInto(planning.output, city);
      return planCity(choose(synthesizedStacks(planning.output)), { ...planning, ...options }, say);
    }),
  );
  for (const result of results) if ("failure" in result) tellLog(result);
  return results;
}

function tellLog({ stack, logFile }: { readonly stack: string; readonly logFile?: string }): void {
  if (logFile !== undefined) console.error(`${stack} could not be planned; the whole log: ${shortest(logFile)}`);
}
