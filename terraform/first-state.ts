import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../runtime/errors";
import { run } from "../runtime/process";
import { storedState } from "./errored-state";
import { CONFIG, initialize } from "./stack";
import type { StackTerraform } from "./stack";

interface Config {
  readonly terraform?: { readonly backend?: Readonly<Record<string, unknown>> };
}

const FIRST = "first.tfstate";
const STATE_FORMAT = 4;

let turn: Promise<unknown> = Promise.resolve();

/**
 * Initializes a stack as {@link initialize}; in PostgreSQL one stack after the other, each with an empty state. Terraform
 * holds a lock of the whole database while it works on a state that has no row yet, so the first applies of two stacks
 * refuse each other (hashicorp/terraform#33217, which OpenTofu 1.10 mended).
 */
export async function initializeWithState(stack: StackTerraform, lock?: string): Promise<void> {
  if (backendOf(stack.cwd) !== "pg") return initialize(stack, lock);
  const mine = turn.then(() => makeFirst(stack, lock));
  turn = mine.catch(() => undefined);
  return mine;
}

/** Name of the backend of a synthesized stack. */
function backendOf(folder: string): string | undefined {
  const { terraform } = JSON.parse(readFileSync(join(folder, CONFIG), "utf8")) as Config;
  return Object.keys(terraform?.backend ?? {})[0];
}

async function makeFirst(stack: StackTerraform, lock: string | undefined): Promise<void> {
  const marker = join(stack.cwd, ".terraform", "has-state");
  await initialize(stack, lock);
  if (existsSync(marker)) return;
  if ((await storedState(stack)) === undefined) await pushEmpty(stack);
  writeFileSync(marker, "");
}

/** A job for another stack may do the same in this moment, so it waits. */
async function pushEmpty(stack: StackTerraform): Promise<void> {
  const file = join(stack.cwd, FIRST);
  const empty = { version: STATE_FORMAT, serial: 1, lineage: randomUUID(), outputs: {}, resources: [] };
  writeFileSync(file, JSON.stringify(empty));
  try {
    const { code, tail } = await run({ ...stack, args: ["state", "push", "-lock-timeout=5m", FIRST] });
    if (code !== 0) throw new CommandError("terraform state push of an empty state failed", stack.logFile, tail);
  } finally {
    rmSync(file);
  }
}
