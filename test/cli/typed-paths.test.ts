import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Command } from "commander";
import { applyCommand } from "../../cli/apply";
import { driftCommand } from "../../cli/drift";
import { labCommand } from "../../cli/lab";
import { pipelineCommand } from "../../cli/pipeline";
import { previewCommand } from "../../cli/preview";
import { proofCommand } from "../../cli/proof";
import { rehearseCommand } from "../../cli/rehearse";
import { reportCommand } from "../../cli/report";
import { secretsCommand } from "../../cli/secrets";
import { validateCommand } from "../../cli/validate";
import type { Ended } from "../fixtures/command";
import { typedHere } from "../fixtures/typed-here";

/** They take a city of the lab that runs, or no city at all. */
const WITHOUT_CITIES = [
  "status",
  "down",
  "clean",
  "supervise",
  "deploy",
  "plan",
  "destroy",
  "env",
  "stacks",
  "comment",
];
const ROOT = join(__dirname, "../..");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "typed-"));
  mkdirSync(join(folder, "cities"));
  cpSync(join(ROOT, "test/fixtures/sample.yaml"), join(folder, "cities/sample.yaml"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs an npm script of the repository from the folder, as somebody does who stands there. */
function npm(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const run = ["--prefix", ROOT, "run", "-s", script, "--", ...args];
  return spawnSync("npm", run, { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });
}

/** The same in this process, which stands there meanwhile, as npm's has gone there before a command is read. */
async function standing(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await typedHere(args, env);
  } finally {
    process.chdir(before);
  }
}

describe("a relative path", () => {
  test("is meant from where it is typed: of a file", async () => {
    expect(npm("validate", ["cities/sample.yaml"])).toMatchObject({ status: 0, stderr: "1 file: no violations\n" });
    const { out } = await standing(["validate", "cities/other.yaml"]);
    expect(out).toContain(`there is no such file in ${join(folder, "cities")};`);
  });

  test("is meant from where it is typed: of the cities' folder, as an option and as a variable", async () => {
    const variable = { POSTAZIONI_ENVIRONMENTS: "cities" };
    const summary = { code: 0, out: expect.stringMatching(/^Campione: /) };
    expect(await standing(["validate", "--environments", "cities"])).toMatchObject(summary);
    expect(await standing(["validate"], variable)).toMatchObject(summary);
    const { status, stdout } = npm("report", ["network", "sample"], variable);
    expect(status).toBe(0);
    const typed = ["report", "network", "sample", "--environments", "cities"];
    expect(await standing(typed)).toMatchObject({ code: 0, out: stdout });
  });

  test("is meant from where it is typed: of what is written", () => {
    const args = ["--environments", "cities", "--out", "out/network.csv"];
    expect(npm("report", ["network", "sample", "--format", "csv", ...args])).toMatchObject({ status: 0, stdout: "" });
    expect(readFileSync(join(folder, "out/network.csv"), "utf8")).toMatch(/^\w+,/);
  });

  test("is shown with its whole folder where nothing is there", async () => {
    expect((await standing(["validate", "--environments", "none"])).out).toContain(
      `there is no such directory ${join(folder, "none")};`,
    );
    expect((await standing(["report", "network", "nowhere", "--environments", "cities"])).err).toContain(
      `no file in ${join(folder, "cities")} declares the city "nowhere"`,
    );
  });
});

describe("validate", () => {
  test("takes files or a folder, not both", async () => {
    const { code, err } = await standing(["validate", "cities/sample.yaml", "--environments", "cities"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: "error: name files or a folder by --environments, not both\n",
    });
  });
});

describe("every command on cities", () => {
  const leaves = (command: Command): Command[] =>
    command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);

  test("has the same option for their folder, by default POSTAZIONI_ENVIRONMENTS", () => {
    process.env.POSTAZIONI_ENVIRONMENTS = join(process.cwd(), "elsewhere");
    try {
      const roots = [
        applyCommand,
        driftCommand,
        labCommand,
        pipelineCommand,
        previewCommand,
        proofCommand,
        rehearseCommand,
      ];
      const all = [...roots, reportCommand, secretsCommand, validateCommand].flatMap((make) => leaves(make()));
      const option = (command: Command) => command.options.find(({ long }) => long === "--environments");
      const folders = all.map(option).filter((one) => one !== undefined);
      expect(new Set(folders.map(({ defaultValue }) => String(defaultValue)))).toEqual(new Set(["elsewhere"]));
      const without = all.filter((command) => option(command) === undefined).map((command) => command.name());
      expect(without).toEqual(WITHOUT_CITIES);
    } finally {
      delete process.env.POSTAZIONI_ENVIRONMENTS;
    }
  });
});
