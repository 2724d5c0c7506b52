import { join } from "node:path";
import { run } from "../runtime/process";
import type { Planning } from "./plan-stack";
import { errorsOf } from "./run";

/** An object that no state has, and the resource that it is of. */
export interface ObjectToImport {
  /** Stack of its resource. */
  readonly stack: string;
  /** Address of its resource in the stack. */
  readonly address: string;
  /** What `terraform import` takes for it. */
  readonly id: string;
}

/** A job that is just ending may still hold the state's lock. Neither command has -json. */
const [IMPORT, FORGET] = [
  ["import", "-input=false", "-no-color", "-lock-timeout=5m"],
  ["state", "rm", "-lock-timeout=5m"],
];
const MANAGED = "Resource already managed by Terraform";

/**
 * Takes an object into the state of its stack, in place of a former one that the state still has: a deployment that was killed while it
 * replaced an object leaves such a state. The caller has a plan that makes the object, so the former one is gone.
 * @returns Terraform's errors; undefined where the state has the object
 */
export async function importObject(
  { stack, address, id }: ObjectToImport,
  planning: Planning,
): Promise<string | undefined> {
  const importIt = [...IMPORT, address, id];
  const failure = await failed(stack, importIt, planning);
  if (failure?.includes(MANAGED) !== true) return failure;
  return (await failed(stack, [...FORGET, address], planning)) ?? (await failed(stack, importIt, planning));
}

/** Runs Terraform in a stack. @returns its errors; undefined where it did what it had to */
async function failed(stack: string, args: readonly string[], planning: Planning): Promise<string | undefined> {
  const cwd = join(planning.output, "stacks", stack);
  const logFile = join(planning.logs, `${stack}-import.log`);
  const { code, tail } = await run({ ...planning, command: planning.terraform, cwd, logFile, args });
  if (code === 0) return undefined;
  const messages = tail.map((text) => ({ text }));
  return `terraform ${args[0] ?? ""}: ${errorsOf({ code, messages }).join("; ")}`;
}
