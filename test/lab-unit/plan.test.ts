import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { stackLines } from "../../cli/lab-report";
import type { CdktfContext } from "../../lab/cdktf";
import { Interrupted } from "../../runtime/errors";
import { labPaths } from "../../lab/paths";
import { planStacks } from "../../lab/plan";
import { Redactor } from "../../runtime/redactor";
import { LabSession } from "../../lab/session";
import { temporaryFolder } from "./temporary-folder";
import { eventually } from "../fixtures/eventually";

const folder = temporaryFolder();

/** A Terraform that does what a stack's folder has a script for. */
const TERRAFORM = '#!/bin/sh\n[ -e "./$1" ] || exit 0\n. "./$1"\n';

beforeEach(() => {
  writeFileSync(folder("terraform"), TERRAFORM);
  chmodSync(folder("terraform"), 0o755);
});

function context(signal?: AbortSignal): CdktfContext {
  const env = { PATH: process.env.PATH ?? "" };
  return {
    paths: labPaths(folder()),
    env,
    redactor: new Redactor(),
    signal,
    say: () => undefined,
    sideBySide: { stacks: 2, operations: 4 },
  };
}

/** What the last synthesis made, with what Terraform does in each stack. */
function synthesized(stacks: Readonly<Record<string, { readonly init?: string; readonly plan?: string }>>): void {
  const { output } = labPaths(folder());
  for (const [stack, scripts] of Object.entries(stacks)) {
    mkdirSync(join(output, "stacks", stack), { recursive: true });
    for (const [name, script] of Object.entries(scripts)) writeFileSync(join(output, "stacks", stack, name), script);
  }
  const manifest = { stacks: Object.fromEntries(Object.keys(stacks).map((name) => [name, { name }])) };
  writeFileSync(join(output, "manifest.json"), JSON.stringify(manifest));
}

function deployed(...stacks: readonly string[]): void {
  const { state } = labPaths(folder());
  mkdirSync(state, { recursive: true });
  for (const stack of stacks)
    writeFileSync(join(state, `${stack}.tfstate`), JSON.stringify({ resources: [{ mode: "managed" }] }));
}

function plan(stacks: readonly string[], signal?: AbortSignal) {
  return planStacks(context(signal), folder("terraform"), stacks);
}

describe("a plan", () => {
  test("says of each stack what Terraform says, and of those that it cannot plan why", async () => {
    synthesized({
      a: { plan: "exit 0" },
      b: { plan: "echo 'Plan: 1 to add, 0 to change, 0 to destroy.'; exit 2" },
      c: { plan: "echo 'Error: no login'; exit 1" },
      d: { init: "echo 'Error: no provider'; exit 1" },
      e: {},
    });
    deployed("a", "b", "c", "d", "gone");
    expect(await plan(["gone", "e", "d", "c", "b", "a"])).toMatchObject([
      { stack: "a", result: "unchanged" },
      { stack: "b", result: "changes", summary: "Plan: 1 to add, 0 to change, 0 to destroy." },
      { stack: "c", result: "failed", summary: "Error: no login" },
      { stack: "d", result: "failed", summary: "terraform init failed\nError: no provider" },
      { stack: "e", result: "absent" },
      { stack: "gone", result: "orphaned", summary: expect.stringContaining("no file declares it any more") },
    ]);
  });

  test("that cannot run Terraform has failed, and the others are made all the same", async () => {
    synthesized({ a: {}, b: {} });
    deployed("a", "b");
    chmodSync(folder("terraform"), 0o644);
    const plans = await plan(["a", "b"]);
    expect(plans.map(({ result }) => result)).toEqual(["failed", "failed"]);
    expect(plans[0]?.summary).toContain("cannot run");
  });

  test("that is interrupted waits for every Terraform and begins no other", async () => {
    const script = "trap 'sleep 0.3; touch ended; exit 1' INT; touch begun; while :; do sleep 0.02; done";
    synthesized({ a: { plan: script }, b: { plan: script }, c: { plan: script } });
    deployed("a", "b", "c");
    const controller = new AbortController();
    const planning = plan(["a", "b", "c"], controller.signal);
    const has = (stack: string, file: string): boolean => existsSync(folder("cdktf.out", "stacks", stack, file));
    await eventually(() => has("a", "begun") && has("b", "begun"));
    controller.abort(new Interrupted());
    await expect(planning).rejects.toThrow(Interrupted);
    expect([has("a", "ended"), has("b", "ended"), has("c", "begun")]).toEqual([true, true, false]);
  });

  test("of which one stack has an unforeseen fault waits for the other's Terraform all the same", async () => {
    synthesized({ a: { plan: "sleep 0.5; touch ended; exit 0" }, b: {} });
    deployed("a", "b");
    const failing = {
      ...context(),
      say: (line: string) => {
        if (line.endsWith("; b")) fail();
      },
    };
    await expect(planStacks(failing, folder("terraform"), ["a", "b"])).rejects.toThrow("unforeseen");
    expect(readFileSync(folder("cdktf.out", "stacks", "a", "ended"), "utf8")).toBe("");
  });
});

function fail(): never {
  throw new Error("unforeseen");
}

describe("a session", () => {
  function session(): LabSession {
    return new LabSession({
      directory: folder(),
      started: "2026-11-21T00:00:00.000Z",
      cities: [{ id: "milan", vcenter: "127.0.0.1:1", clonesAtATime: 8 }],
      programs: { vcenter: "vcenter", terraform: folder("terraform"), terraformVersion: "1.11.4" },
      providers: "built",
      variables: {},
      secrets: [],
    });
  }

  test("tells the stacks that are deployed, those that are not, and those that no file declares any more", () => {
    synthesized({ "milan-network": {}, "milan-secrets": {} });
    deployed("milan-network", "milan-desktops-old-01");
    expect(stackLines(session())).toEqual([
      "milan-desktops-old-01: deployed, but no file declares it any more",
      "milan-network: deployed",
      "milan-secrets: not deployed",
    ]);
  });

  test("calls nothing orphaned after a synthesis that failed", () => {
    deployed("milan-network");
    expect(session().orphaned()).toEqual([]);
  });

  test("refuses to plan a stack that is not there", async () => {
    synthesized({ "milan-network": {} });
    await expect(session().plan("milan-nettwork")).rejects.toThrow(
      "there is no stack milan-nettwork; the lab has milan-network",
    );
  });
});
