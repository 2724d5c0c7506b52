import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { childEnvironment } from "../../lab/child-environment";
import { LabError } from "../../lab/errors";
import { runOrThrow } from "../../lab/process";
import { Redactor } from "../../lab/redactor";
import type { LabSession } from "../../lab/session";

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

/** Everything that Terraform's own plan of a stack would change, and the plan as text. */
export async function planChanges(
  lab: LabSession,
  stack: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<{ readonly changes: Change[]; readonly json: string }> {
  if (!existsSync(join(folder(lab, stack), ".terraform"))) await terraform(lab, stack, ["init", "-input=false"]);
  await terraform(lab, stack, ["plan", "-input=false", "-lock=false", "-no-color", "-out=plan"], variables);
  const json = await terraform(lab, stack, ["show", "-json", "plan"]);
  const { resource_changes } = planSchema.parse(JSON.parse(json));
  const changes = resource_changes
    .filter(({ change }) => !change.actions.every((action) => ["no-op", "read"].includes(action)))
    .map(({ type, index, change }) => ({ type, key: index?.toString(), actions: change.actions.join(" ") }));
  return { changes, json };
}

function folder(lab: LabSession, stack: string): string {
  return join(lab.paths.output, "stacks", stack);
}

/** What Terraform prints, in the folder of a synthesized stack, with variables beside the lab's own. */
export async function terraform(
  lab: LabSession,
  stack: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const what = `terraform ${args.join(" ")}`;
  const child = {
    command: lab.data.programs.terraform,
    args,
    cwd: folder(lab, stack),
    env: childEnvironment(lab.paths, { ...lab.environment(), ...variables }),
    // Nothing is taken out: a secret in a plan must be seen.
    redactor: new Redactor(),
  };
  const { stdout } = await runOrThrow(what, child).catch((error: unknown) => {
    if (!(error instanceof LabError)) throw error;
    throw new LabError([what, ...error.tail].join("\n"), error.logFile, error.tail);
  });
  return stdout;
}
