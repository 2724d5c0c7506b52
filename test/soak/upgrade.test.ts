import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { childEnvironment } from "../../lab/child-environment";
import { REPOSITORY } from "../../runtime/paths";
import { planChanges } from "../lab/plan-changes";
import { CITY_FILES, TestLab } from "../lab/test-lab";

/**
 * The commit that stands for the former release, while there is none: one of the morning of 30 November 2026. From 0.1.0 on it
 * is the last release's tag. The cities' files are its own too: what a file's change does is its author's to preview.
 */
const FORMER = "f607bcb8b75e782d41027b5fdd7671008cf72e08";
const CITY = "milan";
const MINUTE = 60_000;
const MOST_BYTES = 256 * 1024 * 1024;

jest.setTimeout(15 * MINUTE);

let lab: TestLab;
/** The former release, in a folder of its own with this one's packages: it takes none that it has not. */
const former = mkdtempSync(join(tmpdir(), "former-"));

beforeAll(async () => {
  const archive = execFileSync("git", ["archive", FORMER], { cwd: REPOSITORY, maxBuffer: MOST_BYTES });
  execFileSync("tar", ["-x", "-C", former], { input: archive });
  symlinkSync(join(REPOSITORY, "node_modules"), join(former, "node_modules"));
  lab = await TestLab.start(1, (environments) => {
    for (const file of CITY_FILES) cpSync(join(former, "environments", file), join(environments, file));
  });
});

afterAll(async () => {
  rmSync(former, { recursive: true, force: true });
  await lab.stop();
}, MINUTE);

/** Has the former release write its stacks where the lab deploys from. */
function synthesizeFormer(): void {
  mkdirSync(lab.session.paths.output, { recursive: true });
  const { app } = JSON.parse(readFileSync(join(former, "cdktf.json"), "utf8")) as { readonly app: string };
  execFileSync("sh", ["-c", app], {
    cwd: former,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...childEnvironment(lab.session.paths, lab.session.environment(CITY)),
      CDKTF_OUTDIR: lab.session.paths.output,
    },
  });
}

function ofCity(): string[] {
  return lab.session.stacks().filter((stack) => stack.startsWith(`${CITY}-`));
}

test("a city that the former release deployed is upgraded by a plan that destroys and replaces nothing, and the next is empty", async () => {
  synthesizeFormer();
  const deployed = ofCity();
  const runs = await lab.session.runStacks("apply", deployed);
  expect(runs.flatMap(({ stack, errors }) => errors.map((error) => `${stack}: ${error}`))).toEqual([]);

  await lab.synth();
  const destroyed: string[] = [];
  for (const stack of ofCity()) {
    const { changes } = await planChanges(lab.session, stack);
    destroyed.push(
      ...changes.flatMap(({ type, key = "", actions }) =>
        actions.includes("delete") ? [`${stack}: ${actions} ${type} ${key}`.trimEnd()] : [],
      ),
    );
  }
  expect(destroyed).toEqual([]);
  expect(ofCity()).toEqual(expect.arrayContaining(deployed));

  await lab.deploy(CITY);
  expect(await lab.changes(CITY)).toEqual({});
});
