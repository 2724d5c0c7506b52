import { describe, expect, test } from "@jest/globals";
import { cityRules, crossCityRules } from "../../../environments/rules";
import { ruleKeys } from "../../../environments/rules/rule-keys";
import { milanBreaking } from "../../fixtures/city-files";
import type { Edit } from "../../fixtures/city-edits";

const RULES = [...cityRules, ...crossCityRules];

describe("ruleKeys", () => {
  test("has the keys of every rule: a new rule gets a line in rule-keys.ts", () => {
    expect(RULES.filter((rule) => ruleKeys(rule).length === 0).map(({ id }) => id)).toEqual([]);
  });

  test("has the keys that a table of names says", () => {
    const rule = RULES.find(({ id }) => id === "pool-directorate");
    expect(rule && ruleKeys(rule)).toEqual(["pools.*.directorate"]);
  });

  test.each<[string, Edit]>([
    ["pool-segment", { "pools.anagrafe.segment": "data" }],
    ["retired-seats", { "pools.anagrafe.+retired": [9999] }],
    ["flow-ports", { "network.services.directory.ports": ["tcp/99999"] }],
    ["disk-fits-image", { "workstations.office.diskGib": 1 }],
  ])("has the key at which %s is told", (id, edit) => {
    const [line = ""] = milanBreaking(id, edit);
    const told = (line.split(": ")[0] ?? "")
      .replace(/^(images|workstations)\.[^.]+/, "$1.*")
      .replaceAll(/\[[^\]]*\]/g, ".*");
    const rule = RULES.find((one) => one.id === id);
    expect(rule && ruleKeys(rule).some((key) => `${told}.`.startsWith(`${key}.`))).toBe(true);
  });
});
