import type { Command } from "commander";
import { deployedSeats } from "./deployed-seats";
import { deploymentReport, deploymentText } from "../../reports/deployment-report";
import { runCommand } from "../run-command";
import { namedCity } from "../named-city";
import { give, json } from "../report-files";
import { cityReport, formatOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const FORMATS = ["text", "json"] as const;

const DEPLOYMENT_HELP = `
Planned seats are those of every wave, without retired ones; released ones those of released waves. With --states
also those with a machine: DIR has a state for each stack, <stack>.tfstate. Local states are in state/, the lab's in
.lab/state/; others are pulled first, in cdktf.out/stacks/<stack>: terraform state pull > DIR/<stack>.tfstate

Exit codes: 0 done, 2 bad input, or DIR has no state of the city.`;

interface DeploymentOptions extends ReportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly states: string | undefined;
}

/** `report deployment` */
export function deploymentCommand(): Command {
  const description = "how many seats are planned, released and deployed, by directorate and work site";
  return cityReport("deployment", description, DEPLOYMENT_HELP)
    .addOption(formatOption(FORMATS))
    .option("--states <dir>", "folder of the stacks' Terraform states")
    .action((id: string, options: DeploymentOptions) =>
      runCommand(() => {
        deployment(id, options);
      }),
    );
}

function deployment(id: string, { environments, format, states, out }: DeploymentOptions): void {
  const city = namedCity(environments, id);
  const report = deploymentReport(city, states === undefined ? undefined : deployedSeats(city, states));
  give(format === "json" ? json(report) : deploymentText(report), out);
}
