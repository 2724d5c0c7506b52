import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { beforeEach, expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import { assignmentsCsv, SMALL } from "../fixtures/city-files";
import { oneOf } from "../fixtures/soak";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();

beforeEach(() => {
  mkdirSync(folder("environments"), { recursive: true });
  writeFileSync(folder("environments/sample.yaml"), SMALL);
  writeFileSync(folder("environments/milan.assignments.csv"), assignmentsCsv());
});

/** The names of the cities' files that a command reads, each as often as it is read. */
function read(
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
): { readonly files: string[]; readonly said: string } {
  const { PATH, HOME } = process.env;
  const env = {
    ...{ PATH, HOME, RECORDED_READS: folder("reads"), CDKTF_OUTPUT: folder("cdktf.out") },
    ...{ POSTAZIONI_ENVIRONMENTS: folder("environments"), TERRAFORM_BINARY_NAME: "false", ...variables },
  };
  const preloaded = ["tsx/cjs", "./test/fixtures/record-reads.ts"].flatMap((module) => ["--require", module]);
  const { stdout, stderr } = spawnSync(process.execPath, [...preloaded, "cli/bootstrap.mjs", ...args], {
    ...{ cwd: REPOSITORY, encoding: "utf8", env },
  });
  const paths = readFileSync(folder("reads"), "utf8").split("\n");
  const own = paths.filter((path) => dirname(resolve(REPOSITORY, path)) === folder("environments"));
  return { files: own.map((path) => basename(path)).sort(), said: stdout + stderr };
}

const IN_CI = { CI: "true" };

/** By name: what is typed, what it says, and more variables. */
const COMMANDS: readonly [string, string[], string, NodeJS.ProcessEnv?][] = [
  ["report access", ["report", "access", "sample"], "pool:anagrafe"],
  ["report network, which says lines of the file", ["report", "network", "sample"], "questionable"],
  ["report capacity", ["report", "capacity", "sample"], "segment desktops"],
  ["preview", ["preview", "sample"], "could not be planned"],
  ["preview, where it refuses a server with its line", ["preview", "sample"], "no login is sent", IN_CI],
  ["drift, where it refuses a server with its line", ["drift", "sample"], "no login is sent", IN_CI],
  [
    "secrets status, where it refuses a server with its line",
    ["secrets", "status", "sample"],
    "no login is sent",
    IN_CI,
  ],
  [
    "a job's login, where it refuses a server with its line",
    ["pipeline", "with-login", "sample", "plan", "--", "true"],
    "no login is sent",
    IN_CI,
  ],
];

test.each(oneOf(3, COMMANDS))(
  "%s reads each file of a city once",
  (_, args, expected, variables = {}) => {
    const { files, said } = read(args, variables);
    expect(said).toContain(expected);
    expect(files).toEqual(["milan.assignments.csv", "sample.yaml"]);
  },
  120_000,
);
