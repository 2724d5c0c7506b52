import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { applyInOrder } from "../../terraform/apply-in-order";
import type { Outcome } from "../../terraform/apply-in-order";
import type { Applied } from "../../terraform/apply-stack";
import { outcomeCode, outcomeReport } from "../../cli/apply/outcome-report";

const STEPS = [
  { stack: "foundation", after: [] },
  { stack: "secrets", after: [] },
  { stack: "network", after: ["foundation"] },
  { stack: "desktops-a", after: ["foundation", "network"] },
  { stack: "desktops-b", after: ["foundation", "network"] },
];
const NEVER = new AbortController().signal;
const DONE: Applied = { result: "applied", summary: "Resources: 1 added, 0 changed, 0 destroyed" };
const OTHERWISE: Applied = {
  ...{ result: "refused", reason: "it would not be what was approved" },
  differences: [{ address: "vsphere_folder.f", action: "destroy", approved: "update", attributes: [] }],
};

function results(outcomes: ReadonlyMap<string, Outcome>): Record<string, Outcome["result"]> {
  return Object.fromEntries([...outcomes].map(([stack, { result }]) => [stack, result]));
}

describe("what was approved of several stacks", () => {
  test("is applied side by side, up to four, each after those that it comes after", async () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ stack: `pool-${String(index)}`, after: ["network"] }));
    const [log, running, most] = [[] as string[], new Set<string>(), { count: 0 }];
    const apply = async (stack: string): Promise<Applied> => {
      running.add(stack);
      most.count = Math.max(most.count, running.size);
      log.push(`+${stack}`);
      await setImmediate();
      running.delete(stack);
      log.push(`-${stack}`);
      return DONE;
    };
    const outcomes = await applyInOrder([...STEPS, ...many], apply, NEVER);
    expect(most.count).toBe(4);
    expect([...outcomes.keys()]).toEqual([...STEPS, ...many].map(({ stack }) => stack));
    for (const { stack, after } of [...STEPS, ...many])
      for (const before of after) expect(log.indexOf(`-${before}`)).toBeLessThan(log.indexOf(`+${stack}`));
    expect(outcomeCode(outcomes)).toBe(0);
    expect(outcomeReport(outcomes).at(-1)).toBe("14 stacks: 14 applied");
  });

  test("is left as it is where it comes after one that failed, and brought to its end where it does not", async () => {
    const applied: string[] = [];
    const apply = async (stack: string): Promise<Applied> => {
      if (stack === "network") throw new Error("terraform apply: no route to host");
      await setImmediate();
      applied.push(stack);
      return DONE;
    };
    const outcomes = await applyInOrder(STEPS, apply, NEVER);
    expect(applied.sort()).toEqual(["foundation", "secrets"]);
    expect(results(outcomes)).toEqual({
      ...{ foundation: "applied", secrets: "applied", network: "failed" },
      ...{ "desktops-a": "left", "desktops-b": "left" },
    });
    expect(outcomeCode(outcomes)).toBe(1);
    expect(outcomeReport(outcomes)).toEqual([
      "foundation: Resources: 1 added, 0 changed, 0 destroyed",
      "secrets: Resources: 1 added, 0 changed, 0 destroyed",
      "network: failed: terraform apply: no route to host",
      "desktops-a: nothing was applied: it comes after network",
      "desktops-b: nothing was applied: it comes after network",
      "5 stacks: 2 applied, 1 failed, 2 left as they are",
    ]);
  });

  test("names recover once where what is to be made stands already", async () => {
    const stands = "folder/createFolder: ServerFaultCode: The name 'sportello' already exists.";
    const apply = (): Promise<Applied> => Promise.reject(new Error(stands));
    const report = outcomeReport(await applyInOrder(STEPS, apply, NEVER));
    expect(report.filter((line) => line.includes("npm run recover -- CITY"))).toHaveLength(1);
  });

  test("is refused with what differs, and a failure beside it counts more", async () => {
    const refused = await applyInOrder(
      STEPS,
      (stack) => Promise.resolve(stack === "network" ? OTHERWISE : DONE),
      NEVER,
    );
    expect(outcomeCode(refused)).toBe(3);
    expect(outcomeReport(refused)).toContain("  vsphere_folder.f: destroy, approved to update");
    const apply = (stack: string) =>
      stack === "secrets" ? Promise.reject(new Error("no")) : Promise.resolve(OTHERWISE);
    expect(outcomeCode(await applyInOrder(STEPS, apply, NEVER))).toBe(1);
  });

  test("is not begun any more after a signal, and what has begun is brought to its end", async () => {
    const controller = new AbortController();
    const apply = async (): Promise<Applied> => {
      controller.abort();
      await setImmediate();
      return DONE;
    };
    const told: string[] = [];
    const outcomes = await applyInOrder(STEPS, apply, controller.signal, (stack) => told.push(stack));
    expect(results(outcomes)).toMatchObject({ foundation: "applied", network: "left", "desktops-a": "left" });
    expect(told).toHaveLength(STEPS.length);
  });
});
