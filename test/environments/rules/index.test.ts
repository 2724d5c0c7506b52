import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { cityRules, crossCityRules } from "../../../environments/rules";

const RULES = [...cityRules, ...crossCityRules];
const ENVIRONMENTS = join(__dirname, "../../../environments");

describe("the rules", () => {
  test("are one a file, named as the file is, and all of them are listed", () => {
    const helpers = [
      "boots-with-bios",
      "dangling",
      "declared",
      "exceeded",
      "index",
      "lacking",
      "other-city",
      "overlapping",
      "repeated",
      "rule",
    ];
    const files = readdirSync(join(ENVIRONMENTS, "rules")).map((name) => name.replace(/\.ts$/, ""));
    expect(RULES.map(({ id }) => id).sort()).toEqual(files.filter((name) => !helpers.includes(name)).sort());
  });

  test("are all in the README, with what they say", () => {
    const readme = readFileSync(join(ENVIRONMENTS, "README.md"), "utf8");
    const missing = RULES.filter(({ id, explanation }) => !readme.includes(`| \`${id}\` | ${explanation} |`));
    expect(missing.map(({ id, explanation }) => `| \`${id}\` | ${explanation} |`)).toEqual([]);
  });
});
