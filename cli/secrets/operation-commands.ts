import type { Command } from "commander";
import { escaped } from "../../environments/display";
import type { Outcome, Status } from "../../secrets/vault-access";
import { cityCommand } from "../city-command";
import type { CityOptions } from "../city-command";
import { EXIT } from "../exit-code";
import { runCommand } from "../run-command";
import { cityOfVault } from "../login-hosts";
import { askingVault } from "../vault-client";
import { initialize, rotate, status } from "./operation";

const LOGIN = `
Reads VAULT_TOKEN, and VAULT_ADDR where Vault is reached by another name than the file's. CI's role secrets is enough for it.`;

const INIT_HELP = `
After <city>-secrets is deployed: hands the directory's manager over to Vault, which changes his password at once; puts the
accounts of secrets.accounts in place, each with a password that Vault makes; makes the values of secrets.values. Nothing is
ever printed or overwritten, and what is there is left alone: it can be repeated. The manager's password is read from
POSTAZIONI_MANAGER_PASSWORD, the first time only.
${LOGIN}

Exit codes: 0 all is in place, 1 something failed, 2 bad input, 130 ended by Ctrl-C.`;

const STATUS_HELP = `
States: right; missing; different (not as the file has it: run secrets init; an account's login and place cannot be changed, it
gets another name in the file; an authority not under its root); old (its owner should renew it); deleted (its owner took it out); unrotated (Vault should have
changed it and could not: run secrets init); surplus (not in the file any more: once nobody needs its password, an
administrator of Vault deletes <city>/directory/static-role/<name>). An audit log that is missing is no city's: whoever runs the
server declares a device in its configuration.
${LOGIN}

Exit codes: 0 all is right, 1 something is not, 2 bad input.`;

const ROTATE_HELP = `
Without a name all accounts of secrets.accounts. The old password does not bind any more; desktops read the new one when they
next join.
${LOGIN}

Exit codes: 0 done, 1 one failed, 2 bad input, 130 ended by Ctrl-C.`;

/** `secrets init CITY` */
export function initCommand(): Command {
  return cityCommand("init", "Put accounts and first values in place that Vault does not have yet", INIT_HELP)
    .option("--manager", "hand the directory's manager over again, where Vault's login of his is refused", false)
    .action((id: string, { environments, manager }: CityOptions & { readonly manager: boolean }) =>
      runCommand(async (signal) => {
        const city = cityOfVault(environments, id);
        tell(await askingVault(city, () => initialize(city, manager, signal)));
      }),
    );
}

/** `secrets status CITY` */
export function statusCommand(): Command {
  return cityCommand("status", "Say what is missing, old or not rotated", STATUS_HELP).action(
    (id: string, { environments }: CityOptions) =>
      runCommand(async (signal) => {
        const city = cityOfVault(environments, id);
        const things = await askingVault(city, () => status(city, signal));
        for (const thing of things) console.log(statusLine(thing));
        if (things.some(({ state }) => state !== "right")) process.exitCode = EXIT.failure;
      }),
  );
}

/** `secrets rotate CITY [ACCOUNT...]` */
export function rotateCommand(): Command {
  return cityCommand("rotate", "Give accounts another password now", ROTATE_HELP)
    .argument("[account...]", "names of accounts; by default all")
    .action((id: string, names: string[], { environments }: CityOptions) =>
      runCommand(async (signal) => {
        const city = cityOfVault(environments, id);
        tell(await askingVault(city, () => rotate(city, names, signal)));
      }),
    );
}

function tell(outcomes: readonly Outcome[]): void {
  for (const { what, result, reason } of outcomes) {
    console.log(`${escaped(what)}: ${result}${reason === "" ? "" : `: ${escaped(reason)}`}`);
  }
  if (outcomes.some(({ result }) => result === "failed")) process.exitCode = EXIT.failure;
}

function statusLine({ what, state, since, until }: Status): string {
  const times = [...(since === "" ? [] : [`since ${since}`]), ...(until === undefined ? [] : [`until ${until}`])];
  return [`${escaped(what)}: ${state}`, ...times].join(", ");
}
