import { Option } from "commander";
import type { Command } from "commander";
import { disableAccounts, removeAccounts, surplusAccounts } from "../directory/computer-accounts";
import type { AccountOutcome, SurplusAccount } from "../directory/computer-accounts";
import { DirectoryClient } from "../directory/directory-client";
import { domainPlan } from "../directory/domain-plan";
import type { DomainPlan } from "../directory/domain-plan";
import { administratorStates } from "../directory/local-administrators";
import type { AdministratorState } from "../directory/local-administrators";
import { count, escaped } from "../environments/display";
import { InputError } from "../runtime/errors";
import { EXIT } from "../runtime/exit-code";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { directoryLogin } from "./directory-login";
import { fileToLogIn } from "./login-hosts";
import { runCommand } from "./run-command";

const COMPUTERS_HELP = `
Lists the computers in the pools' organizational units whose seat has no machine any more: retired ones, those of decommissioned
pools, and those of an emergency that is over. Other computers are not looked at: a name that is no seat's of this city, or a unit
that no pool has. Run it after the deployment that removed the machines. A replaced machine joins with its seat's account again.

  --disable  takes away their logins and their records in the directory's DNS; an account can be enabled again by hand
  --remove   removes those that are disabled already, with their records

Where the file has secrets.directory.localAdministrators it also lists desktops that joined and whose local administrator has no
password there, or one that should have been rotated: the group policy does not reach them, or they are switched off. No password is
read.

The login is in LDAP_BIND_DN and LDAP_BIND_PASSWORD: one that may change and delete computers in the units, and records in the
domain's zone. NODE_EXTRA_CA_CERTS names the file of your own authority.

Exit codes: 0 done, 1 an account could not be changed, 2 bad input.`;

interface ComputersOptions extends CityOptions {
  readonly disable?: true;
  readonly remove?: true;
}

/** `computers CITY`: the computer accounts of seats without a machine. */
export function computersCommand(): Command {
  const description = "List, disable or remove the computer accounts of seats that have no machine any more";
  return cityCommand("computers", description, COMPUTERS_HELP)
    .addOption(new Option("--disable", "take away their logins and DNS records").conflicts("remove"))
    .option("--remove", "remove those that are disabled already")
    .action((id: string, options: ComputersOptions) => runCommand((signal) => computers(id, options, signal)));
}

async function computers(id: string, options: ComputersOptions, signal: AbortSignal): Promise<void> {
  const { deployed: city } = fileToLogIn(options.environments, id, { directory: undefined });
  const { directory } = city.secrets;
  const plan = domainPlan(city);
  if (directory?.userDomain === undefined || plan.units.length === 0) {
    throw new InputError(
      `no computers of ${id} are known: its file has secrets.directory.userDomain and pools' organizationalUnit`,
    );
  }
  const login = directoryLogin();
  if (login === undefined) throw new InputError("not set: LDAP_BIND_DN, LDAP_BIND_PASSWORD");
  await DirectoryClient.within(directory.url, login, async (client) => {
    const accounts = await surplusAccounts(plan, client);
    if (options.disable) tell(await disableAccounts(accounts, client, signal));
    else if (options.remove) tell(await removeAccounts(accounts, client, signal));
    else {
      const states = await administratorStates(plan, client, new Date());
      for (const line of [...listing(accounts), ...administratorListing(plan, states)]) console.log(line);
    }
  });
}

function listing(accounts: readonly SurplusAccount[]): string[] {
  return [
    `${count(accounts.length, "account")} of seats without a machine`,
    ...accounts.map(({ seat, dn, enabled, records }) => {
      const state = enabled ? "enabled" : "disabled";
      return `${seat}: ${state}, ${count(records.length, "DNS record")}: ${escaped(dn)}`;
    }),
  ];
}

function administratorListing({ administrators }: DomainPlan, states: readonly AdministratorState[]): string[] {
  if (administrators.size === 0) return [];
  return [
    `${count(states.length, "local administrator")} without a password of this period in the directory`,
    ...states.map(({ seat, due }) => `${seat}: ${due === undefined ? "none" : `due since ${isoDay(due)}`}`),
  ];
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, "2026-12-31".length);
}

function tell(outcomes: readonly AccountOutcome[]): void {
  console.log(`${count(outcomes.length, "account")} of seats without a machine`);
  for (const { seat, result, reason } of outcomes) {
    const text = result === "enabled" ? "still enabled, and left: disable it first" : result;
    console.log(`${seat}: ${text}${reason === "" ? "" : `: ${escaped(reason)}`}`);
  }
  if (outcomes.some(({ result }) => result === "failed")) process.exitCode = EXIT.failure;
}
