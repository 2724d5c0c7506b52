import { execFileSync } from "node:child_process";
import { basename, dirname } from "node:path";
import { parse } from "yaml";
import { citySchema } from "../environments/model/city";
import type { DeclaredCity } from "../environments/model/city";
import { withDerived } from "../environments/reading/derived";
import { withoutGit } from "./preview/base";

const MOST_BYTES = 64 * 1024 * 1024;
const [FIELD, RECORD] = ["\u001f", "\u001e"];
/** Trailers in which git servers and people name who approved a change. */
const APPROVALS = ["Approved-by", "Reviewed-by", "Acked-by"].map((key) => `key=${key}`).join(",");
const FORMAT = ["%H", "%P", "%cs", "%an", "%cn", "%s", `%(trailers:${APPROVALS},valueonly,unfold,separator=%x1d)`];

/** A change of a city's file in its repository. */
export interface FileChange {
  /** Hash of the commit. */
  readonly commit: string;
  /** Day on which it was committed. */
  readonly day: string;
  readonly subject: string;
  readonly author: string;
  /** Who approved it, by trailers of its message, or who merged or applied another's work; empty where nobody else did. */
  readonly approvedBy: readonly string[];
}

/**
 * The last changes of a file on its branch, the newest first; none outside a repository, and of a file that is not in it.
 * @param most their greatest number
 */
export function changesOf(file: string, most: number): FileChange[] {
  const format = `--format=${FORMAT.join("%x1f")}%x1e`;
  const told = askGit(file, "log", "--first-parent", `--max-count=${String(most)}`, format, "--", basename(file));
  return (told ?? "").split(RECORD).flatMap((record) => {
    const [commit = "", parents = "", day = "", author = "", committer = "", subject = "", trailers = ""] = record
      .trim()
      .split(FIELD);
    if (commit === "") return [];
    const named = trailers.split("\u001d").map((name) => name.trim().replace(/\s*<.*>$/, ""));
    const approvedBy = [...new Set([...named.filter(Boolean), ...others(parents, author, committer)])];
    return [{ commit, day, subject, author, approvedBy }];
  });
}

/** Whoever made a merge, or applied another's commit; a git server that did so is not a person. */
function others(parents: string, author: string, committer: string): string[] {
  if (parents.includes(" ")) return [author];
  return committer === author || /^(?:GitHub|GitLab)\b/.test(committer) ? [] : [committer];
}

/** The earlier versions of a city's file that today's schema can read, the oldest first, without the newest. */
export function earlierCities(file: string, most: number): DeclaredCity[] {
  const [, ...earlier] = changesOf(file, most + 1);
  return earlier.toReversed().flatMap(({ commit }) => cityAt(file, commit));
}

function cityAt(file: string, commit: string): DeclaredCity[] {
  const text = askGit(file, "show", `${commit}:./${basename(file)}`);
  const read = text === undefined ? undefined : citySchema.safeParse(parsed(text));
  if (read?.success !== true) return [];
  return [
    {
      ...withDerived(read.data),
      kind: "declared",
      hasAssignments: read.data.assignments !== undefined,
      assignments: [],
      answerFiles: {},
    },
  ];
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** Undefined where git fails, as it does outside a repository. */
function askGit(file: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, {
      cwd: dirname(file),
      env: withoutGit(process.env),
      encoding: "utf8",
      maxBuffer: MOST_BYTES,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return undefined;
  }
}
