import { Command } from "commander";
import { EXIT } from "../runtime/exit-code";
import { nameCommand } from "../runtime/failure";
import { IS_CHECKOUT, VERSION } from "../runtime/paths";
import { COMMAND_NAMES } from "./command-names";
import type { CommandName } from "./command-names";

/** A command; `programOf` is for one that tells of all commands. */
type Load = (all: typeof programOf) => Promise<Command>;

/** The commands of a city. Each is loaded only when it is called: loading all takes half a second. */
const COMMANDS: Readonly<Record<CommandName, Load>> = {
  init: async () => (await import("./init")).initCommand(),
  validate: async () => (await import("./validate")).validateCommand(),
  add: async () => (await import("./add")).addCommand(),
  explain: async () => (await import("./explain")).explainCommand(),
  fmt: async () => (await import("./fmt")).fmtCommand(),
  migrate: async () => (await import("./migrate")).migrateCommand(),
  lab: async () => (await import("./lab")).labCommand(),
  doctor: async () => (await import("./doctor")).doctorCommand(),
  preflight: async () => (await import("./preflight")).preflightCommand(),
  preview: async () => (await import("./preview")).previewCommand(),
  drift: async () => (await import("./drift")).driftCommand(),
  deploy: async () => (await import("./deploy")).deployCommand(),
  apply: async () => (await import("./apply")).applyCommand(),
  gateways: async () => (await import("./gateways")).gatewaysCommand(),
  pipeline: async () => (await import("./pipeline")).pipelineCommand(),
  rehearse: async () => (await import("./rehearse")).rehearseCommand(),
  report: async () => (await import("./report")).reportCommand(),
  proof: async () => (await import("./proof")).proofCommand(),
  metrics: async () => (await import("./metrics")).metricsCommand(),
  clones: async () => (await import("./clones")).clonesCommand(),
  recover: async () => (await import("./recover")).recoverCommand(),
  power: async () => (await import("./power")).powerCommand(),
  seats: async () => (await import("./seats")).seatsCommand(),
  refresh: async () => (await import("./refresh")).refreshCommand(),
  computers: async () => (await import("./computers")).computersCommand(),
  secrets: async () => (await import("./secrets")).secretsCommand(),
  completion: async (all) => (await import("./completion")).completionCommand(all),
};

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
export async function programOf(typed = ""): Promise<Command> {
  const program = new Command("postazioni")
    .description("Commands that cdktf does not have. Each is also an npm script: npm run validate -- --help")
    .version(VERSION)
    // An option belongs to the command right before it: 'lab' and 'lab up' have options of the same names.
    .enablePositionalOptions();
  const commands = new Map<string, Load>([
    ...COMMAND_NAMES.map((name) => [name, COMMANDS[name]] as const),
    ...(IS_CHECKOUT ? (await import("./developer-commands")).DEVELOPER_COMMANDS : []),
  ]);
  const called = commands.get(typed);
  if (called !== undefined) nameCommand(typed);
  for (const command of called === undefined ? commands.values() : [called])
    program.addCommand(await command(programOf));
  endWithBadInput(program);
  return program.hook("preAction", (_program, command) => {
    nameCommand(nameOf(command));
  });
}
