import { afterAll, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOSTILE_FILES } from "../../bench/hostile-files";
import { loadCities } from "../../environments/load";
import { YAML_FILE } from "../../environments/reading/text";
import { secretValues } from "../../environments/reading/secret-values";
import { EnvironmentError } from "../../environments/violation";
import type { Violation } from "../../environments/violation";
import { oneOf, soakTest } from "../fixtures/soak";

/** Far more than each takes, on a machine that has other work too; before, each took minutes or all memory. */
const LIMIT_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), "bounds-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function violationsOf(name: string): readonly Violation[] {
  return violationsIn(textOf(name));
}

function violationsIn(text: string): readonly Violation[] {
  const file = join(folder, "large.yaml");
  writeFileSync(file, text);
  try {
    loadCities([file]);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.violations;
    throw error;
  }
}

function textOf(name: string): string {
  const make = HOSTILE_FILES[name];
  if (make === undefined) throw new Error(`there is no hostile file ${name}`);
  const text = make();
  expect(isNoLarger(text)).toBe(true);
  return text;
}

/** Than a file may be: what is refused for its size proves nothing of a rule. */
function isNoLarger(text: string): boolean {
  return Buffer.byteLength(text) <= YAML_FILE.largestBytes;
}

describe("a file as large as may be", () => {
  test.each(oneOf(2, ["many ranges of one network, many flows to it", "many ranges on both sides of many flows"]))(
    "is analysed exactly and in time: %s",
    (name) => {
      expect(violationsOf(name)).toEqual([]);
    },
    LIMIT_MS,
  );

  test.each([
    ["many segments in one VLAN", "vlan-shared"],
    ["many promiscuous segments of one VLAN", "vlan-shared"],
    ["many pools with as many seats as a pool may have", "city-seats"],
  ])(
    "is refused with a line where no rule could be held in time: %s",
    (name, rule) => {
      const found = violationsOf(name);
      expect(found.map((violation) => violation.rule)).toEqual([rule]);
      expect(found[0]?.line).toBeGreaterThan(1);
    },
    LIMIT_MS,
  );

  test.each(
    oneOf(3, [
      "brackets that nest",
      "many ranges of seats replaced",
      "many applications, many pools that have them all",
    ]),
  )(
    "is refused in time: %s",
    (name) => {
      expect(violationsOf(name).length).toBeGreaterThan(0);
    },
    LIMIT_MS,
  );

  test.each([
    ["a list of maps without keys", "yaml-size", "there are more than 60,000 keys and values up to here"],
    ["what is one list only", "yaml-length", "a list or map of 10,001 items"],
  ])("is refused where it has more values than any city: %s", (name, rule, message) => {
    const found = name in HOSTILE_FILES ? violationsOf(name) : violationsIn(`pools: [${"{},".repeat(10_001)}]\n`);
    const [violation, ...others] = found.filter((one) => one.rule === rule);
    expect(violation).toMatchObject({ rule, message });
    expect(others).toEqual([]);
  });

  soakTest("tells a thousand violations in the order of the file, and then that there are more", () => {
    const found = violationsOf("many VLANs wrong, many names twice");
    expect(found).toHaveLength(1001);
    expect(found.at(-1)).toMatchObject({
      rule: "too-many-violations",
      message: "there are more than 1,000 violations; the others are not told",
    });
    expect(found.map(({ line }) => line)).toEqual(found.map(({ line }) => line).sort((a, b) => a - b));
  });

  soakTest("is never larger than a file may be", () => {
    const larger = Object.entries(HOSTILE_FILES).filter(([, make]) => !isNoLarger(make()));
    expect(larger.map(([name]) => name)).toEqual([]);
  });
});

describe("the search for secret values", () => {
  test.each([
    "what begins as a signed token",
    "what begins as a URL",
    "what begins as a token of GitLab",
    "what begins as a token of Slack",
    "what begins as a password",
  ])(
    "reads no text again and again: %s",
    (name) => {
      expect(secretValues(textOf(name))).toEqual([]);
    },
    LIMIT_MS,
  );
});
