import { Option } from "commander";
import type { Command } from "commander";
import { LOGINS } from "../../access/vsphere/privilege";
import type { Login } from "../../access/vsphere/privilege";
import { count } from "../../environments/display";
import { cityPrivileges } from "../../environments/vsphere/privileges";
import type { LoginPrivileges } from "../../environments/vsphere/privileges";
import { InputError } from "../../runtime/errors";
import { runCommand } from "../run-command";
import { deployedCity } from "../named-city";
import { columns } from "../../reports/columns";
import { give, json } from "../report-files";
import { cityReport, formatOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const FORMATS = ["text", "json"] as const;

const PRIVILEGES_HELP = `
The vSphere privileges that a login needs to deploy, change and destroy each kind of stack, and no more; and those that "secrets
first" needs. A test in the lab removes each one. In the text, each login begins with the command that creates a role with its
privileges. Grant permissions on the vCenter's root, with propagation; but that of first-secrets only on the directorates' folders,
since a gateway's guestinfo decides what it runs.

JSON: city, logins: [{login, privileges: [{id, why}]}].

Exit codes: 0 done, 2 bad input.`;

interface PrivilegesOptions extends ReportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly login?: Login;
}

/** `report privileges` */
export function privilegesCommand(): Command {
  return cityReport("privileges", "the vSphere privileges that each login needs, and why", PRIVILEGES_HELP)
    .addOption(formatOption(FORMATS))
    .addOption(new Option("--login <login>", "only this one").choices(LOGINS))
    .action((id: string, options: PrivilegesOptions) =>
      runCommand(() => {
        privileges(id, options);
      }),
    );
}

function privileges(id: string, { environments, format, login, out }: PrivilegesOptions): void {
  const city = deployedCity(environments, id);
  const logins = cityPrivileges(city).filter((each) => login === undefined || each.login === login);
  if (logins.length === 0) throw new InputError(`--login: ${id} has nothing to do for ${login ?? "any"}`);
  const report = { city: id, logins };
  give(format === "json" ? json(report) : privilegesText(report), out);
}

/** The report in lines. */
export function privilegesText(report: { readonly city: string; readonly logins: readonly LoginPrivileges[] }): string {
  const parts = report.logins.map(({ login, privileges }) => [
    `${report.city}-${login}: ${count(privileges.length, "privilege")}`,
    `  govc role.create ${report.city}-${login} ${privileges.map(({ id }) => id).join(" ")}`,
    ...columns(privileges.map(({ id, why }) => [`  ${id}`, why])),
    "",
  ]);
  return parts.flat().join("\n");
}
