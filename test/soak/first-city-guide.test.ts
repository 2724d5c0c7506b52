import { afterAll, beforeAll } from "@jest/globals";
import { Workplace } from "../fixtures/guide";
import { workedThrough } from "../fixtures/worked-through";

let reader: Workplace;

beforeAll(() => {
  reader = new Workplace();
  reader.useTools();
});

afterAll(() => {
  reader.remove();
});

/** The guide as somebody works through it who has nothing yet; its rehearsal deploys the small file. */
workedThrough("first-city", () => reader);
