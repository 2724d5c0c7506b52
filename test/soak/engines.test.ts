import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { installAtlantisParser } from "../../lab/tools/atlantis-parser";
import { REPOSITORY } from "../../runtime/paths";
import { CITIES } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";

/** What Atlantis's own parser says of what is made for it, under the server's configuration of docs/guides/engines.md. */
const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), "atlantis-"));
const [SERVER, PROJECTS] = [join(folder, "repos.yaml"), join(folder, "atlantis.yaml")];

interface Project {
  readonly name: string;
  readonly workspace: string;
  readonly group: number;
  readonly dependsOn: readonly string[] | null;
  readonly workflow: string;
  readonly apply: readonly string[];
}

let program: string;

beforeAll(async () => {
  program = await installAtlantisParser({ signal: undefined, say: () => undefined });
  const guide = readFileSync(join(REPOSITORY, "docs", "guides", "engines.md"), "utf8");
  writeFileSync(SERVER, /^```yaml\n(repos:\n[^]*?)^```$/m.exec(guide)?.[1] ?? "");
  const cities = join(folder, "environments");
  cpSync(CITIES, cities, { recursive: true });
  const milan = readFileSync(join(cities, "milan.yaml"), "utf8");
  writeFileSync(join(cities, "milan.yaml"), milan.replace(/^platform:\n/m, "platform:\n  engine: atlantis\n"));
  writeFileSync(PROJECTS, (await typedHere(["pipeline", "atlantis", "--environments", cities])).out);
}, 10 * MINUTE);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function parsed() {
  return spawnSync(program, [folder, SERVER], { encoding: "utf8" });
}

test("Atlantis takes the projects, and the server decides what they run and who may apply", () => {
  const { status, stdout, stderr } = parsed();
  expect([status, stderr]).toEqual([0, ""]);
  const projects = JSON.parse(stdout) as Project[];
  const gateway = projects.find(({ name }) => name === "milan/gateway-b");
  expect(gateway).toEqual({
    ...{ name: "milan/gateway-b", workspace: "milan-gateway-b", group: 3, workflow: "postazioni" },
    dependsOn: expect.arrayContaining(["milan/gateway-a", "milan/network"]),
    apply: ["approved", "mergeable", "undiverged"],
  });
  expect(new Set(projects.map(({ workspace }) => workspace)).size).toBe(projects.length);
});

test("Atlantis refuses a request that gives its projects another workflow, or nobody to approve", () => {
  const text = readFileSync(PROJECTS, "utf8");
  for (const line of ["workflow: other", "apply_requirements: []"]) {
    writeFileSync(PROJECTS, text.replace("    dir: .\n", `    dir: .\n    ${line}\n`));
    expect(parsed()).toMatchObject({ status: 1, stderr: expect.stringContaining("not allowed") });
  }
  writeFileSync(PROJECTS, text);
});
