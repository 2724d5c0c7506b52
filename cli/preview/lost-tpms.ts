import { listed } from "../../environments/display";
import type { City } from "../../environments/model/city";
import { changedWithoutTpm } from "../../preview/declared-tpm";
import type { ChangedMachine } from "../../preview/declared-tpm";
import { CommandError, Interrupted } from "../../runtime/errors";
import { mapConcurrently } from "../../runtime/map-concurrently";
import type { PlanResult } from "../../preview/stack-preview";
import type { TerraformPlan } from "../../preview/terraform-plan";
import { DEVICES, hasTpm } from "../../vcenter/machine";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { inVcenter, vcenterUser } from "../vcenter-session";

const CONNECTIONS = 8;

type Planned = PlanResult;

type Failed = Extract<PlanResult, { readonly failure: string }>;

/**
 * Refuses the stacks whose plan would cost a machine its virtual TPM. Terraform does not show it: the TPM is not in its state.
 * @param results of planning a city's stacks
 * @returns the same, with a failure in place of each such plan
 */
export async function withoutLostTpms<R extends Planned>(
  city: City,
  results: readonly R[],
  signal: AbortSignal,
): Promise<(R | Failed)[]> {
  const changed = new Map(results.map((result) => [result, "plan" in result ? changedWithoutTpm(result.plan) : []]));
  if ([...changed.values()].every((machines) => machines.length === 0)) return [...results];
  // Terraform asks the file's server, whatever VSPHERE_SERVER says.
  const login = { server: city.platform.vsphere.server, ...vcenterUser(), connections: CONNECTIONS };
  try {
    return await inVcenter(city, login, (client) =>
      mapConcurrently(results, 1, signal, (result) => held(result, changed.get(result) ?? [], client, signal)),
    );
  } catch (error) {
    if (!(error instanceof CommandError) || error instanceof Interrupted) throw error;
    return results.map((result) => (changed.get(result)?.length ? unknown(result, error.message) : result));
  }
}

/**
 * Why a plan may not be applied: it would cost a machine its virtual TPM, which may have been given to it since the preview.
 * @returns undefined where it would not
 */
export async function lostTpms(
  city: City,
  stack: string,
  plan: TerraformPlan,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [result] = await withoutLostTpms(city, [{ stack, plan }], signal);
  return result !== undefined && "failure" in result ? result.failure : undefined;
}

async function held<R extends Planned>(
  result: R,
  machines: readonly ChangedMachine[],
  client: VcenterClient,
  signal: AbortSignal,
): Promise<R | Failed> {
  const tpms = await mapConcurrently(machines, CONNECTIONS, signal, async ({ uuid }) => {
    const ids = await client.machinesOf(uuid);
    const read = await client.properties("VirtualMachine", ids, [DEVICES]);
    const isRead = read.length > 0 && read.every((machine) => machine.at(DEVICES) !== undefined);
    return isRead ? read.some(hasTpm) : undefined;
  });
  const named = (tpm: boolean | undefined): string[] =>
    machines.flatMap(({ name }, index) => (tpms[index] === tpm ? [name] : []));
  const [losing, unread] = [named(true), named(undefined)];
  if (unread.length > 0) return unknown(result, `this login does not see ${listed(unread)}`);
  if (losing.length === 0) return result;
  const failure =
    `the provider would remove the virtual TPM of ${listed(losing)}, and with it the keys that it holds: ` +
    "say tpm: true in the workstation, or leave the machine out of adopt";
  return { stack: result.stack, failure };
}

function unknown({ stack }: Planned, reason: string): Failed {
  return { stack, failure: `it was not found out whether its machines have a virtual TPM: ${reason}` };
}
