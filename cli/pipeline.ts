import { Command } from "commander";
import { commentCommand } from "./pipeline/comment-command";
import { citiesCommand } from "./pipeline/cities-command";
import { atlantisCommand, configurationCommand, spaceliftCommand } from "./pipeline/engine-commands";
import { layersCommand } from "./pipeline/layers-command";
import { looksCommand } from "./pipeline/looks-command";
import { gitlabApplyCommand, gitlabCommand } from "./pipeline/gitlab-command";
import { stacksCommand } from "./pipeline/stacks-command";
import { withLoginCommand } from "./pipeline/with-login-command";

/** `pipeline`: what the jobs of CI engines call besides preview, apply, drift and secrets, and which jobs there are. */
export function pipelineCommand(): Command {
  return new Command("pipeline")
    .description("What the jobs of CI call, and which jobs there are: see docs/guides/ci.md and engines.md")
    .enablePositionalOptions()
    .addCommand(citiesCommand())
    .addCommand(stacksCommand())
    .addCommand(layersCommand())
    .addCommand(looksCommand())
    .addCommand(atlantisCommand())
    .addCommand(spaceliftCommand())
    .addCommand(configurationCommand())
    .addCommand(gitlabCommand())
    .addCommand(gitlabApplyCommand())
    .addCommand(commentCommand())
    .addCommand(withLoginCommand());
}
