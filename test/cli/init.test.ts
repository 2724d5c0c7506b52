import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { idOf } from "../../cli/init/repository-files";
import { COMMAND_NAMES } from "../../cli/command-names";
import { REPOSITORY } from "../../runtime/paths";
import { typedHere } from "../fixtures/typed-here";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();

/** Types `init` with a package of the toolkit. */
function init(...args: string[]) {
  writeFileSync(folder("postazioni-9.9.9.tgz"), "a package");
  return typedHere(["init", folder("city"), "--toolkit", folder("postazioni-9.9.9.tgz"), ...args]);
}

function filesOf(place: string): string[] {
  const entries = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(place.length + 1)).sort();
}

function read(...path: string[]): string {
  return readFileSync(folder("city", ...path), "utf8");
}

describe("a city's repository", () => {
  test("pins the toolkit, which it holds, and has every command as an npm script", async () => {
    expect(await init()).toMatchObject({ code: 0, err: "" });
    const { scripts, dependencies } = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
    expect(dependencies).toEqual({ postazioni: "file:vendor/postazioni-9.9.9.tgz" });
    expect(read("vendor", "postazioni-9.9.9.tgz")).toBe("a package");
    expect(scripts).toEqual(Object.fromEntries(COMMAND_NAMES.map((name) => [name, `postazioni ${name}`])));
    expect(JSON.parse(read("cdktf.json"))).toMatchObject({ app: "node node_modules/postazioni/stacks/app.mjs" });
  });

  test("has a file of its city that passes validate", async () => {
    await init("--city", "Reggio nell'Emilia");
    const checked = await typedHere(["validate", "--environments", folder("city", "environments")]);
    expect(checked).toMatchObject({ code: 0, err: "1 file: no violations\n" });
    expect(checked.out).toContain("Reggio nell'Emilia: ");
    const file = read("environments", "reggio-nell-emilia.yaml");
    expect(file).not.toMatch(/valchiara/i);
    expect(file.split("\n").length).toBeLessThanOrEqual(41);
  });

  test("has the parts that are wanted, with what they need, and no others", async () => {
    const { code, err } = await init("--city", "Forlì", "--platform", "gitlab", "--with", "ci,gateways", "--yes");
    expect({ code, err }).toEqual({
      code: 0,
      err: "vault is there too, for ci\nflows is there too, for gateways\n",
    });
    const file = read("environments", "forli.yaml");
    expect(file).toContain("platform: gitlab");
    expect(file).toContain("  gateway:");
    expect(file).not.toMatch(/^(?:monitoring|support|emergency|directorates|project|prices):/m);
    expect(await typedHere(["validate", "--environments", folder("city", "environments")])).toMatchObject({ code: 0 });
  });

  test.each([
    [["--city", "Forlì", "--with", "valt,ci"], '"valt" is no part, perhaps "vault"; allowed: "directorates"'],
    [["--city", "Forlì", "--with", "ci"], "ci: say where the repository is kept, with --platform github or gitlab"],
    [["--with", "vault"], "--with: the parts of which city? Name it with --city"],
  ])("with %j is not written, and says why", async (options, text) => {
    const { code, err } = await init(...options);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(text) });
    expect(filesOf(folder())).toEqual(["postazioni-9.9.9.tgz"]);
  });

  test.each([
    [
      "github",
      [
        ".github/actions/set-up/action.yml",
        ".github/actions/set-up/problem-matcher.json",
        ".github/workflows/apply-stacks.yml",
        ".github/workflows/deploy-city.yml",
        ".github/workflows/deploy.yml",
        ".github/workflows/drift.yml",
        ".github/workflows/first-secrets.yml",
        ".github/workflows/preview.yml",
      ],
    ],
    ["gitlab", [".gitlab-ci.yml", ".gitlab/ci/Containerfile", ".gitlab/ci/jobs.yml"]],
    ["none", []],
  ])("has the workflows of %s, which call only scripts that it has", async (platform, expected) => {
    await init("--platform", platform);
    const files = filesOf(folder("city")).filter((file) => /^\.git(?:hub|lab)/.test(file));
    expect(files).toEqual(expected);
    for (const file of files) expect(read(file)).toBe(readFileSync(join(REPOSITORY, file), "utf8"));
    const called = files.flatMap((file) => [...read(file).matchAll(/npm run (?:-s )?(\w+)/g)].map(([, name]) => name));
    expect(COMMAND_NAMES).toEqual(expect.arrayContaining(called));
  });
});

describe("init", () => {
  test("writes into a new clone of an empty repository", async () => {
    mkdirSync(folder("city", ".git"), { recursive: true });
    expect(await init()).toMatchObject({ code: 0 });
  });

  test("refuses a folder that is not empty, and says what to do", async () => {
    mkdirSync(folder("city"));
    writeFileSync(folder("city", "notes.txt"), "mine");
    const { code, err } = await init();
    expect(code).toBe(2);
    expect(err).toContain("is not empty: there is notes.txt. Nothing was written. Name a folder that is new or empty");
    expect(filesOf(folder("city"))).toEqual(["notes.txt"]);
  });

  test("leaves nothing behind where it cannot write all", async () => {
    writeFileSync(folder("a-file"), "");
    const { code, err } = await typedHere(["init", folder("a-file", "city"), "--toolkit", "9.9.9"]);
    expect(code).toBe(2);
    expect(err).toContain("Nothing was left behind");
    expect(filesOf(folder())).toEqual(["a-file"]);
  });

  test.each(["", "1", "a: b", "x\ny", "{}"])("takes no city by the name %j", async (name) => {
    expect(await init("--city", name)).toMatchObject({ code: 2 });
    expect(filesOf(folder())).toEqual(["postazioni-9.9.9.tgz"]);
  });

  test("names a package that is not there, and asks a checkout for one", async () => {
    const place = mkdtempSync(join(tmpdir(), "postazioni-test-"));
    expect((await typedHere(["init", place, "--toolkit", "gone.tgz"])).err).toContain("--toolkit: there is no file ");
    expect((await typedHere(["init", place])).err).toContain("run npm pack");
    expect(readdirSync(place)).toEqual([]);
    rmSync(place, { recursive: true });
  });
});

test("an id is made of a city's name", () => {
  expect(["Forlì", "L'Aquila", "Reggio nell'Emilia", "3 Ville"].map(idOf)).toEqual([
    "forli",
    "l-aquila",
    "reggio-nell-emilia",
    "ville",
  ]);
});
