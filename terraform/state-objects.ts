import { join } from "node:path";
import { z } from "zod";
import { parsedJson } from "../runtime/json";
import { run } from "../runtime/process";
import type { Planning } from "./plan-stack";
import { errorsOf } from "./run";
import { pulledState } from "./state-id";

/** A resource of a stack. */
export interface StackResource {
  /** Stack that declares it. */
  readonly stack: string;
  /** Its address in the stack. */
  readonly address: string;
}

/** An object that no state has, and the resource that it is of. */
export interface ObjectToImport extends StackResource {
  /** What `terraform import` takes for it. */
  readonly id: string;
}

/** An object that a state has. */
export interface StateObject extends StackResource {
  /** Type of its resource, such as `vsphere_folder`. */
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const stateSchema = z.object({
  resources: z
    .array(
      z.object({
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        module: z.string().optional(),
        instances: z.array(
          z.object({
            index_key: z.union([z.string(), z.number()]).optional(),
            deposed: z.string().optional(),
            attributes: z.record(z.string(), z.unknown()).nullish(),
          }),
        ),
      }),
    )
    .default([]),
});

/** A job that is just ending may still hold the state's lock. Neither command has -json. */
const WAITING = "-lock-timeout=5m";
const IMPORT = ["import", "-input=false", "-no-color", WAITING];
const MANAGED = "Resource already managed by Terraform";

/**
 * Takes an object into the state of its stack, in place of a former one that the state still has: a deployment that was killed while it
 * replaced an object leaves such a state. The caller has a plan that makes the object, so the former one is gone.
 * @returns Terraform's errors; undefined where the state has the object
 */
export async function importObject(object: ObjectToImport, planning: Planning): Promise<string | undefined> {
  const { stack, address, id } = object;
  const importIt = [...IMPORT, address, id];
  const failure = await failed(stack, importIt, planning);
  if (failure?.includes(MANAGED) !== true) return failure;
  const forgetIt = ["state", "rm", WAITING, address];
  return (await failed(stack, forgetIt, planning)) ?? (await failed(stack, importIt, planning));
}

/**
 * Takes objects out of the state of a stack, and leaves them alone where they stand. It waits for nobody: who works on the state may put
 * others there.
 * @returns Terraform's errors; undefined where all are out
 */
export function forgetObjects(
  stack: string,
  addresses: readonly string[],
  planning: Planning,
): Promise<string | undefined> {
  return failed(stack, ["state", "rm", ...addresses], planning);
}

/**
 * The objects in the state of an initialized stack, without those that an interrupted replacement left over in it.
 * @throws CommandError with Terraform's errors
 */
export async function stateObjects(stack: string, planning: Planning): Promise<StateObject[]> {
  const text = await pulledState({ ...planning, command: planning.terraform, cwd: folderOf(stack, planning) });
  if (text.trim() === "") return [];
  const { resources } = stateSchema.parse(parsedJson(text));
  return resources.flatMap(({ mode, type, name, module, instances }) => {
    const address = [...(module === undefined ? [] : [module]), type, name].join(".");
    const own = mode === "managed" ? instances.filter(({ deposed }) => deposed === undefined) : [];
    return own.map(({ index_key: key, attributes }) => ({
      ...{ stack, type, attributes: attributes ?? {} },
      address: key === undefined ? address : `${address}[${JSON.stringify(key)}]`,
    }));
  });
}

function folderOf(stack: string, { output }: Planning): string {
  return join(output, "stacks", stack);
}

/** Runs Terraform in a stack. @returns its errors; undefined where it did what it had to */
async function failed(stack: string, args: readonly string[], planning: Planning): Promise<string | undefined> {
  const logFile = join(planning.logs, `${stack}-import.log`);
  const ofStack = { command: planning.terraform, cwd: folderOf(stack, planning), logFile };
  const { code, tail } = await run({ ...planning, ...ofStack, args });
  if (code === 0) return undefined;
  const messages = tail.map((text) => ({ text }));
  return `terraform ${args[0] ?? ""}: ${errorsOf({ code, messages }).join("; ")}`;
}
