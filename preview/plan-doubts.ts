import { z } from "zod";
import { plannedAction } from "./known-actions";

/** Members of a plan, of a resource and of a change in Terraform 1.15 and OpenTofu 1.12 (`jsonplan/plan.go`). */
const KNOWN = {
  plan: [
    ...["format_version", "terraform_version", "timestamp", "variables", "configuration", "prior_state"],
    ...["planned_values", "resource_drift", "resource_changes", "output_changes", "relevant_attributes", "checks"],
    ...["deferred_changes", "deferred_action_invocations", "action_invocations", "applyable", "complete", "errored"],
  ],
  resource: [
    ...["address", "previous_address", "module_address", "mode", "type", "name", "index", "provider_name", "deposed"],
    ...["change", "action_reason"],
  ],
  change: [
    ...["actions", "before", "after", "after_unknown", "before_sensitive", "after_sensitive", "replace_paths"],
    ...["importing", "generated_config", "before_identity", "after_identity"],
  ],
} as const;

const MOST_NAMED = 3;

const named = z.looseObject({ address: z.string().default("a resource") });
const changeSchema = z.looseObject({ actions: z.array(z.string()) });
const resourceSchema = z.looseObject({ address: z.string(), mode: z.string(), change: changeSchema });

/** The members that can make a plan differ from what would be done; and all unknown members. */
export const doubtfulSchema = z.looseObject({
  applyable: z.boolean().optional(),
  complete: z.boolean().optional(),
  resource_changes: z.array(resourceSchema).default([]),
  resource_drift: z.array(resourceSchema).default([]),
  output_changes: z.record(z.string(), z.looseObject({ actions: z.array(z.string()) })).default({}),
  deferred_changes: z.array(z.looseObject({ resource_change: named.prefault({}) })).default([]),
  action_invocations: z.array(named).default([]),
  deferred_action_invocations: z.array(z.looseObject({ action_invocation: named.prefault({}) })).default([]),
  checks: z
    .array(z.looseObject({ address: z.looseObject({ to_display: z.string() }), status: z.string() }))
    .default([]),
});

type Doubtful = z.output<typeof doubtfulSchema>;

/**
 * Reasons why a plan may differ from what would be done: it is partial, it has unknown members, or a check of it fails.
 * Empty for a complete plan. The reasons contain names and addresses, no values.
 */
export function doubtsOf(plan: Doubtful): string[] {
  return [
    ...partial(plan),
    ...listed("checks that fail", failedChecks(plan)),
    ...listed("actions to run", addressesOf(plan.action_invocations)),
    ...listed("members that are not known here", unknownMembers(plan)),
    ...listed("changes that are not known here", unknownChanges(plan)),
  ];
}

function partial(plan: Doubtful): string[] {
  const { deferred_changes: changes, deferred_action_invocations: actions } = plan;
  return [
    ...(plan.complete === false ? ["it is a part of what would be done (complete: false), as with -target"] : []),
    ...listed("changes put off", addressesOf(changes.map((change) => change.resource_change))),
    ...listed("actions put off", addressesOf(actions.map((action) => action.action_invocation))),
    ...(plan.applyable === false && changesSomething(plan) ? ["Terraform would not apply it (applyable: false)"] : []),
  ];
}

function changesSomething({ resource_changes: resources, output_changes: outputs }: Doubtful): boolean {
  const all = [...resources.map(({ change }) => change), ...Object.values(outputs)];
  return all.some(({ actions }) => plannedAction(actions) !== null);
}

function failedChecks({ checks }: Doubtful): string[] {
  return checks
    .filter(({ status }) => status !== "pass" && status !== "unknown")
    .map(({ address }) => address.to_display);
}

function unknownMembers(plan: Doubtful): string[] {
  const resources = [...plan.resource_changes, ...plan.resource_drift];
  const found = [
    ...unknownIn(plan, KNOWN.plan),
    ...resources.flatMap((resource) => [
      ...unknownIn(resource, KNOWN.resource).map((name) => `${name} of resources`),
      ...unknownIn(resource.change, KNOWN.change).map((name) => `${name} of changes`),
    ]),
  ];
  return [...new Set(found)];
}

/** A newer version may write more; an empty member has no effect. */
function unknownIn(value: Readonly<Record<string, unknown>>, known: readonly string[]): string[] {
  return Object.keys(value).filter((name) => !known.includes(name) && !isEmpty(value[name]));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function unknownChanges(plan: Doubtful): string[] {
  const resources = [...plan.resource_changes, ...plan.resource_drift];
  const outputs = Object.entries(plan.output_changes).map(([name, change]) => ({ address: `output ${name}`, change }));
  return [
    ...resources
      .filter(({ mode }) => mode !== "managed" && mode !== "data")
      .map(({ address, mode }) => `${address}: ${mode}`),
    ...[...resources, ...outputs]
      .filter(({ change }) => plannedAction(change.actions) === undefined)
      .map(({ address, change }) => `${address}: ${change.actions.join(", ") || "nothing"}`),
  ];
}

function addressesOf(all: readonly { readonly address: string }[]): string[] {
  return all.map(({ address }) => address);
}

/** `changes put off: a, b`; empty without names. */
function listed(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMED ? ` and ${String(names.length - MOST_NAMED)} more` : "";
  return [`${what}: ${names.slice(0, MOST_NAMED).join(", ")}${more}`];
}
