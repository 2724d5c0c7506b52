import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import { Workplace } from "../fixtures/guide";
import { workedThrough } from "../fixtures/worked-through";
import { TestLab, useShipped } from "../lab/test-lab";

const MINUTE = 60_000;

let lab: TestLab;
let reader: Workplace;

beforeAll(async () => {
  lab = await TestLab.start(2, useShipped);
  reader = new Workplace();
  // His lab is that of the test.
  mkdirSync(join(reader.folder, ".lab"));
  symlinkSync(lab.session.paths.state, join(reader.folder, ".lab/state"));
  Object.assign(process.env, lab.session.environment("catania"));
  // His files are those of his repository.
  delete process.env.POSTAZIONI_ENVIRONMENTS;
}, 10 * MINUTE);

afterAll(async () => {
  reader.remove();
  await lab.stop();
}, MINUTE);

/** The guide as its reader works through it, in a copy of the repository, against a lab in which nothing is deployed. */
workedThrough("operations", () => reader);
