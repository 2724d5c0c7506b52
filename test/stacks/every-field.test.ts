import { describe, expect, test } from "@jest/globals";
import { everyFieldCity } from "../fixtures/every-field";
import { FIELD_EDITS } from "../fixtures/every-field-edits";
import { synthesizedText } from "../fixtures/synthesized-city";

const CITY = everyFieldCity();
const BEFORE = synthesizedText(CITY);
const KINDS = [...new Set(FIELD_EDITS.map(({ field }) => field.replace(/\..*/, "")))];

/** A field that is lost between the file and the stacks would be accepted and do nothing. */
describe.each(KINDS)("every field of %s", (kind) => {
  test("is shown by a stack, or listed with the reason why not", () => {
    const fields = FIELD_EDITS.filter(({ field }) => field.startsWith(`${kind}.`));
    const shown = fields.filter(({ edit }) => !sameTexts(synthesizedText(edit(CITY))));
    const listed = fields.filter(({ unseen }) => unseen === undefined);
    expect(shown.map(({ field }) => field)).toEqual(listed.map(({ field }) => field));
  });
});

function sameTexts(after: ReadonlyMap<string, string>): boolean {
  return BEFORE.size === after.size && [...BEFORE].every(([stack, text]) => after.get(stack) === text);
}
