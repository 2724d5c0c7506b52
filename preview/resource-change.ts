import { isDeepStrictEqual } from "node:util";
import { plannedAction } from "./known-actions";
import type { Action } from "./known-actions";
import type { PlannedResource, TerraformPlan } from "./terraform-plan";

/** Terraform's type of a machine, of a seat or a gateway. */
export const MACHINE = "vsphere_virtual_machine";

/** A planned change of a resource. It has attributes' names and no values: those may be secrets. */
export interface ResourceChange {
  /** Terraform's address in the stack. */
  readonly address: string;
  /** Terraform's type, such as vsphere_folder. */
  readonly type: string;
  /** Its key in `for_each`, such as a seat's name. @default - none */
  readonly key?: string | undefined;
  /** Terraform's key of a deposed object, left by an interrupted replacement. @default - the resource itself */
  readonly deposed?: string | undefined;
  readonly action: Action;
  /** Terraform's `action_reason`, such as replace_because_tainted. @default - none */
  readonly reason?: string | undefined;
  /** What it does to a gateway that changes in place: whether it restarts. @default - it is none */
  readonly gateway?: string | undefined;
  /** Names of the attributes that change, sorted; empty for a created, replaced or destroyed resource. */
  readonly attributes: readonly string[];
  /** Names of the attributes that force a replacement, sorted; empty without one. */
  readonly replacedFor: readonly string[];
}

/** A resource's attributes before and after. */
export interface Values {
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** All planned changes, except for reads and moves. */
export function resourceChanges(plan: TerraformPlan): PlannedResource[] {
  return plan.resource_changes.filter(({ mode, change }) => mode === "managed" && actionOf(change) !== undefined);
}

/** One of `resourceChanges`, without values. */
export function describe(planned: PlannedResource): ResourceChange {
  const { address, type, index, deposed, change, action_reason: reason } = planned;
  const action = actionOf(change) ?? "update";
  return {
    ...{ address, type, key: index?.toString(), deposed, action, reason },
    attributes: action === "update" || action === "import" ? changedAttributes(planned) : [],
    replacedFor: distinct((change.replace_paths ?? []).map(([first]) => String(first))),
  };
}

/** Key of a changed object in a stack: the resource itself or a deposed object of it. */
export function objectKey({ address, deposed }: Pick<ResourceChange, "address" | "deposed">): string {
  return JSON.stringify([address, deposed]);
}

/** Attributes before and after; empty where the resource does not exist. */
export function valuesOf({ change }: Pick<PlannedResource, "change">): Values {
  return { before: asRecord(change.before), after: asRecord(change.after) };
}

/** Names of the attributes that differ, or are unknown before the apply. */
export function changedAttributes(planned: PlannedResource): string[] {
  const { before, after } = valuesOf(planned);
  const unknown = Object.entries(asRecord(planned.change.after_unknown));
  const open = unknown.filter(([, value]) => value === true).map(([name]) => name);
  const differing = Object.keys({ ...before, ...after }).filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  );
  return distinct([...open, ...differing]);
}

/**
 * The action on a resource; undefined where there is none, or it is only moved. @throws Error for an unknown list of
 * actions, which `readPlan` does not let pass
 */
export function actionOf({ actions, importing }: PlannedResource["change"]): Action | undefined {
  const action = plannedAction(actions);
  if (action === undefined) throw new Error(`nobody knows the action ${actions.join(", ")}`);
  if (action !== null) return action;
  return importing === undefined || importing === null ? undefined : "import";
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
