import { afterAll, beforeAll } from "@jest/globals";
import { Workplace } from "../fixtures/guide";
import { workedThrough } from "../fixtures/worked-through";
import { TestLab, useShipped } from "../lab/test-lab";

const MINUTE = 60_000;

let lab: TestLab;
let reader: Workplace;

beforeAll(async () => {
  lab = await TestLab.start(1, useShipped);
  await lab.deploy("milan");
  reader = new Workplace();
  reader.commit("deployed");
  reader.useTools();
  // His files are those of his repository.
  Object.assign(process.env, lab.session.environment("milan"));
  delete process.env.POSTAZIONI_ENVIRONMENTS;
}, 10 * MINUTE);

afterAll(async () => {
  reader.remove();
  await lab.stop();
}, MINUTE);

/** The guide as its reader works through it, in a repository of his own, against a city that is deployed as its shipped file has it. */
workedThrough("preview", () => reader);
