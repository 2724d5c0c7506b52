import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { childEnvironment } from "../../lab/child-environment";
import { COMMITS, unpack } from "../fixtures/releases";
import { planChanges } from "../lab/plan-changes";
import { CITY_FILES, TestLab } from "../lab/test-lab";

const CITY = "milan";
const MINUTE = 60_000;

jest.setTimeout(15 * MINUTE);

describe.each(Object.entries(COMMITS))("a city that %s deployed", (_version, commit) => {
  let lab: TestLab;
  /** The former version. The cities' files are its own too: what a file's change does is its author's to preview. */
  let former: string;

  beforeAll(async () => {
    former = mkdtempSync(join(tmpdir(), "former-"));
    unpack(commit, former);
    lab = await TestLab.start(1, (environments) => {
      for (const file of CITY_FILES) cpSync(join(former, "environments", file), join(environments, file));
    });
  });

  afterAll(async () => {
    rmSync(former, { recursive: true, force: true });
    await lab.stop();
  }, MINUTE);

  /** Has the former version write its stacks where the lab deploys from. */
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

  test("is upgraded by a plan that destroys and replaces nothing, and the next is empty", async () => {
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
});
