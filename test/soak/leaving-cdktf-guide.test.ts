import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sharedPaths } from "../../lab/paths";
import { installTools } from "../../lab/tools/install";
import { atLeast, versionIn } from "../../lab/tools/probe";
import { builtTofu } from "../../lab/tools/terraform";
import { REPOSITORY } from "../../runtime/paths";
import { silent } from "../../runtime/progress";
import { Workplace } from "../fixtures/guide";
import { workedThrough } from "../fixtures/worked-through";
import { TestLab, useShipped } from "../lab/test-lab";

const MINUTE = 60_000;
/** What CDK Terrain's CLI asks for, and a release that has it. */
const [LEAST_NODE, NODE] = [[22, 19], "22.23.3"] as const;
/** A mirror with the bound versions, which are not built from Go modules: without it bindings of one's own are not tried. */
const MIRROR = process.env.POSTAZIONI_TEST_PROVIDERS;

let lab: TestLab;
let reader: Workplace;
const added = mkdtempSync(join(tmpdir(), "leaving-"));
const own = { ...process.env };

beforeAll(async () => {
  lab = await TestLab.start(1, useShipped);
  await installTools({ providers: "built", tofu: true }, silent);
  reader = new Workplace();
  reader.commit("deployed");
  reader.useTools();
  ownPackages(reader);
  Object.assign(process.env, lab.session.environment("catania"), { PATH: path(), CI: "1" });
  // The reader's files and output are in a checkout of his own, and the lab that he starts is not this one.
  delete process.env.POSTAZIONI_ENVIRONMENTS;
  delete process.env.CDKTF_OUTPUT;
}, 30 * MINUTE);

afterAll(async () => {
  process.env = own;
  reader.remove();
  rmSync(added, { recursive: true });
  await lab.stop();
}, MINUTE);

workedThrough("leaving-cdktf", () => reader);

const describeWhere = MIRROR === undefined ? describe.skip : describe;

describeWhere("bindings that are made from the providers' schemas (POSTAZIONI_TEST_PROVIDERS)", () => {
  test(
    "declare the same stacks",
    () => {
      const commands = consoleLines(join(REPOSITORY, "docs/guides/leaving-cdktf.md"));
      const content = ["set -e", ...commands].join("\n");
      const { output, code } = reader.take({ kind: "sh", content, printed: "", line: 0 });
      expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("all stacks are the same") });
    },
    10 * MINUTE,
  );
});

/** A copy in place of the link to the repository's packages: the reader installs others. */
function ownPackages({ folder }: Workplace): void {
  rmSync(join(folder, "node_modules"));
  cpSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), { recursive: true, verbatimSymlinks: true });
}

/** The machine's PATH, with OpenTofu, and with a Node that CDK Terrain's CLI runs on where the machine's own is older. */
function path(): string {
  const folders = [dirname(builtTofu(sharedPaths()).output), process.env.PATH ?? ""];
  const version = versionIn(process.versions.node) ?? [];
  return (atLeast(version, LEAST_NODE) ? folders : [newerNode(), ...folders]).join(delimiter);
}

/** Fetches Node from npm, which has its program as a package for each platform. @returns the program's folder */
function newerNode(): string {
  const name = `node-${process.platform}-${process.arch}`;
  mkdirSync(added, { recursive: true });
  writeFileSync(join(added, "package.json"), JSON.stringify({ private: true, dependencies: { [name]: NODE } }));
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: added, stdio: "pipe" });
  return join(added, "node_modules", name, "bin");
}

/** What the guide types where it shows a terminal. */
function consoleLines(guide: string): string[] {
  const block = /^```console\n([^]*?)^```$/m.exec(readFileSync(guide, "utf8"))?.[1] ?? "";
  return block.split("\n").flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : []));
}
