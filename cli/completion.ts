import { Argument, Command } from "commander";
import { completionScript, SHELLS } from "./completion/shell";
import type { Shell } from "./completion/shell";
import { commandWords } from "./completion/words";

const HELP = `
Prints a script that completes commands, options, their choices and the ids of cities on the Tab key, for the program postazioni:

  eval "$(postazioni completion bash)"     in ~/.bashrc; for zsh 'completion zsh' in ~/.zshrc

The program must be on PATH: it is in node_modules/.bin of a city's repository.`;

/** `completion SHELL`: a script that completes the program's words. @param programOf gives the program with all its commands */
export function completionCommand(programOf: () => Promise<Command>): Command {
  return new Command("completion")
    .description("print a script that completes commands and options in a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addHelpText("after", HELP)
    .action(async (shell: Shell) => {
      const program = await programOf();
      process.stdout.write(completionScript(shell, program.name(), commandWords(program)));
    });
}
