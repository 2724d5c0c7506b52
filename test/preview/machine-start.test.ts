import { describe, expect, test } from "@jest/globals";
import { startedFrom } from "../../preview/machine-start";
import { startSection } from "../../preview/start-section";
import { markdown } from "../../preview/markdown";
import { previewReport } from "../../preview/report";
import { deployedSample } from "../fixtures/deployed";
import { planOf } from "../fixtures/terraform-plan";

type Values = Readonly<Record<string, unknown>>;

const from = (before: Values, after: Values, power = "off") =>
  startedFrom({ before: { power_state: power, ...before }, after: { power_state: power, ...after } });

describe("a machine that somebody stopped", () => {
  test.each<[string, Values, Values]>([
    ["another size", { memory: 4096 }, { memory: 8192 }],
    ["another network", { network_interface: [{ network_id: "a" }] }, { network_interface: [{ network_id: "b" }] }],
    ["a larger disk", { disk: [{ size: 80 }] }, { disk: [{ size: 120 }] }],
    ["its name again", { name: "POLA-7" }, { name: "mi-ana-0007" }],
  ])("is started by a change that reconfigures it: %s", (_, before, after) => {
    expect(from(before, after)).toBe("off");
    expect(from(before, after, "suspended")).toBe("suspended");
    expect(from(before, after, "on")).toBeUndefined();
  });

  test("is not started where it is only marked or moved, or the provider waits otherwise", () => {
    expect(
      from({ tags: ["a"], custom_attributes: {} }, { tags: [], custom_attributes: { 1: "MI900101" } }),
    ).toBeUndefined();
    expect(from({ folder: "a", datastore_id: "d1" }, { folder: "b", datastore_id: "d2" })).toBeUndefined();
    expect(from({ shutdown_wait_timeout: 3, force_power_off: true }, { shutdown_wait_timeout: 5 })).toBeUndefined();
  });
});

test("a preview names the machines that a change starts, and takes none of them for restarted", () => {
  const wanted = deployedSample();
  const [pool] = wanted.pools;
  if (pool === undefined) throw new Error("the sample has no pool");
  const stack = `${wanted.city.id}-desktops-${pool.name}-01`;
  const entries = ["off", "on"].map((power_state, index) => ({
    ...{ actions: ["update"], key: `seat-000${String(index + 1)}` },
    ...{ before: { power_state, num_cpus: 2 }, after: { power_state, num_cpus: 4 } },
  }));
  const placeOf = () => ({ file: "sample.yaml", line: 1, column: 1 });
  const report = previewReport({ wanted, base: undefined, people: false, placeOf }, [{ stack, plan: planOf(entries) }]);
  expect(report.pools[0]?.seats.map(({ seat, effect, startedFrom: power }) => [seat, effect, power])).toEqual([
    ["seat-0001", "changed", "off"],
    ["seat-0002", "restarted", undefined],
  ]);
  const shown = markdown(report, "Campione");
  expect(shown).toContain("### Started by this change");
  expect(shown).toContain(`| \`${pool.name}\` | off | 1 | \`seat-0001\` |`);
  expect(startSection([])).toBe("");
});
