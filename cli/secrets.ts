import { Command } from "commander";
import { authorityCommand } from "./secrets/authority-commands";
import { firstCommand } from "./secrets/first-command";
import { initCommand, rotateCommand, statusCommand } from "./secrets/operation-commands";

/** `secrets`: operations on secrets outside Terraform. */
export function secretsCommand(): Command {
  return new Command("secrets")
    .description("Operations on secrets outside Terraform")
    .addCommand(initCommand())
    .addCommand(firstCommand())
    .addCommand(authorityCommand())
    .addCommand(statusCommand())
    .addCommand(rotateCommand());
}
