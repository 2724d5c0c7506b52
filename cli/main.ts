import { Command } from "commander";
import { applyCommand } from "./apply";
import { benchCommand } from "./bench";
import { checkCommand } from "./check";
import { driftCommand } from "./drift";
import { EXIT } from "./exit-code";
import { labCommand } from "./lab";
import { pipelineCommand } from "./pipeline";
import { previewCommand } from "./preview";
import { proofCommand } from "./proof";
import { rehearseCommand } from "./rehearse";
import { reportCommand } from "./report";
import { schemaCommand } from "./schema";
import { secretsCommand } from "./secrets";
import { testCommand } from "./test";
import { validateCommand } from "./validate";

const program = new Command("postazioni")
  .description("What cdktf has no command for. Each is also an npm script: npm run validate -- --help")
  // An option belongs to the subcommand that it stands behind: 'lab' and 'lab up' have some of the same name.
  .enablePositionalOptions()
  .addCommand(validateCommand())
  .addCommand(schemaCommand())
  .addCommand(labCommand())
  .addCommand(previewCommand())
  .addCommand(driftCommand())
  .addCommand(applyCommand())
  .addCommand(pipelineCommand())
  .addCommand(rehearseCommand())
  .addCommand(reportCommand())
  .addCommand(proofCommand())
  .addCommand(secretsCommand())
  .addCommand(checkCommand())
  .addCommand(testCommand())
  .addCommand(benchCommand());

/** Their exit code 2 says that something would change, or has: of the last, that of the command that it runs. */
const TELL_CHANGES_BY_2 = ["preview", "drift", "with-login"];

/** A wrong command line is bad input in every other command; commander itself would end with 1. */
function endWithBadInput(command: Command): void {
  const code = TELL_CHANGES_BY_2.includes(command.name()) ? EXIT.failure : EXIT.badInput;
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : code));
  command.commands.forEach(endWithBadInput);
}

endWithBadInput(program);
void program.parseAsync();
