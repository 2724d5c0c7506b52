import { Command } from "commander";
import { commentCommand } from "./pipeline/comment-command";
import { citiesCommand } from "./pipeline/cities-command";
import { gitlabApplyCommand, gitlabCommand } from "./pipeline/gitlab-command";
import { stacksCommand } from "./pipeline/stacks-command";
import { withLoginCommand } from "./pipeline/with-login-command";

/** `pipeline`: what the jobs of GitHub Actions and GitLab CI call besides preview, apply, drift and secrets. */
export function pipelineCommand(): Command {
  return new Command("pipeline")
    .description("What the jobs of CI call: see docs/guides/ci.md")
    .enablePositionalOptions()
    .addCommand(citiesCommand())
    .addCommand(stacksCommand())
    .addCommand(gitlabCommand())
    .addCommand(gitlabApplyCommand())
    .addCommand(commentCommand())
    .addCommand(withLoginCommand());
}
