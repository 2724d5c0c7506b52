import type { DeployedCity } from "../../environments/model/city";
import { shortest } from "../../runtime/paths";
import { cliProgress } from "../progress";
import { planCity } from "../../terraform/plan-city";
import type { Planning, StackResult } from "../../terraform/plan-stack";
import { withStackPlanning } from "./stack-planning";
import { synthesizeInto } from "./synthesize";
import { synthesizedStacks } from "../../terraform/manifest";
import type { StackNode } from "../../terraform/manifest";
import type { StackChoice } from "../../preview/stack-choice";

/** The plans of a city. */
export interface CityPlans {
  /** Of each stack that was planned, by name. */
  readonly results: readonly StackResult[];
  /** Names of the stacks that were not, sorted. */
  readonly unplanned: readonly string[];
}

/** How a city is planned. */
export interface CityPlanning extends Pick<Planning, "inFull"> {
  /** Which of its stacks. @default - all */
  readonly choose?: (stacks: readonly StackNode[]) => readonly StackNode[];
  /** Which of these are planned whatever others hand over, once they are synthesized. @param output their folder @default - all */
  readonly differing?: (output: string) => Promise<StackChoice>;
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
  { choose = (stacks) => stacks, differing, ...options }: CityPlanning = {},
): Promise<CityPlans> {
  const plans = await withStackPlanning("preview.out", signal, (planning) =>
    cliProgress().step(`${title} of ${city.city.id}`, async (say) => {
      say("synthesizing");
      await synthesizeInto(planning.output, city);
      const stacks = choose(synthesizedStacks(planning.output));
      const results = await planCity(stacks, { ...planning, ...options }, say, await differing?.(planning.output));
      const planned = new Set(results.map(({ stack }) => stack));
      const unplanned = stacks.map(({ name }) => name).filter((name) => !planned.has(name));
      return { results, unplanned: unplanned.sort() };
    }),
  );
  for (const result of plans.results) if ("failure" in result) tellLog(result);
  return plans;
}

function tellLog({ stack, logFile }: { readonly stack: string; readonly logFile?: string }): void {
  if (logFile !== undefined) console.error(`${stack} could not be planned; the whole log: ${shortest(logFile)}`);
}
