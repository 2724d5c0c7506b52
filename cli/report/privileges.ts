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
The privileges of vSphere that a login needs for each kind of stack: to make it, to follow a change of the city's file and to
destroy it, and no more; and those that "secrets first" needs. A test in the lab takes each away. Text begins each login with
the command that makes a role of its privileges. Permissions go on the vCenter's root, with propagation; that of first-secrets on
the directorates' folders alone, since whoever writes the gateways' guestinfo says what they run.

JSON: city, logins: [{login, privileges: [{id, why}]}].

Exit codes: 0 done, 2 bad input.`;

interface PrivilegesOptions extends ReportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly login?: Login;
}

/** `report privileges` */
export function privilegesCommand(): Command {
  return cityReport("privileges", "what each login must be permitted in vSphere, and why", PRIVILEGES_HELP)
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
