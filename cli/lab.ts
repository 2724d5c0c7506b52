import { Command, InvalidArgumentError } from "commander";
import { supervise } from "../lab/supervisor";
import { AUTO } from "../lab/tools/provider-choice";
import { environmentsOption } from "./city-command";
import { clean, deploy, destroy, down, plan, printEnvironment, runWhole, status, up } from "./lab-actions";
import type { UpOptions } from "./lab-actions";
import { runCommand } from "./run-command";

const HIGHEST_PORT = 65_535;

const ABOUT = [
  "Deploys cities with the real cdktf, Terraform and providers against a simulated vCenter each and a Vault-compatible",
  "server, on this machine alone. Without a subcommand: installs missing tools, deploys every city, plans again and",
  "expects no change, shows the result, and stops.",
].join(" ");

const EXIT_CODES = `
Exit codes: 0 done, 1 failed, 2 bad input, 130 ended by Ctrl-C.
Everything is kept below .lab/ and reused; 'clean' removes it. Logs: .lab/run/logs`;

/** `lab` and its subcommands. */
export function labCommand(): Command {
  const command = new Command("lab").description(ABOUT).addHelpText("after", EXIT_CODES);
  withUpOptions(command).action((options: UpOptions) => runCommand((signal) => runWhole(options, signal)));
  addLifeCycle(command);
  addWork(command);
  return command;
}

function addLifeCycle(lab: Command): void {
  // `lab` and its subcommands have options of the same names: an option after a subcommand belongs to that.
  lab.enablePositionalOptions();
  withUpOptions(lab.command("up"))
    .description("start a lab that stays up")
    .action((options: UpOptions) => runCommand((signal) => up(options, signal)));
  lab
    .command("status")
    .description("show servers, deployed stacks and their resources")
    .action(() => runCommand(status));
  lab
    .command("down")
    .description("stop the lab")
    .action(() => runCommand(down));
  lab
    .command("clean")
    .description("remove .lab, and the tools that were built there")
    .action(() => runCommand(clean));
  lab.command("supervise", { hidden: true }).action(supervise);
}

function addWork(lab: Command): void {
  const target = "a city's id, for all its stacks, or a stack's name";
  lab
    .command("deploy")
    .description("cdktf deploy")
    .argument("<city>", target)
    .action((city: string) => runCommand((signal) => deploy(city, signal)));
  lab
    .command("plan")
    .description("synthesize, then terraform plan in every stack")
    .argument("<city>", target)
    .action((city: string) => runCommand((signal) => plan(city, signal)));
  lab
    .command("destroy")
    .description("cdktf destroy")
    .argument("<city>", target)
    .action((city: string) => runCommand((signal) => destroy(city, signal)));
  lab
    .command("env")
    .description(`variables for your own tools, with credentials: eval "$(npm run -s lab -- env)"`)
    .argument("[city]", "whose vCenter GOVC_URL names; by default the first city's")
    .action((city: string | undefined) => runCommand(() => printEnvironment(city)));
}

function withUpOptions(command: Command): Command {
  return withToolOptions(command.addOption(environmentsOption())).option(
    "--vault-port <port>",
    "port of the Vault-compatible server, 0 for a free one",
    portNumber,
    0,
  );
}

/** Adds the options that choose Terraform, the providers and the number of seats. */
export function withToolOptions(command: Command): Command {
  return command
    .option(
      "--providers <source>",
      "auto (the registry where it answers, otherwise built), built (from Go modules), registry, or a filesystem mirror's folder",
      AUTO,
    )
    .option("--terraform <path>", "Terraform or OpenTofu 1.11 or later; by default from PATH, else OpenTofu is built")
    .option("--seats <number>", "maximum number of seats deployed in a pool, 0 for all", wholeNumber, 2);
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > HIGHEST_PORT) throw new InvalidArgumentError(`A port is at most ${String(HIGHEST_PORT)}.`);
  return port;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError("A whole number is needed.");
  return Number(text);
}
