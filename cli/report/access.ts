import type { Command } from "commander";
import { stringify } from "csv-stringify/sync";
import type { Path } from "../../environments/path";
import { InputError } from "../../runtime/errors";
import { readableFinding } from "../../environments/secrets/secret-places";
import { runCommand } from "../run-command";
import { deployedFile } from "../named-city";
import { declaredVault } from "../vault-client";
import { accessReport, accessText, readersText } from "../../reports/access-report";
import type { AccessReport } from "../../reports/access-report";
import { give, json } from "../report-files";
import { cityReport, formatOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const FORMATS = ["text", "json", "csv"] as const;

const ACCESS_HELP = `
Formats: text, each identity's rules and their reasons; json, also the matrix of all identities and paths; csv, that
matrix, a row for each identity and path. With --secret only who reads that secret: yes, wrapped or no. The answers are
computed from Vault's policies without a server; a test asks a real one for each cell.

JSON: city, identities: [{id, policy, line, rules: [{path, capabilities, why, lines, minWrappingSeconds, ...}]}], cells:
[{identity, path, capabilities}], held: {mustRead, mustNotRead: [{who, secret}]}, support: [{name, group, duty, line, grants:
[{place, on, tasks, privileges}]}], entitled: [{pool, group, line, assigned}].

Exit codes: 0 done, 2 bad input.`;

interface AccessOptions extends ReportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly secret?: string;
}

/** `report access` */
export function accessCommand(): Command {
  return cityReport(
    "access",
    "who may read and do what in Vault, and why; support roles in vCenter; who may use which pool",
    ACCESS_HELP,
  )
    .addOption(formatOption(FORMATS))
    .option("--secret <secret>", "only who reads it, such as pools/anagrafe/domain-join")
    .action((id: string, options: AccessOptions) =>
      runCommand(() => {
        access(id, options);
      }),
    );
}

function access(id: string, { environments, format, secret, out }: AccessOptions): void {
  const { deployed: city, declared, placeOf } = deployedFile(environments, id);
  const lineOf = (path: Path): number => placeOf(path).line;
  if (secret === undefined) {
    give(shown(accessReport(city, declared, lineOf), format), out);
    return;
  }
  declaredVault(city);
  const finding = readableFinding(city, secret);
  if (finding !== undefined)
    throw new InputError(`--secret: ${finding.message}; allowed: ${finding.allowed}; ${finding.repair}`);
  give(readersText(city, secret, lineOf), out);
}

function shown(report: AccessReport, format: AccessOptions["format"]): string {
  if (format === "json") return json(report);
  if (format === "text") return accessText(report);
  const rows = report.cells.map(({ identity, path, capabilities }) => [identity, path, capabilities.join(" ")]);
  return stringify([["identity", "path", "capabilities"], ...rows], {
    record_delimiter: "windows",
    escape_formulas: true,
  });
}
