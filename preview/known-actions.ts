/**
 * Actions on a resource. `forget`: Terraform removes it from the state and leaves it there; `forget-and-create`: the
 * same, and a new one is created.
 */
export const ACTIONS = ["create", "update", "replace", "destroy", "forget", "forget-and-create", "import"] as const;

/** @see ACTIONS */
export type Action = (typeof ACTIONS)[number];

/** The meaning of every list of actions in a plan of Terraform's or OpenTofu's; null where nothing is done. */
const PLANNED: ReadonlyMap<string, Action | null> = new Map([
  ["no-op", null],
  ["read", null],
  ["create", "create"],
  ["update", "update"],
  ["delete", "destroy"],
  ["delete create", "replace"],
  ["create delete", "replace"],
  ["forget", "forget"],
  ["create forget", "forget-and-create"],
  ["forget create", "forget-and-create"],
]);

/** The meaning of a plan's list of actions; null where nothing is done, undefined for an unknown list. */
export function plannedAction(actions: readonly string[]): Action | null | undefined {
  return PLANNED.get(actions.join(" "));
}
