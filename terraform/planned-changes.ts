import { z } from "zod";

const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        type: z.string(),
        index: z.union([z.string(), z.number()]).optional(),
        change: z.object({ actions: z.array(z.string()) }),
      }),
    )
    .default([]),
});

/** One resource that a plan changes. */
export interface Change {
  readonly type: string;
  /** The key in its `for_each`; undefined for a resource without. */
  readonly key: string | undefined;
  /** Terraform's words: `create`, `update`, `delete`; a replacement is `delete` and `create`. */
  readonly actions: string;
}

/** Everything that a plan would change, but for what is only looked up or moved. @param json what `terraform show -json` prints */
export function plannedChanges(json: string): Change[] {
  const { resource_changes } = planSchema.parse(JSON.parse(json));
  return resource_changes
    .filter(({ change }) => !change.actions.every((action) => ["no-op", "read"].includes(action)))
    .map(({ type, index, change }) => ({ type, key: index?.toString(), actions: change.actions.join(" ") }));
}
