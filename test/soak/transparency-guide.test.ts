import { afterAll, beforeAll } from "@jest/globals";
import { Workplace } from "../fixtures/guide";
import { workedThrough } from "../fixtures/worked-through";

let reader: Workplace;

beforeAll(() => {
  reader = new Workplace();
  reader.commit("the city's files");
});

afterAll(() => {
  reader.remove();
});

/** The guide as its reader works through it, in a repository of his own. No server is needed. */
workedThrough("transparency", () => reader);
