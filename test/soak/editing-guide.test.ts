import { afterAll, beforeAll } from "@jest/globals";
import { Workplace } from "../fixtures/guide";
import { workedThrough } from "../fixtures/worked-through";

const MINUTE = 60_000;

let reader: Workplace;

beforeAll(() => {
  reader = new Workplace();
}, MINUTE);

afterAll(() => {
  reader.remove();
}, MINUTE);

/** The guide as its reader works through it, in a copy of the repository. */
workedThrough("editing", () => reader);
