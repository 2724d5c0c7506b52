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
  const cwd = join(planning.output, "stacks", stray.stack);
  const logFile = join(planning.logs, `${stray.stack}-import.log`);
  const args = [...IMPORT, stray.address, importPath(city, stray)];
  const { code, tail } = await run({ ...planning, command: planning.terraform, cwd, logFile, args });
  if (code === 0) return { stray, done: "adopted" };
  const messages = tail.map((text) => ({ text }));
  return { stray, done: "adopted", failure: `terraform import: ${errorsOf({ code, messages }).join("; ")}` };
}
