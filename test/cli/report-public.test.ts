import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { changesOf, earlierCities } from "../../cli/city-history";
import { edited } from "../fixtures/city-edits";
import { CITIES, copyAssignments, MILAN } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";

const folder = mkdtempSync(join(tmpdir(), "public-"));
const [environments, file] = [join(folder, "environments"), join(folder, "environments", "milan.yaml")];
const PUBLICATION = { holder: "c_f205", address: "https://dati.comune.milano.example/postazioni" };

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function git(who: string, ...args: readonly string[]): void {
  const identity = { GIT_AUTHOR_NAME: who, GIT_AUTHOR_EMAIL: "a@a.example", GIT_COMMITTER_EMAIL: "a@a.example" };
  execFileSync("git", ["-c", "commit.gpgsign=false", ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, GIT_COMMITTER_NAME: who, ...identity },
  });
}

function commit(who: string, message: string, text: string): void {
  writeFileSync(file, text);
  git(who, "add", ".");
  git(who, "commit", "--quiet", "-m", message);
}

test("the page, the tables and the catalogue are written, and said", async () => {
  cpSync(CITIES, environments, { recursive: true });
  copyAssignments(environments);
  git("Ada", "init", "--quiet", "--initial-branch", "main");
  commit("Ada", "first", MILAN);
  commit(
    "Ada",
    "more desktops\n\nReviewed-by: Bruno <b@b.example>",
    edited(MILAN, { "pools.anagrafe.seats": 1500, asOf: "2026-11-25" }),
  );
  const next = edited(MILAN, { "pools.anagrafe.seats": 1500, asOf: "2026-11-26", "project.+publication": PUBLICATION });
  commit("Ada", "published", next);
  const out = join(folder, "out");
  const {
    code,
    out: said,
    err,
  } = await typedHere(["report", "public", "milan", "--environments", environments, "--out", out]);
  expect([code, err]).toEqual([0, ""]);
  expect(
    said
      .trim()
      .split("\n")
      .map((path) => path.slice(out.length + 1)),
  ).toEqual([...["index.html", "progetto.csv", "postazioni.csv", "modifiche.csv", "catalogo.jsonld"]]);
  expect(readdirSync(out).length).toBe(5);
  expect(
    readFileSync(join(out, "modifiche.csv"), "utf8")
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.split(",").at(0)),
  ).toEqual(["2026-11-24", "2026-11-25"]);
});

test("changes of a file have who made and who approved them; a version that today's schema cannot read is passed over", () => {
  git("Ada", "checkout", "--quiet", "-b", "work");
  commit("Bruno", "half", "city: {");
  git("Ada", "checkout", "--quiet", "main");
  git("Carla", "merge", "--quiet", "--no-ff", "-m", "Merge branch work", "work");
  const changes = changesOf(file, 10).map(({ subject, author, approvedBy }) => [subject, author, approvedBy]);
  expect(changes).toEqual([
    ["Merge branch work", "Carla", ["Carla"]],
    ["published", "Ada", []],
    ["more desktops", "Ada", ["Bruno"]],
    ["first", "Ada", []],
  ]);
  commit("Ada", "back", MILAN);
  expect(earlierCities(file, 10).map(({ asOf }) => asOf)).toEqual(["2026-11-24", "2026-11-25", "2026-11-26"]);
});

test("without a repository there is no history, and without project.publication no catalogue, which is said", async () => {
  const lone = join(folder, "lone");
  const bare = mkdtempSync(join(tmpdir(), "no-git-"));
  cpSync(CITIES, bare, { recursive: true });
  const { code, out, err } = await typedHere(["report", "public", "catania", "--environments", bare, "--out", lone]);
  rmSync(bare, { recursive: true });
  expect([code, out.trim().split("\n").length]).toEqual([0, 4]);
  expect(err).toContain("no catalogo.jsonld without project.publication");
  expect(changesOf(join(tmpdir(), "none.yaml"), 3)).toEqual([]);
});
