import { createRequire } from "node:module";
import { Command } from "commander";
import type * as Apply from "./apply";
import type * as Bench from "./bench";
import type * as Check from "./check";
import type * as Drift from "./drift";
import { EXIT } from "./exit-code";
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
import { watchOutput } from "../runtime/output";

const load = createRequire(__filename);

/** Each with what it needs, and that is loaded only with the command that is typed: all of them take half a second. */
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

const program = new Command("postazioni")
  .description("What cdktf has no command for. Each is also an npm script: npm run validate -- --help")
  // An option is of the command right before it: 'lab' and 'lab up' have options of the same names.
  .enablePositionalOptions();

/** What an id of a city, or a stack's name, may look like. */
const CITY = /^[a-z][a-z0-9-]{0,62}$/;

if (COMMANDS.has(process.argv[2] ?? "")) nameCommand(process.argv[2] ?? "");
const typed = COMMANDS.get(process.argv[2] ?? "");
for (const command of typed === undefined ? COMMANDS.values() : [typed]) program.addCommand(command());

/** Their exit code 2 says that something would change, or has: of the last, that of the command that it runs. */
const TELL_CHANGES_BY_2 = ["preview", "drift", "with-login"];

/** A wrong command line is bad input in every other command; commander itself would end with 1. */
function endWithBadInput(command: Command): void {
  const code = TELL_CHANGES_BY_2.includes(command.name()) ? EXIT.failure : EXIT.badInput;
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : code));
  command.commands.forEach(endWithBadInput);
}

/** The names of a command and of those that it belongs to, and the city: it may be told who typed what, but no other argument. */
function nameOf(command: Command): string {
  const names: string[] = [];
  for (let one: Command | null = command; one !== null && one !== program; one = one.parent) names.unshift(one.name());
  const city = command.registeredArguments[0]?.name() === "city" ? command.args[0] : undefined;
  return [...names, ...(city !== undefined && CITY.test(city) ? [city] : [])].join(" ");
}

watchOutput();
endWithBadInput(program);
program.hook("preAction", (_program, command) => {
  nameCommand(nameOf(command));
});
void program.parseAsync();
