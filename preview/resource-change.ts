import { isDeepStrictEqual } from "node:util";
import { plannedAction } from "./known-actions";
import type { Action } from "./known-actions";
import type { PlannedResource, TerraformPlan } from "./terraform-plan";

/** Terraform's type of a seat's machine, or a gateway. */
export const MACHINE = "vsphere_virtual_machine";

/** One resource that a plan changes. It has names of attributes and no values: those may be secrets. */
export interface ResourceChange {
  /** Terraform's address in the stack. */
  readonly address: string;
  /** Terraform's type, such as vsphere_folder. */
  readonly type: string;
  /** Its key in `for_each`, such as a seat's name. @default - it has none */
  readonly key?: string | undefined;
  /** Terraform's key of what an interrupted replacement left over. @default - it is the resource itself */
  readonly deposed?: string | undefined;
  readonly action: Action;
  /** Why, in Terraform's word (`action_reason`), such as replace_because_tainted. @default - Terraform says none */
  readonly reason?: string | undefined;
  /** Names of the attributes that differ afterwards, sorted; none of what is made, made anew or goes. */
  readonly attributes: readonly string[];
  /** Names of the attributes for which it is replaced, sorted; none where it is not. */
  readonly replacedFor: readonly string[];
}

/** A resource before and after, as the plan has it. */
export interface Values {
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** Everything that a plan changes, but for what is only looked up or moved. */
export function resourceChanges(plan: TerraformPlan): PlannedResource[] {
  return plan.resource_changes.filter(({ mode, change }) => mode === "managed" && actionOf(change) !== undefined);
}

/** One of `resourceChanges`, without its values. */
export function describe(planned: PlannedResource): ResourceChange {
  const { address, type, index, deposed, change, action_reason: reason } = planned;
  const action = actionOf(change) ?? "update";
  return {
    ...{ address, type, key: index?.toString(), deposed, action, reason },
    attributes: action === "update" || action === "import" ? changedAttributes(planned) : [],
    replacedFor: distinct((change.replace_paths ?? []).map(([first]) => String(first))),
  };
}

/** Which object of a stack a change is of: beside a resource itself there may be what an interrupted replacement left over of it. */
export function objectKey({ address, deposed }: Pick<ResourceChange, "address" | "deposed">): string {
  return JSON.stringify([address, deposed]);
}

/** Before and after of a resource; nothing where it is not there. */
export function valuesOf({ change }: PlannedResource): Values {
  return { before: asRecord(change.before), after: asRecord(change.after) };
}

/** Names of the attributes that differ, or are not known before the apply. */
export function changedAttributes(planned: PlannedResource): string[] {
  const { before, after } = valuesOf(planned);
  const unknown = Object.entries(asRecord(planned.change.after_unknown));
  const open = unknown.filter(([, value]) => value === true).map(([name]) => name);
  const differing = Object.keys({ ...before, ...after }).filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  );
  return distinct([...open, ...differing]);
}

/** What is done to a resource; undefined where nothing is, or it is only moved. @throws Error for what no plan that was read has */
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
