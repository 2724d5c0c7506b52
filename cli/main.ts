import { Command } from "commander";
import { checkCommand } from "./check";
import { schemaCommand } from "./schema";
import { validateCommand } from "./validate";

const program = new Command("postazioni")
  .description("What cdktf has no command for. Each is also an npm script: npm run validate -- --help")
  // An option belongs to the subcommand that it stands behind: 'lab' and 'lab up' have some of the same name.
  .enablePositionalOptions()
  .addCommand(validateCommand())
  .addCommand(schemaCommand())
  .addCommand(checkCommand());

void program.parseAsync();
