import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import { startLab } from "../../lab/lab";
import { LAB_DIRECTORY } from "../../lab/paths";
import { REPOSITORY } from "../../runtime/paths";
import { stepsOf, Workplace } from "../fixtures/guide";
import { workedThrough } from "../fixtures/worked-through";

const STEPS = stepsOf(join(REPOSITORY, "docs/guides/existing-vcenter.md"));
const MINUTE = 60_000;
const DIRECTORY = join(LAB_DIRECTORY, `test-${process.env.JEST_WORKER_ID ?? "1"}`);
const folder = mkdtempSync(join(tmpdir(), "existing-vcenter-"));

let reader: Workplace;

/** The vCenter is what the guide's file presupposes in the end; its first draft does not fit. */
beforeAll(async () => {
  const environments = join(folder, "environments");
  mkdirSync(environments);
  const mended = new Workplace();
  for (const step of STEPS.filter(({ kind }) => kind === "diff")) mended.take(step);
  cpSync(join(mended.folder, "docs/guides/existing-vcenter"), environments, { recursive: true });
  mended.remove();
  const providers = process.env.POSTAZIONI_TEST_PROVIDERS ?? "built";
  const lab = await startLab({ environments, directory: DIRECTORY, seatsPerPool: 1, providers });
  reader = new Workplace();
  try {
    await lab.saveVcenter("ragusa", join(reader.folder, "saved"));
  } finally {
    await lab.stop();
  }
  reader.useTools();
}, 10 * MINUTE);

afterAll(() => {
  reader.remove();
  rmSync(folder, { recursive: true });
}, MINUTE);

/** The guide as its reader works through it, on a saved vCenter in which others work. */
workedThrough("existing-vcenter", () => reader);
