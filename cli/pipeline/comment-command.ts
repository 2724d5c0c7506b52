import { readFileSync } from "node:fs";
import { Command } from "commander";
import { InputError, messageOf } from "../../runtime/errors";
import { runCommand } from "../run-command";
import { requestComments } from "./request-comments";
import type { RequestComments } from "./request-comments";

/** The first line of a preview or of any other comment that is to be updated later. */
const MARKER = /^<!-- postazioni [^\n]+ -->$/;

const COMMENT_HELP = `
Posts a file that 'npm run preview' wrote as a comment on this job's pull or merge request. The file's first line is its marker: the
job's own comment that begins with it is updated; without one, a new comment is posted. The token is GITHUB_TOKEN on GitHub
(pull-requests: write), and on GitLab GITLAB_TOKEN, a project's access token (role Reporter, scope api).

Exit codes: 0 done, 1 the platform refused, 2 bad input.`;

/** `pipeline comment FILE`: posts a preview as a comment, or updates the former one. */
export function commentCommand(): Command {
  return new Command("comment")
    .description("post a preview as a comment on this job's request, or update the former one")
    .argument("<file>", "the Markdown file that 'npm run preview' wrote")
    .addHelpText("after", COMMENT_HELP)
    .action((file: string) =>
      runCommand(async () => {
        console.error(`comment: ${await placed(textOf(file), requestComments(process.env))}`);
      }),
    );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(messageOf(error));
  }
}

async function placed(text: string, comments: RequestComments): Promise<"updated" | "made"> {
  const [marker = ""] = text.split("\n");
  if (!MARKER.test(marker))
    throw new InputError(`the file does not begin with a preview's marker, <!-- postazioni ... -->`);
  if (text.length > comments.mostCharacters) {
    throw new InputError(
      `the file has ${String(text.length)} characters; a comment takes ${String(comments.mostCharacters)}`,
    );
  }
  const before = (await comments.list()).find(({ body, isOwn }) => isOwn && body.split(/\r?\n/)[0] === marker);
  if (before === undefined) await comments.create(text);
  else await comments.update(before.id, text);
  return before === undefined ? "made" : "updated";
}
