import { describe, expect, test } from "@jest/globals";
import { DeployProgress } from "../../../cli/deploy/deploy-progress";
import { destroyedCount, planReport, secretsLines } from "../../../cli/deploy/plan-report";
import { selected } from "../../../cli/deploy/selection";
import type { ResourceChange } from "../../../preview/resource-change";
import type { StackPreview } from "../../../preview/stack-preview";

const STACKS = ["milan-foundation", "milan-network", "milan-desktops-a-01", "milan-desktops-a-02"].map((name) => ({
  ...{ name, dependencies: [] },
}));

describe("the stacks of a deployment", () => {
  test.each([
    [undefined, STACKS.map(({ name }) => name)],
    [["milan-network"], ["milan-network"]],
    [
      ["milan-desktops-*", "*-foundation"],
      ["milan-foundation", "milan-desktops-a-01", "milan-desktops-a-02"],
    ],
  ])("are those of the names and patterns %j", (wanted, names) => {
    expect(selected(STACKS, wanted).map(({ name }) => name)).toEqual(names);
  });

  test("are refused where one is not declared, whatever the pattern has in it", () => {
    expect(() => selected(STACKS, ["milan-network", "milan-netwrok", "milan.*"])).toThrow(
      'there is no stack "milan-netwrok", "milan.*": the file declares "milan-foundation"',
    );
  });
});

describe("what would change", () => {
  const change = (
    action: ResourceChange["action"],
    address: string,
    replacedFor: readonly string[] = [],
  ): ResourceChange => ({
    ...{ address, type: address.split(".")[0] ?? "", action, attributes: [], replacedFor },
  });
  const stack = (name: string, changes: readonly ResourceChange[], outputs: readonly string[] = []): StackPreview => ({
    ...{ stack: name, failure: null, changes, outputs, drift: [] },
    result: changes.length + outputs.length > 0 ? "changes" : "unchanged",
  });
  const made = stack("a", [change("create", "vsphere_folder.f"), change("create", 'vsphere_virtual_machine.m["x"]')]);
  const gone = stack("b", [
    change("replace", 'vsphere_virtual_machine.m["y"]', ["clone"]),
    change("destroy", "vsphere_tag.t"),
  ]);

  test("is counted for each stack, with its machines, and what is destroyed is named", () => {
    expect(planReport([made, gone, stack("c", [], ["id"]), stack("d", [])])).toEqual([
      "a: 2 to create (1 machine)",
      "b: 1 to replace (1 machine), 1 to destroy",
      "c: 1 output to change",
      "1 stack without change",
      "Destroyed, also where a new one takes its place:",
      '  b: vsphere_virtual_machine.m["y"], replaced for clone',
      "  b: vsphere_tag.t",
    ]);
    expect(destroyedCount([made, gone])).toBe(2);
  });

  test("does not count a stack that could not be planned as one without change", () => {
    const failed: StackPreview = { ...stack("e", []), result: "failed", failure: "no connection" };
    expect(planReport([failed, stack("f", [])])).toEqual(["1 stack without change"]);
  });

  test("is followed by first secrets where seats get new machines or other holders, and by nothing else", () => {
    const machine = (
      action: ResourceChange["action"],
      key: string | undefined,
      attributes: readonly string[] = [],
    ) => ({
      ...{ address: "a", type: "vsphere_virtual_machine", key, action, attributes, replacedFor: [] },
    });
    const changes = [
      machine("create", "x"),
      machine("replace", "y"),
      machine("update", "z", ["custom_attributes"]),
      machine("update", "w", ["memory"]),
    ];
    expect(secretsLines([stack("a", changes)], "milan")).toEqual([
      "Next: 'npm run secrets -- first milan' gives 2 new machines a first secret and tells 1 seat who holds it now.",
    ]);
    const others = [machine("replace", undefined), machine("destroy", "x"), machine("update", "w", ["memory"])];
    expect(secretsLines([stack("a", others), gone], "milan")).toEqual([]);
  });

  test("names the first fifty that are destroyed", () => {
    const many = stack(
      "a",
      Array.from({ length: 53 }, (_, index) => change("destroy", `vsphere_tag.t${String(index)}`)),
    );
    expect(planReport([many]).slice(-2)).toEqual([
      "  a: vsphere_tag.t49",
      "  and 3 more resources; npm run preview lists all",
    ]);
  });
});

describe("the progress of a deployment", () => {
  test("counts stacks and machines, and estimates the rest once there are enough of them", () => {
    const told: string[] = [];
    let now = 0;
    const progress = new DeployProgress(
      { stacks: 2, machines: 40 },
      (line) => void told.push(line),
      () => now,
    );
    const made = (seat: number): void => {
      now = seat * 30_000;
      progress.line(`a: vsphere_virtual_machine.m["s-${String(seat)}"]: Creation complete after 30s [id=1]`);
    };
    progress.line("a: vsphere_folder.f: Creation complete after 1s [id=2]");
    for (let seat = 1; seat <= 5; seat += 1) made(seat);
    progress.ended("b", "applied");
    expect(told.map((line) => line.split(";")[0])).toEqual([
      "0 of 2 stacks, 0 of 40 machines",
      ...[1, 2, 3, 4].map((seat) => `0 of 2 stacks, ${String(seat)} of 40 machines`),
      "0 of 2 stacks, 5 of 40 machines, about 18 min left",
      "1 of 2 stacks, 5 of 40 machines, about 18 min left",
    ]);
  });
});
