import type { ResourceChange } from "./resource-change";

/** Explanations of Terraform's and OpenTofu's `action_reason`; null where the attributes are the reason. */
const REASONS: ReadonlyMap<string, string | null> = new Map([
  ["replace_because_cannot_update", null],
  ["replace_because_tainted", "tainted: making it broke off, or somebody marked it"],
  ["replace_by_request", "asked for with -replace"],
  ["replace_by_triggers", "what it follows changes"],
  ["delete_because_no_resource_config", "no longer declared"],
  ["delete_because_no_module", "no longer declared"],
  ["delete_because_wrong_repetition", "no longer declared under this key"],
  ["delete_because_count_index", "no longer declared under this key"],
  ["delete_because_each_key", "no longer declared under this key"],
  ["delete_because_enabled_false", "switched off"],
  ["delete_because_no_move_target", "moved to what is not declared"],
  ["forgot_because_lifecycle_destroy_in_state", "its lifecycle says so"],
  ["forgot_because_lifecycle_destroy_in_config", "its lifecycle says so"],
]);

/**
 * Why a resource is changed, and what that does to a gateway, in words; empty where the attributes are the reason. An unknown reason is given in
 * Terraform's own word.
 */
export function reasonsOf({
  deposed,
  reason,
  gateway,
}: Pick<ResourceChange, "deposed" | "reason" | "gateway">): string[] {
  const left = [
    ...(deposed === undefined ? [] : [`left over by an interrupted replacement, ${deposed}`]),
    ...(gateway === undefined ? [] : [gateway]),
  ];
  if (reason === undefined) return left;
  const said = REASONS.has(reason) ? (REASONS.get(reason) ?? null) : reason;
  return [...left, ...(said === null ? [] : [said])];
}
