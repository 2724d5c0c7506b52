import { describe, expect, test } from "@jest/globals";
import type { DeclaredCity } from "../../environments/model/city";
import { everyFieldCity } from "../fixtures/every-field";
import { FIELD_EDITS } from "../fixtures/every-field-edits";
import { synthesizedCity } from "../fixtures/synthesized-city";

const CITY = everyFieldCity();
const BEFORE = new Map([...synthesizedCity(CITY)].map(([stack, { json }]) => [stack, JSON.stringify(json)]));
const KINDS = [...new Set(FIELD_EDITS.map(({ field }) => field.replace(/\..*/, "")))];

/** A field that is lost between the file and the stacks would be accepted and do nothing. */
describe.each(KINDS)("every field of %s", (kind) => {
  test("is shown by a stack, or listed with the reason why not", () => {
    const fields = FIELD_EDITS.filter(({ field }) => field.startsWith(`${kind}.`));
    const shown = fields.filter(({ edit }) => !sameTexts(edit(CITY)));
    const listed = fields.filter(({ unseen }) => unseen === undefined);
    expect(shown.map(({ field }) => field)).toEqual(listed.map(({ field }) => field));
  });
});

/** Stops at the first stack that differs. */
function sameTexts(city: DeclaredCity): boolean {
  const after = synthesizedCity(city);
  return (
    after.size === BEFORE.size && [...after].every(([stack, { json }]) => BEFORE.get(stack) === JSON.stringify(json))
  );
}
