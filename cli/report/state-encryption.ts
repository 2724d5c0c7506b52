import type { Command } from "commander";
import { Option } from "commander";
import { runCommand } from "../run-command";
import { deployedCity } from "../named-city";
import { ENCRYPTION_STEPS, stateEncryption } from "../../reports/state-encryption-report";
import type { EncryptionStep } from "../../reports/state-encryption-report";
import { give } from "../report-files";
import { cityReport } from "./report-options";
import type { ReportOptions } from "./report-options";

const STATE_ENCRYPTION_HELP = `
For OpenTofu, which encrypts states and plans; HashiCorp's Terraform does not:

  export TF_ENCRYPTION=$(npm run -s report -- state-encryption CITY)

hold: only encrypted states are read. begin: plain ones are read too, and written encrypted. end: encrypted ones are read too, and
written plain.
Vault's login comes from VAULT_TOKEN or BAO_TOKEN. No secret is in the text.

Exit codes: 0 done, 2 bad input, also of a city without secrets.stateKey.`;

interface StateEncryptionOptions extends ReportOptions {
  readonly step: EncryptionStep;
}

/** `report state-encryption` */
export function stateEncryptionCommand(): Command {
  const step = new Option("--step <step>", "which states are read").choices(ENCRYPTION_STEPS).default("hold");
  return cityReport(
    "state-encryption",
    "the setting with which OpenTofu encrypts a city's states, with its key in Vault",
    STATE_ENCRYPTION_HELP,
  )
    .addOption(step)
    .action((id: string, options: StateEncryptionOptions) =>
      runCommand(() => {
        give(stateEncryption(deployedCity(options.environments, id), options.step), options.out);
      }),
    );
}
