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

/** A planned change of one resource. */
export interface Change {
  readonly type: string;
  /** The key in its `for_each`; undefined for a resource without. */
  readonly key: string | undefined;
  /** Terraform's actions: `create`, `update`, `delete`; a replacement is `delete` and `create`. */
  readonly actions: string;
}

/** All planned changes, except for reads and moves. @param json output of `terraform show -json` */
export function plannedChanges(json: string): Change[] {
  const { resource_changes } = planSchema.parse(JSON.parse(json));
  return resource_changes
    .filter(({ change }) => !change.actions.every((action) => ["no-op", "read"].includes(action)))
    .map(({ type, index, change }) => ({ type, key: index?.toString(), actions: change.actions.join(" ") }));
}
