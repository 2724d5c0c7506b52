import { z } from "zod";
import { plainText, refusing } from "./plain-text";

/** A repository's path on a git server, as in its identity tokens. Example: `group/repository`. */
export const gitRepository = refusing(
  z
    .string()
    .max(255)
    .regex(
      /^(?!(?:.*\/)?\.+(?:\/|$))[\w.-]+(?:\/[\w.-]+)+$/,
      "a path such as group/repository, without . and .. in it",
    ),
  /\.[gG][iI][tT]$/,
  {
    allowed: "a path such as group/repository, without .git at its end: CI's claim, which is compared, has none",
    repair: "take .git at its end out",
  },
);

const BRANCH_FORM =
  String.raw`a branch's name as git has it: without a blank and any of ~ ^ : ? * [ \, without .. and @{, no part of it beginning ` +
  "with a dot or ending with .lock, without a hyphen at its beginning or a dot at its end, and not HEAD";

/** Names that git refuses for a branch, besides forbidden characters (Git, "git check-ref-format", with `--branch`). */
const NO_BRANCH = /^-|^HEAD$|\.\.|@\{|(?:^|\/)(?:\.|\/)|\.lock(?:\/|$)|[./]$/;

/** Prefixes of a reference or a remote branch, in any case; the branch in CI's claim has none. */
const PREFIX = "(?:[rR][eE][fF][sS]|[hH][eE][aA][dD][sS]|[rR][eE][mM][oO][tT][eE][sS]|[oO][rR][iI][gG][iI][nN])/";
const PREFIXES = new RegExp(`^(?:${PREFIX})+`);

/** A git branch without a prefix. Example: `main`. */
export const gitBranch = refusing(
  plainText(200, String.raw` ~^:?*[\\`, BRANCH_FORM).refine((text) => !NO_BRANCH.test(text), BRANCH_FORM),
  new RegExp(`^${PREFIX}`),
  {
    allowed:
      "a branch's name such as main, without refs/heads/ or origin/: CI's claim has the name, or gets that before it",
    repair: (text) => `write the name alone: ${text.replace(PREFIXES, "")}`,
  },
);
