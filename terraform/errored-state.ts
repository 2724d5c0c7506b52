import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { CommandError } from "../runtime/errors";
import { parsedJson } from "../runtime/json";
import { run } from "../runtime/process";
import { leftAlone } from "./fate";
import type { Fate } from "./fate";
import { errorsOf } from "./run";
import type { StackTerraform } from "./stack";
import { pulledState } from "./state-id";

/** A state that Terraform could not write to its store, and left in a file. */
export interface ErroredState {
  readonly stack: string;
  readonly file: string;
}

/** What is to be done with such a file. */
export type ErroredFate = Fate<"push" | "superseded">;

/** Terraform writes it into the folder where it runs ("errored.tfstate"). */
const ERRORED = "errored.tfstate";
/** What a log keeps where not even that file could be written. @see runTerraform */
const LOGGED = /^(?<stack>.+)-(?:apply|deploy)\.log\.tfstate$/;

const stateSchema = z.object({
  lineage: z.string(),
  serial: z.int(),
  resources: z.array(z.unknown()).default([]),
});

/** What identifies the version of a state. */
export type StateVersion = z.output<typeof stateSchema>;

/**
 * Every such file of these stacks, in each folder of stacks beside this one: `cdktf.out`, `apply.out`, ...; newest last.
 * @param output a folder of synthesized stacks
 */
export function erroredStates(output: string, stacks: readonly string[]): ErroredState[] {
  const beside = dirname(output);
  const folders = readdirSync(beside, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const found = folders.flatMap(({ name }) => [
    ...stacks.map((stack) => ({ stack, file: join(beside, name, "stacks", stack, ERRORED) })),
    ...logged(join(beside, name, "logs"), stacks),
  ]);
  return found.filter(({ file }) => existsSync(file)).sort((a, b) => written(a) - written(b));
}

function logged(folder: string, stacks: readonly string[]): ErroredState[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const stack = LOGGED.exec(name)?.groups?.stack ?? "";
    return stacks.includes(stack) ? [{ stack, file: join(folder, name) }] : [];
  });
}

function written({ file }: ErroredState): number {
  return statSync(file).mtimeMs;
}

/** The version of a state by its text; undefined of what is empty, truncated, encrypted, or no state. */
export function stateVersion(text: string): StateVersion | undefined {
  const read = stateSchema.safeParse(parsedJson(text));
  return read.success ? read.data : undefined;
}

/**
 * The stored state of an initialized stack; undefined where there is none.
 * @throws CommandError where it cannot be read: truncated, of a newer Terraform, encrypted with another key
 */
export async function storedState(stack: StackTerraform): Promise<StateVersion | undefined> {
  const stored = stateVersion(await pulledState(stack));
  // Where there is none, Terraform prints one without a lineage.
  return stored?.lineage === "" ? undefined : stored;
}

/** What is to be done with a file, by what is stored: a state that went on since is never overwritten. */
export function erroredFate(file: string, stored: StateVersion | undefined): ErroredFate {
  const left = stateVersion(readFileSync(file, "utf8"));
  if (left === undefined) return leftAlone("it is truncated, encrypted, or no state");
  // What has nothing may be overwritten by anything, Terraform says so too; a first deployment's file has no lineage.
  if (stored === undefined || stored.resources.length === 0) return { kind: "push" };
  if (left.lineage !== stored.lineage)
    return leftAlone("it is of another lineage: the stored state was begun anew since");
  if (left.serial > stored.serial) return { kind: "push" };
  if (left.serial === stored.serial && JSON.stringify(left.resources) === JSON.stringify(stored.resources))
    return { kind: "superseded" };
  const [own, theirs] = [left.serial, stored.serial].map(String);
  return leftAlone(`it is number ${own ?? ""}, and the stored state is number ${theirs ?? ""} since`);
}

/**
 * Writes such a file into the store, and deletes it. Terraform compares lineage and number once more, under the state's lock.
 * @throws CommandError with Terraform's error
 */
export async function pushState(file: string, stack: StackTerraform): Promise<void> {
  const args = ["state", "push", "-lock-timeout=1m", file];
  const { code, tail } = await run({ ...stack, args });
  if (code !== 0)
    throw new CommandError(
      `terraform state push ${basename(file)}: ${errorsOf({ code, messages: told(tail) }).join("; ")}`,
    );
  rmSync(file);
}

function told(tail: readonly string[]): { readonly text: string }[] {
  return tail.map((text) => ({ text }));
}
