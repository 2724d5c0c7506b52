import { count } from "../../environments/display";
import type { DeployedCity } from "../../environments/model/city";
import { newMachines } from "../../preview/new-machines";
import type { PlanResult } from "../../preview/stack-preview";
import type { TerraformPlan } from "../../preview/terraform-plan";
import { CommandError, Interrupted } from "../../runtime/errors";
import { strays, strayText } from "../clones/strays";
import type { Stray } from "../clones/strays";
import { inVcenter, vcenterUser } from "../vcenter-session";

const CONNECTIONS = 4;
const MOST_SHOWN = 5;

type Failed = Extract<PlanResult, { readonly failure: string }>;

/**
 * Refuses the stacks that would make a machine of a name that vCenter has already, in no state: most often a clone that
 * took longer than the provider waits. vCenter refuses a second one in the same folder, and makes a double in another.
 * @param results of planning a city's stacks
 * @returns the same, with a failure in place of each such plan
 */
export async function withoutStrays<R extends PlanResult>(
  city: DeployedCity,
  results: readonly R[],
): Promise<(R | Failed)[]> {
  const creating = results.filter((result) => "plan" in result && newMachines(result.plan).length > 0);
  if (creating.length === 0) return [...results];
  try {
    const found = await straysOf(city, creating);
    return results.map((result) => {
      const own = found.filter(({ stack }) => stack === result.stack);
      return own.length === 0 ? result : refused(city, result.stack, own);
    });
  } catch (error) {
    if (!(error instanceof CommandError) || error instanceof Interrupted) throw error;
    const failure = `it was not found out whether machines have the names of its new ones already: ${error.message}`;
    return results.map((result) => (creating.includes(result) ? { stack: result.stack, failure } : result));
  }
}

/** Why a plan may not be applied: a machine has the name of one that it creates. @returns undefined where none has */
export async function strayRefusal(
  city: DeployedCity,
  stack: string,
  plan: TerraformPlan,
): Promise<string | undefined> {
  const [result] = await withoutStrays(city, [{ stack, plan }]);
  return result !== undefined && "failure" in result ? result.failure : undefined;
}

/** Asks the city's vCenter, as Terraform does: whatever VSPHERE_SERVER says. */
export function straysOf(city: DeployedCity, results: readonly PlanResult[]): Promise<Stray[]> {
  const login = { server: city.platform.vsphere.server, ...vcenterUser(), connections: CONNECTIONS };
  return inVcenter(city, login, (client) => strays(city, results, client));
}

function refused({ city }: DeployedCity, stack: string, found: readonly Stray[]): Failed {
  const more = found.length - MOST_SHOWN;
  const shown = [...found.slice(0, MOST_SHOWN).map(strayText), ...(more > 0 ? [`${String(more)} more`] : [])];
  const failure =
    `${count(found.length, "machine")} of its names in no state: ${shown.join("; ")}; ` +
    `"npm run clones -- ${city.id}" lists them, and removes or adopts them`;
  return { stack, failure };
}
