import { afterAll } from "@jest/globals";
import { Workplace } from "../fixtures/guide";
import { workedThrough } from "../fixtures/worked-through";

const workplace = new Workplace();
afterAll(() => {
  workplace.remove();
});

/** The guide as its reader works through it: every change is made, every command typed, every output compared. */
workedThrough("network", () => workplace);
