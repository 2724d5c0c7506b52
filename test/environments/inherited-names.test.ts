import { expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { MILAN, lines } from "../fixtures/city-files";
import { namedPlaces, withNames } from "../fixtures/mutations";
import { oneOf, SOAK } from "../fixtures/soak";

/** Names that every JavaScript object has; the schema allows the first where it asks for a slug, so `npm test` tries it alone. */
const INHERITED = SOAK ? ["constructor", "__proto__", "toString"] : ["constructor"];

const milan: unknown = parse(MILAN);

test.each(oneOf(3, namedPlaces(milan)))("a name that every object has is one as any other at %s", (place) => {
  const texts = INHERITED.map((name) => stringify(withNames(milan, place, name), { aliasDuplicateObjects: false }));
  expect(() => texts.flatMap(lines)).not.toThrow();
});
