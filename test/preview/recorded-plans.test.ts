import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import type { DeployedCity } from "../../environments/model/city";
import { onceEach } from "../../environments/once";
import { markdown } from "../../preview/markdown";
import { previewReport } from "../../preview/report";
import type { PreviewReport } from "../../preview/report";
import { PlanError, readPlan } from "../../preview/terraform-plan";
import { edited } from "../fixtures/city-edits";
import { load, MILAN } from "../fixtures/city-files";
import { deployed } from "../fixtures/deployed";
import { CHANGES, DRIFTED, FIRST } from "../recorded/scenarios";
import type { Scenario } from "../recorded/scenarios";

/** Plans of the real providers; test/recorded/record.ts made them. */
const RECORDED = join(__dirname, "../recorded");
const SCENARIOS = new Map([FIRST, ...CHANGES, DRIFTED].map((scenario) => [scenario.name, scenario]));
const FILES = readdirSync(RECORDED, { withFileTypes: true })
  // What needs no provider is recorded-objects.test.ts's.
  .filter((entry) => entry.isDirectory() && entry.name !== "terraform")
  .flatMap(({ name }) => readdirSync(join(RECORDED, name)).map((file) => join(name, file)));

function recorded(file: string): string {
  return gunzipSync(readFileSync(join(RECORDED, file))).toString("utf8");
}

const milanOf = onceEach(({ edits }: Scenario): DeployedCity => {
  const [city] = load({ "milan.yaml": edited(MILAN, ...edits) }).cities;
  if (city === undefined) throw new Error("Milan's file is not right");
  return deployed(city);
});

function previewOf(file: string): PreviewReport {
  const scenario = SCENARIOS.get(file.replace(/^.*\/|\.json\.gz$/g, ""));
  if (scenario === undefined) throw new Error(`${file} is of no scenario`);
  const placeOf = () => ({ file: "milan.yaml", line: 1, column: 1 });
  const results = [{ stack: scenario.stack, plan: readPlan(recorded(file)) }];
  return previewReport({ wanted: milanOf(scenario), base: milanOf(FIRST), placeOf }, results);
}

function of(name: string): string[] {
  const files = FILES.filter((file) => file.endsWith(`/${name}.json.gz`));
  expect(files).toHaveLength(2);
  return files;
}

describe("a plan of the real providers, of each of the two versions,", () => {
  test.each([
    ["first", { added: 3 }],
    ["restarted", { restarted: 3 }],
    ["replaced", { replaced: 3 }],
    ["removed", { removed: 1 }],
  ])("that was recorded as %s shows so many seats of the pool", (name, counts) => {
    for (const file of of(name)) {
      const { pools, stacks } = previewOf(file);
      expect(pools).toMatchObject([{ pool: "educazione", counts, people: 0 }]);
      expect(stacks.map(({ drift }) => drift)).toEqual([[]]);
      expect(pools[0]?.seats).toHaveLength(Object.values(counts)[0] ?? 0);
    }
  });

  test("of a city that is as its file has it shows nothing", () => {
    for (const file of of("same")) {
      expect(previewOf(file)).toMatchObject({ pools: [], stacks: [{ result: "unchanged", drift: [] }] });
    }
  });

  test("names the image for which machines are made anew, and the memory for which they restart", () => {
    for (const file of of("replaced")) expect(previewOf(file).pools[0]?.seats[0]?.attributes).toEqual(["clone"]);
    for (const file of of("restarted")) expect(previewOf(file).pools[0]?.seats[0]?.attributes).toEqual(["memory"]);
  });

  test("names the switch and the policy that change, and in what", () => {
    for (const file of of("switch")) {
      expect(previewOf(file).stacks[0]?.changes).toMatchObject([
        { type: "vsphere_distributed_virtual_switch", action: "update", attributes: ["max_mtu"] },
      ]);
    }
    for (const file of of("policy")) {
      const { stacks, file: change } = previewOf(file);
      expect(stacks[0]?.changes).toMatchObject([{ type: "vault_policy", action: "update", attributes: ["policy"] }]);
      expect(change?.access).toMatchObject([{ identity: "team:help-desk", gained: ["read"] }]);
    }
  });

  test("names what somebody changed by hand, and that it restarts when it is set back", () => {
    for (const file of of("drifted")) {
      const { stacks, pools } = previewOf(file);
      expect(stacks[0]?.drift).toMatchObject([{ key: "mi-edu-0001", attributes: ["memory"] }]);
      expect(pools).toMatchObject([{ counts: { restarted: 1 } }]);
    }
  });

  test.each(FILES)("%s has no value of a resource in any form of its report", (file) => {
    const report = previewOf(file);
    const text = `${JSON.stringify(report)}\n${markdown(report, "Milano")}`;
    const { resource_changes: changes } = readPlan(recorded(file));
    const uuids = JSON.stringify(changes).match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];
    expect(uuids.filter((uuid) => text.includes(uuid))).toEqual([]);
    expect(text).not.toContain("capabilities = ");
  });

  test("that is cut off, wherever, is refused and never taken for a smaller one", () => {
    const [file = ""] = of("removed");
    const text = recorded(file);
    for (let part = 0; part < 40; part += 1) {
      expect(() => readPlan(text.slice(0, Math.floor((text.length * part) / 40)))).toThrow(PlanError);
    }
  });
});
