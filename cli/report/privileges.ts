import { Option } from "commander";
import type { Command } from "commander";
import { LOGINS } from "../../access/vsphere/privilege";
import type { Login } from "../../access/vsphere/privilege";
import type { Path } from "../../environments/path";
import { InputError } from "../../runtime/errors";
import { runCommand } from "../run-command";
import { deployedFile } from "../named-city";
import { privilegesReport, privilegesText } from "../../reports/privileges-report";
import { give, json } from "../report-files";
import { cityReport, formatOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const FORMATS = ["text", "json"] as const;

const PRIVILEGES_HELP = `
The vSphere privileges that a login needs to deploy, change and destroy each kind of stack, and no more; and those that "secrets
first" needs. A test in the lab removes each one. In the text, each login begins with the command that creates a role with its
privileges. Grant permissions on the vCenter's root, with propagation; but that of first-secrets only on the folders of directorates,
and of pools without one, since a gateway's guestinfo decides what it runs.

Then the file's support roles: who, on which objects, which privileges, for which tasks. The deployment makes these roles and
permissions; without --login only.

JSON: city, logins: [{login, privileges: [{id, why}]}], support: [{name, group, duty, line, grants: [{role, stack, place, on, tasks,
privileges: [{id, why}]}]}].

Exit codes: 0 done, 2 bad input.`;

interface PrivilegesOptions extends ReportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly login?: Login;
}

/** `report privileges` */
export function privilegesCommand(): Command {
  return cityReport(
    "privileges",
    "the vSphere privileges that each login needs and each support role holds, and why",
    PRIVILEGES_HELP,
  )
    .addOption(formatOption(FORMATS))
    .addOption(new Option("--login <login>", "only this login, without the support roles").choices(LOGINS))
    .action((id: string, options: PrivilegesOptions) =>
      runCommand(() => {
        privileges(id, options);
      }),
    );
}

function privileges(id: string, { environments, format, login, out }: PrivilegesOptions): void {
  const { deployed, placeOf } = deployedFile(environments, id);
  const report = privilegesReport(deployed, (path: Path) => placeOf(path).line, login);
  if (report.logins.length === 0) throw new InputError(`--login: ${id} has nothing to do for ${login ?? "any"}`);
  give(format === "json" ? json(report) : privilegesText(report), out);
}
