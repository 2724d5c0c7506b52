/**
 * What is done to a resource. `forget`: Terraform gives it up and leaves it there; `forget-and-create`: the same, and another is made in
 * its place.
 */
export const ACTIONS = ["create", "update", "replace", "destroy", "forget", "forget-and-create", "import"] as const;

/** @see ACTIONS */
export type Action = (typeof ACTIONS)[number];

/** Every list of actions that a plan of Terraform's or OpenTofu's has, and what it means; null where nothing is done. */
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

/** What a plan's list of actions means; null where nothing is done, undefined where nobody knows. */
export function plannedAction(actions: readonly string[]): Action | null | undefined {
  return PLANNED.get(actions.join(" "));
}
