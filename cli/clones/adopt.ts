import { join } from "node:path";
import type { DeployedCity } from "../../environments/model/city";
import { run } from "../../runtime/process";
import type { Planning } from "../../terraform/plan-stack";
import { errorsOf } from "../../terraform/run";
import type { StrayOutcome } from "./remove";
import { importPath } from "./strays";
import type { Stray } from "./strays";

/** A job that is just ending may still hold the state's lock. Terraform's import has no -json. */
const IMPORT = ["import", "-input=false", "-no-color", "-lock-timeout=5m"];
/**
 * A deployment that was killed while it replaced a machine may have left the state with the former one, which is gone: the plan, which
 * asked vCenter, makes a machine where none is. The state forgets it, or it takes no other.
 */
const [FORGET, MANAGED] = [["state", "rm", "-lock-timeout=5m"], "Resource already managed by Terraform"];

/** Takes the whole machines among strays into the states of their stacks, one after the other: each import writes a state. */
export async function adoptStrays(
  city: DeployedCity,
  found: readonly Stray[],
  planning: Planning,
): Promise<StrayOutcome[]> {
  const outcomes: StrayOutcome[] = [];
  for (const stray of found.filter(({ fate }) => fate.kind === "whole")) {
    if (planning.signal?.aborted === true) break;
    outcomes.push(await adopted(city, stray, planning));
  }
  planning.signal?.throwIfAborted();
  return outcomes;
}

async function adopted(city: DeployedCity, stray: Stray, planning: Planning): Promise<StrayOutcome> {
  const importIt = [...IMPORT, stray.address, importPath(city, stray)];
  let failure = await failed(stray, importIt, planning);
  if (failure?.includes(MANAGED) === true)
    failure = (await failed(stray, [...FORGET, stray.address], planning)) ?? (await failed(stray, importIt, planning));
  return { stray, done: "adopted", ...(failure !== undefined && { failure }) };
}

/** Runs Terraform in the stack of a stray. @returns its errors; undefined where it did what it had to */
async function failed({ stack }: Stray, args: readonly string[], planning: Planning): Promise<string | undefined> {
  const cwd = join(planning.output, "stacks", stack);
  const logFile = join(planning.logs, `${stack}-import.log`);
  const { code, tail } = await run({ ...planning, command: planning.terraform, cwd, logFile, args });
  if (code === 0) return undefined;
  const messages = tail.map((text) => ({ text }));
  return `terraform ${args[0] ?? ""}: ${errorsOf({ code, messages }).join("; ")}`;
}
