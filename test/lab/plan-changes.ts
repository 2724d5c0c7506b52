import { existsSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../../lab/child-environment";
import { CommandError } from "../../runtime/errors";
import { plannedChanges } from "../../terraform/planned-changes";
import type { Change } from "../../terraform/planned-changes";
import { runOrThrow } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import type { LabSession } from "../../lab/session";
import { shortLived } from "../../terraform/run";

/** Everything that Terraform's own plan of a stack would change, and the plan as text. */
export async function planChanges(
  lab: LabSession,
  stack: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<{ readonly changes: Change[]; readonly json: string }> {
  if (!existsSync(join(folder(lab, stack), ".terraform"))) await terraform(lab, stack, ["init", "-input=false"]);
  await terraform(lab, stack, ["plan", "-input=false", "-lock=false", "-no-color", "-out=plan"], variables);
  const json = await terraform(lab, stack, ["show", "-json", "plan"]);
  return { changes: plannedChanges(json), json };
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
  return terraformIn(folder(lab, stack), lab, args, variables);
}

/** What Terraform prints in a folder. */
export async function terraformIn(
  cwd: string,
  lab: LabSession,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const what = `terraform ${args.join(" ")}`;
  const child = {
    command: lab.data.programs.terraform,
    args,
    cwd,
    env: childEnvironment(lab.paths, { ...shortLived(), ...lab.environment(), ...variables }),
    // Nothing is taken out: a secret in a plan must be seen.
    redactor: new Redactor(),
  };
  const { stdout } = await runOrThrow(what, child).catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError([what, ...error.tail].join("\n"), error.logFile, error.tail);
  });
  return stdout;
}
