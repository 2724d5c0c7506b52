import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../runtime/errors";
import { parsedJson } from "../runtime/json";
import { run } from "../runtime/process";
import { explained } from "./state-error";
import type { Planning } from "./plan-stack";
import { errorsOf } from "./run";
import { initialize } from "./stack";
import type { StackTerraform } from "./stack";

const stateSchema = z.object({ lineage: z.string(), serial: z.int() });

/** Which version of which state it is: Terraform makes the lineage once, and counts the serial up at each write. */
export type StateId = z.output<typeof stateSchema>;

/**
 * Which version a stack's state has now; null where it has none. Nothing of the state is written down.
 * @throws CommandError with Terraform's errors
 */
export async function stateId(stack: string, { terraform, ...planning }: Planning): Promise<StateId | null> {
  const cwd = join(planning.output, "stacks", stack);
  const inStack = { ...planning, command: terraform, cwd };
  await initialize({ ...inStack, logFile: join(planning.logs, `${stack}-init.log`) });
  const text = await pulledState(inStack);
  return text.trim() === "" ? null : stateSchema.parse(parsedJson(text));
}

/**
 * The text of an initialized stack's state, as Terraform prints it; no log keeps it, since it may hold what none may have.
 * @throws CommandError with Terraform's errors, and what they mean
 */
export async function pulledState(stack: Omit<StackTerraform, "logFile">): Promise<string> {
  const { code, stdout, tail } = await run({ ...stack, logFile: undefined, args: ["state", "pull"] });
  if (code === 0) return stdout;
  const printed = new Set(stdout.split("\n"));
  const messages = tail.filter((line) => !printed.has(line)).map((text) => ({ text }));
  throw new CommandError(`terraform state pull: ${explained(errorsOf({ code, messages }).join("; "))}`);
}
