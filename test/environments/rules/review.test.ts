import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { milanWith } from "../../fixtures/city-files";

const WAIVER = "gate: restarted, scope: anagrafe, reason: New office, owner: M. Rossi";

function waivers(...texts: readonly string[]): Edit {
  return { "review.+waivers": texts.map((text) => inYaml(`{ ${text} }`)) };
}

describe("a waiver", () => {
  test("is of a gate that the file has", () => {
    expect(milanWith({ "review.gates.restarted": undefined }, waivers(`${WAIVER}, until: 2026-12-31`))).toEqual([
      'review.waivers[0].gate: review.gates has no "restarted"; allowed: a waiver opens a gate that review.gates has; ' +
        "repair: add the gate, or take the waiver out",
    ]);
  });

  test("is there once for each scope of a gate", () => {
    const found = milanWith(waivers(`${WAIVER}, until: 2026-12-31`, `${WAIVER}, until: 2027-12-31`));
    expect(found).toEqual([
      expect.stringContaining('review.waivers[1].scope: the waiver "restarted anagrafe" is there'),
    ]);
  });

  test("says who answers for it, why and until when", () => {
    const found = milanWith(waivers("gate: restarted, scope: anagrafe"));
    expect(found.map((line) => line.split(":")[0])).toEqual([
      "review.waivers[0].reason",
      "review.waivers[0].owner",
      "review.waivers[0].until",
    ]);
  });
});

describe("a gate", () => {
  test.each([
    ["be of no number", { "review.gates.restarted": {} }, "seats, percent, or both"],
    ["be beyond all", { "review.gates.restarted": { percent: 101 } }, "from 0 to 100"],
    ["be false", { "review.gates.destroyed": false }, "true"],
    ["be misspelt", { "review.gates.dataZone": undefined, "review.gates.+datazone": true }, 'write "dataZone"'],
  ])("cannot %s", (_, edit: Edit, allowed) => {
    expect(milanWith(edit)).toEqual([expect.stringContaining(allowed)]);
  });
});
