import type { Command } from "commander";
import { escaped } from "../../environments/display";
import { writeTextfile } from "../metrics/textfile";
import { secretsMetrics } from "../../metrics/secrets-state";
import type { Outcome, Status } from "../../secrets/vault-access";
import { cityCommand } from "../city-command";
import type { CityOptions } from "../city-command";
import { EXIT } from "../../runtime/exit-code";
import { runCommand } from "../run-command";
import { cityOfVault } from "../login-hosts";
import { askingVault } from "../vault-client";
import { requireFiles } from "../report-files";
import { initialize, rotate, status, vaultReadings } from "./operation";

const LOGIN = `
Reads VAULT_TOKEN, and VAULT_ADDR where Vault has another address than in the file. CI's role secrets is enough.`;

const INIT_HELP = `
After the deployment of <city>-secrets: gives Vault the login of the directory's manager, whose password Vault rotates at once;
creates the accounts of secrets.accounts, each with a password that Vault generates; generates the values of secrets.values. No
value is printed or overwritten, and what exists is left alone: the command can be repeated. The manager's password is read from
POSTAZIONI_MANAGER_PASSWORD, the first time only.
${LOGIN}

Exit codes: 0 all is in place, 1 something failed, 2 bad input, 130 ended by Ctrl-C.`;

const STATUS_HELP = `
States: right; missing; different (not as declared: run secrets init; an account's login and DN cannot be changed, so give it
another name in the file; or an authority with another root); old (its owner should renew it); deleted (its owner deleted it);
unrotated (Vault could not rotate it in time: run secrets init); surplus (no longer declared: once nobody needs its password, an
administrator of Vault deletes <city>/directory/static-role/<name>). A missing audit log concerns the server, not a city: its
administrator declares an audit device in the server's configuration. With --metrics also in Prometheus' text format: numbers by kind
and state, when accounts are to be rotated, and the ends of the authority and of the token.
${LOGIN}

Exit codes: 0 all is right, 1 something is not, 2 bad input.`;

const ROTATE_HELP = `
Without a name it rotates all accounts of secrets.accounts. The old passwords are no longer valid; desktops read the new one when
they next join.
${LOGIN}

Exit codes: 0 done, 1 one failed, 2 bad input, 130 ended by Ctrl-C.`;

interface StatusOptions extends CityOptions {
  readonly metrics?: string;
}

const MS = 1000;

/** `secrets init CITY` */
export function initCommand(): Command {
  return cityCommand("init", "Create the accounts and first values that Vault does not have yet", INIT_HELP)
    .option("--manager", "write the directory manager's login again, where the directory refuses Vault's", false)
    .action((id: string, { environments, manager }: CityOptions & { readonly manager: boolean }) =>
      runCommand(async (signal) => {
        const city = cityOfVault(environments, id);
        tell(await askingVault(city, () => initialize(city, manager, signal)));
      }),
    );
}

/** `secrets status CITY` */
export function statusCommand(): Command {
  return cityCommand("status", "List what is missing, old or not rotated", STATUS_HELP)
    .option("--metrics <file>", "also write it to this file, for Prometheus")
    .action((id: string, options: StatusOptions) => runCommand((signal) => tellStatus(id, options, signal)));
}

async function tellStatus(id: string, { environments, metrics }: StatusOptions, signal: AbortSignal): Promise<void> {
  requireFiles({ "--metrics": metrics });
  const city = cityOfVault(environments, id);
  const things = await askingVault(city, () => status(city, signal));
  for (const thing of things) console.log(statusLine(thing));
  if (things.some(({ state }) => state !== "right")) process.exitCode = EXIT.failure;
  if (metrics === undefined) return;
  const readings = await askingVault(city, () => vaultReadings(city, things, signal));
  writeTextfile(metrics, secretsMetrics(readings, Date.now() / MS));
}

/** `secrets rotate CITY [ACCOUNT...]` */
export function rotateCommand(): Command {
  return cityCommand("rotate", "Rotate accounts' passwords now", ROTATE_HELP)
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
