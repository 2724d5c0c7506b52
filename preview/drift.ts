import { isDeepStrictEqual } from "node:util";
import { describe, resourceChanges, valuesOf } from "./resource-change";
import type { ResourceChange } from "./resource-change";
import type { PlannedResource, TerraformPlan } from "./terraform-plan";

/**
 * What was changed behind Terraform's back: resources that differ from the state in something that the configuration says or that
 * the plan would set back, and those that are gone. What vCenter or Vault fill in by themselves, and what is only looked up, is
 * left out.
 */
export function driftOf(plan: TerraformPlan): ResourceChange[] {
  const { resources } = plan.configuration.root_module;
  const configured = new Map(resources.map(({ address, expressions }) => [address, expressions]));
  const setBack = new Map(resourceChanges(plan).map((change) => [change.address, describe(change).attributes]));
  return plan.resource_drift
    .filter(({ mode }) => mode === "managed")
    .flatMap((drifted) => {
      const change = describe(drifted);
      if (change.action === "destroy") return [change];
      const said = configured.get(`${drifted.type}.${drifted.name}`) ?? {};
      const back = setBack.get(drifted.address) ?? [];
      const attributes = change.attributes.filter(
        (name) => differs(drifted, name, said[name]) && (back.includes(name) || name in said),
      );
      return attributes.length === 0 ? [] : [{ ...change, attributes }];
    });
}

/** Whether what the configuration says of an attribute differs; of blocks, their number and the arguments that stand there. */
function differs(drifted: PlannedResource, name: string, said: unknown): boolean {
  const { before, after } = valuesOf(drifted);
  return !isDeepStrictEqual(asSaid(before[name], said), asSaid(after[name], said));
}

/** The part of a value that the configuration says. In Terraform's JSON blocks are lists, and expressions are none. */
function asSaid(value: unknown, said: unknown): unknown {
  if (!Array.isArray(said) || !Array.isArray(value)) return withoutEmpty(value);
  return value.map((block: unknown, index) => blockAsSaid(block, said[index]));
}

function blockAsSaid(block: unknown, said: unknown): unknown {
  if (!isRecord(block) || !isRecord(said)) return withoutEmpty(block);
  return Object.fromEntries(Object.entries(said).map(([name, inner]) => [name, asSaid(block[name], inner)]));
}

/** Providers made with Terraform's older SDK read nothing as null once and as empty another time (hashicorp/terraform-plugin-sdk 772). */
function withoutEmpty(value: unknown): unknown {
  if (value === null || value === "") return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutEmpty);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withoutEmpty(inner)] as const);
  const kept = entries.filter(([, inner]) => inner !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
