import { expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { MILAN, lines } from "../fixtures/city-files";
import { namedPlaces, withNames } from "../fixtures/mutations";

/** Names that every JavaScript object has; the schema allows the first where it asks for a slug. */
const INHERITED = ["constructor", "__proto__", "toString"];

const milan: unknown = parse(MILAN);

test.each(namedPlaces(milan))("a name that every object has is one as any other at %s", (place) => {
  const texts = INHERITED.map((name) => stringify(withNames(milan, place, name), { aliasDuplicateObjects: false }));
  expect(() => texts.flatMap(lines)).not.toThrow();
});
