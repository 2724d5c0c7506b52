import { execFileSync } from "node:child_process";
import { environmentFiles, loadCities } from "../../environments/load";
import type { City } from "../../environments/model/city";
import { count } from "../../environments/display";
import { EnvironmentError } from "../../environments/violation";
import { messageOf } from "../../runtime/errors";
import { note, right, wrong } from "./finding";
import type { Finding } from "./finding";

/** The cities of a folder; none, with a finding, where a file is wrong. */
export function citiesFound(environments: string): { readonly cities: readonly City[]; readonly finding: Finding } {
  try {
    const cities = loadCities(environmentFiles(environments));
    return { cities, finding: right(`${environments}: ${cities.map(({ city }) => city.id).join(", ")}`) };
  } catch (error) {
    const found =
      error instanceof EnvironmentError && error.violations.length > 0
        ? `${environments}: ${count(error.violations.length, "violation")}`
        : `${environments}: ${messageOf(error)}`;
    return { cities: [], finding: wrong(found, "'npm run validate' names each with its repair") };
  }
}

/** The repository that the cities' files are in: previews compare them with a commit. */
export function gitFindings(environments: string): Finding[] {
  const git = (...args: string[]): string | undefined => gitIn(environments, args);
  if (git("--version") === undefined)
    return [wrong("git is not on PATH: 'preview --base' reads commits", "install git")];
  const branch = git("rev-parse", "--abbrev-ref", "HEAD");
  if (branch === undefined) {
    const what = `${environments} is in no repository of git, or has no commit: 'preview --base' has nothing to compare with`;
    return [note(what, "git init, and commit the files")];
  }
  return [right(`git: on ${branch}`), ...shallow(git), ...uncommitted(git, environments), ...ahead(git)];
}

type Git = (...args: string[]) => string | undefined;

function shallow(git: Git): Finding[] {
  if (git("rev-parse", "--is-shallow-repository") !== "true") return [];
  return [note("the clone is shallow: commits before are not there to compare with", "git fetch --unshallow")];
}

function uncommitted(git: Git, environments: string): Finding[] {
  const changed = (git("status", "--porcelain", "--", ".") ?? "").split("\n").filter((line) => line !== "");
  if (changed.length === 0) return [];
  return [
    note(`${environments}: ${count(changed.length, "file")} not committed`, "commit what shall be deployed by CI"),
  ];
}

function ahead(git: Git): Finding[] {
  const [behind = "0", own = "0"] = (git("rev-list", "--left-right", "--count", "@{upstream}...HEAD") ?? "").split(
    "\t",
  );
  return [
    ...(Number(behind) > 0 ? [note(`${count(Number(behind), "commit")} behind the upstream branch`, "git pull")] : []),
    ...(Number(own) > 0
      ? [note(`${count(Number(own), "commit")} not pushed`, "git push, for a request's preview")]
      : []),
  ];
}

function gitIn(cwd: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, {
      ...{ cwd, encoding: "utf8", env: { ...process.env } },
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}
