import { createRequire } from "node:module";
import { Command } from "commander";
import type * as Apply from "./apply";
import type * as Bench from "./bench";
import type * as Check from "./check";
import type * as Drift from "./drift";
import { EXIT } from "../runtime/exit-code";
import type * as Lab from "./lab";
import type * as Pipeline from "./pipeline";
import type * as Preview from "./preview";
import type * as Proof from "./proof";
import type * as Rehearse from "./rehearse";
import type * as Report from "./report";
import type * as Schema from "./schema";
import type * as Secrets from "./secrets";
import type * as Test from "./test";
import type * as Validate from "./validate";
import { nameCommand } from "../runtime/failure";

const load = createRequire(__filename);

/** Each command is loaded only when it is called: loading all takes half a second. */
const COMMANDS: ReadonlyMap<string, () => Command> = new Map([
  ["validate", () => (load("./validate") as typeof Validate).validateCommand()],
  ["schema", () => (load("./schema") as typeof Schema).schemaCommand()],
  ["lab", () => (load("./lab") as typeof Lab).labCommand()],
  ["preview", () => (load("./preview") as typeof Preview).previewCommand()],
  ["drift", () => (load("./drift") as typeof Drift).driftCommand()],
  ["apply", () => (load("./apply") as typeof Apply).applyCommand()],
  ["pipeline", () => (load("./pipeline") as typeof Pipeline).pipelineCommand()],
  ["rehearse", () => (load("./rehearse") as typeof Rehearse).rehearseCommand()],
  ["report", () => (load("./report") as typeof Report).reportCommand()],
  ["proof", () => (load("./proof") as typeof Proof).proofCommand()],
  ["secrets", () => (load("./secrets") as typeof Secrets).secretsCommand()],
  ["check", () => (load("./check") as typeof Check).checkCommand()],
  ["test", () => (load("./test") as typeof Test).testCommand()],
  ["bench", () => (load("./bench") as typeof Bench).benchCommand()],
]);

/** Pattern of a city's id or a stack's name. */
const CITY = /^[a-z][a-z0-9-]{0,62}$/;

/** Commands whose exit code 2 means changes or drift; the last passes on the exit code of the command that it runs. */
const TELL_CHANGES_BY_2 = ["preview", "drift", "with-login"];

/** Makes a wrong command line exit with 2, as bad input does elsewhere; commander itself would exit with 1. */
function endWithBadInput(command: Command): void {
  const code = TELL_CHANGES_BY_2.includes(command.name()) ? EXIT.failure : EXIT.badInput;
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : code));
  command.commands.forEach(endWithBadInput);
}

/** The command's full name and the city. Errors show it to other people, so it has no other argument. */
function nameOf(command: Command): string {
  const names: string[] = [];
  for (let one = command; one.parent !== null; one = one.parent) names.unshift(one.name());
  const city = command.registeredArguments[0]?.name() === "city" ? command.args[0] : undefined;
  return [...names, ...(city !== undefined && CITY.test(city) ? [city] : [])].join(" ");
}

/** The program. @param typed the command that is called: it alone is loaded; all commands where there is none of that name */
export function programOf(typed = ""): Command {
  const program = new Command("postazioni")
    .description("Commands that cdktf does not have. Each is also an npm script: npm run validate -- --help")
    // An option belongs to the command right before it: 'lab' and 'lab up' have options of the same names.
    .enablePositionalOptions();
  const called = COMMANDS.get(typed);
  if (called !== undefined) nameCommand(typed);
  for (const command of called === undefined ? COMMANDS.values() : [called]) program.addCommand(command());
  endWithBadInput(program);
  return program.hook("preAction", (_program, command) => {
    nameCommand(nameOf(command));
  });
}
