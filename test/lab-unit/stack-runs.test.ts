import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "@jest/globals";
import type { CdktfContext } from "../../lab/cdktf";
import { Interrupted } from "../../runtime/errors";
import { labPaths } from "../../lab/paths";
import { Redactor } from "../../runtime/redactor";
import { runStacks } from "../../lab/stack-runs";
import type { StackAction, StackRun } from "../../lab/stack-runs";
import { temporaryFolder } from "./temporary-folder";
import { eventually } from "../fixtures/eventually";

const folder = temporaryFolder();
const DEPENDENCIES = { foundation: [], secrets: [], network: ["foundation"], desktops: ["foundation", "network"] };
const STACKS = Object.keys(DEPENDENCIES);
/** A Terraform that notes what it does where, and fails where a stack's folder says so. */
const TERRAFORM = `#!/bin/sh
[ "$1" = init ] && exit 0
[ "$2" = -json ] || exit 64
echo "$1 $(basename "$PWD")" >>../../../order
echo "$@" >>../../../arguments
[ ! -e slow ] || exec sleep 30
[ ! -e fails ] || { cat fails; exit 1; }
echo '{"@message":"Apply complete!","changes":{"add":1,"change":0,"remove":0,"operation":"apply"}}'
`;

beforeEach(() => {
  writeFileSync(folder("terraform"), TERRAFORM);
  chmodSync(folder("terraform"), 0o755);
  for (const stack of STACKS) mkdirSync(join(labPaths(folder()).output, "stacks", stack), { recursive: true });
});

function mark(stack: string, name: string, text = ""): void {
  writeFileSync(join(labPaths(folder()).output, "stacks", stack, name), text);
}

function ran(action: StackAction, signal?: AbortSignal): Promise<StackRun[]> {
  const env = { PATH: process.env.PATH ?? "" };
  const context: CdktfContext = {
    ...{
      paths: labPaths(folder()),
      env,
      redactor: new Redactor(),
      signal,
      say: () => undefined,
      sideBySide: { stacks: 2, operations: 4 },
    },
  };
  return runStacks(context, { action, terraform: folder("terraform"), stacks: STACKS, dependencies: DEPENDENCIES });
}

function order(): string[] {
  return readFileSync(folder("order"), "utf8").trim().split("\n");
}

test("stacks are applied after those that they stand on, and destroyed before them", async () => {
  const runs = await ran("apply");
  expect(runs.map(({ code, done }) => [code, done?.added])).toEqual(Array(4).fill([0, 1]));
  expect(order().filter((line) => !line.includes("secrets"))).toEqual([
    ...["apply foundation", "apply network", "apply desktops"],
  ]);
  await ran("destroy");
  const destroyed = order().slice(4);
  expect(destroyed.filter((line) => !line.includes("secrets"))).toEqual([
    ...["destroy desktops", "destroy network", "destroy foundation"],
  ]);
});

test("each stack that is applied has its part of the clones at a time", async () => {
  await ran("apply");
  const applied = readFileSync(folder("arguments"), "utf8").trim().split("\n");
  expect(applied.map((line) => line.includes(" -parallelism=4"))).toEqual([true, true, true, true]);
});

test("after a stack that fails the others go on, but not those that wait for it", async () => {
  const diagnostic = { severity: "error", summary: "taken", detail: "" };
  mark("network", "fails", `${JSON.stringify({ "@message": "Error: taken", diagnostic })}\n`);
  const runs = await ran("apply");
  const codes = Object.fromEntries(runs.map(({ stack, code }) => [stack, code]));
  expect(codes).toEqual({ foundation: 0, secrets: 0, network: 1, desktops: undefined });
  const network = runs.find(({ stack }) => stack === "network");
  expect(network?.errors).toEqual(["taken"]);
  expect(readFileSync(network?.logFile ?? "", "utf8")).toBe("Error: taken\n");
});

test("an error that many resources have is told once, with the first of them", async () => {
  const ofSeat = (seat: string): string => {
    const diagnostic = { severity: "error", summary: "no space", detail: "", address: `pool["${seat}"]` };
    return `${JSON.stringify({ "@message": "Error: no space", diagnostic })}\n`;
  };
  mark("network", "fails", ["a", "b", "c"].map(ofSeat).join(""));
  const runs = await ran("apply");
  expect(runs.find(({ stack }) => stack === "network")?.errors).toEqual(['no space (pool["a"] and 2 more)']);
});

test("a stack that fails without an error says the last thing that Terraform said", async () => {
  mark("foundation", "fails", "no such program\n\n");
  const runs = await ran("apply");
  expect(runs.find(({ stack }) => stack === "foundation")?.errors).toEqual(["no such program"]);
});

test("an interruption ends those that run, and begins none", async () => {
  mark("foundation", "slow");
  mark("secrets", "slow");
  const controller = new AbortController();
  const running = ran("apply", controller.signal);
  await eventually(() => existsSync(folder("order")) && order().length >= 2);
  controller.abort(new Interrupted());
  await expect(running).rejects.toThrow(Interrupted);
  expect(order()).toHaveLength(2);
});
