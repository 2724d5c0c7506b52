import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { treeOf } from "../../runtime/process-tree";
import { workingOn } from "../../terraform/working-here";
import type { Action, StoreLab } from "./store-lab";
import { eventually } from "../fixtures/eventually";

const POLL_MS = 100;
const TRIES = 8;

/** What is killed. */
export const KINDS = ["terraform", "provider", "group", "store", "cdktf"] as const;
/** @see KINDS */
export type Kind = (typeof KINDS)[number];

/** One kill of a run of Terraform. */
export interface Kill {
  readonly kind: Kind;
  readonly stack: string;
  readonly action: Action;
  /** How long after its start, in ms. */
  readonly waitMs: number;
  /** Whether it is waited from its first change on. @default false */
  readonly isChanging?: boolean;
}

/** A generator of numbers from 0 to 1 that the seed repeats (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of some things. @param next a generator of numbers */
export function oneOf<T>(things: readonly [T, ...T[]], next: () => number): T {
  return things[Math.floor(next() * things.length)] ?? things[0];
}

/** Processes that work in a folder: Terraform and, below it, its providers. */
export function inFolder(folder: string): number[] {
  return readdirSync("/proc")
    .filter((id) => /^\d+$/.test(id))
    .filter((id) => {
      try {
        return readlinkSync(`/proc/${id}/cwd`) === folder;
      } catch {
        return false;
      }
    })
    .map(Number);
}

function isProvider(pid: number): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, "utf8").includes("terraform-provider-");
  } catch {
    return false;
  }
}

/** Ends processes as a power failure does. */
export function end(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended.
    }
  }
}

/** Starts Terraform or cdktf on a stack, kills something, and waits until nothing works there. */
export async function strike(lab: StoreLab, { kind, stack, action, waitMs, isChanging }: Kill): Promise<void> {
  const { child, changing, ended } = lab.dying(kind === "cdktf" ? "cdktf" : "terraform", stack, action);
  const pid = child.pid ?? 0;
  const isWorkedOn = (): boolean => (workingOn(stack) ?? []).length > 0;
  if (kind === "cdktf") await eventually(() => isWorkedOn() || child.exitCode !== null, POLL_MS);
  if (isChanging === true) await changing;
  await setTimeout(waitMs);
  if (kind === "terraform") end([pid]);
  if (kind === "provider") end(inFolder(lab.folder(stack)).filter(isProvider));
  if (kind === "group") end([...treeOf(pid).map((one) => one.pid), ...inFolder(lab.folder(stack))]);
  if (kind === "cdktf") end([pid]);
  if (kind === "store") {
    await lab.store?.kill();
    await setTimeout(2 * POLL_MS);
    await lab.store?.start();
  }
  await ended;
  // A provider whose Terraform was killed lives on.
  await eventually(() => !isWorkedOn(), POLL_MS);
}

/** Recovers as a person does who reads what the command says. @returns all that it said */
export async function recover(lab: StoreLab): Promise<string> {
  const said: string[] = [];
  for (let tries = 0; tries < TRIES; tries += 1) {
    const id = / --lock (\S+) lifts it/.exec(said.at(-1) ?? "")?.[1];
    const { code, out } = await lab.typed("recover", ...(id === undefined ? ["--repair"] : ["--lock", id]));
    said.push(out);
    if (code === 0 && id === undefined) return said.join("\n");
    await setTimeout(POLL_MS);
  }
  throw new Error(`it is not recovered:\n${said.join("\n")}`);
}
