import type { Command } from "commander";
import { monitoringFiles } from "../../reports/monitoring/files";
import { cityCommand } from "../city-command";
import type { CityOptions } from "../city-command";
import { monitoringOf } from "../metrics/monitoring-of";
import { deployedFile } from "../named-city";
import { runCommand } from "../run-command";
import { writeFolder } from "./folder-files";

const MONITORING_HELP = `
prometheus.yml, rules.yml (recordings and alerts), targets/ (seats by pool, gateways), alertmanager.yml (routes by the file's owners) and
dashboards/ for Grafana, from the file's "monitoring". Either all are written or none. Then: promtool check config prometheus.yml,
amtool check-config alertmanager.yml. A token that reads Vault's metrics goes into the file vault-token beside them, and nowhere else.

Exit codes: 0 done, 1 a file could not be written, 2 bad input, or a file exists that this command did not write.`;

interface MonitoringOptions extends CityOptions {
  readonly out: string;
  readonly force: boolean;
}

/** `report monitoring` */
export function monitoringCommand(): Command {
  return cityCommand("monitoring", "write what Prometheus, Alertmanager and Grafana are given", MONITORING_HELP)
    .requiredOption("--out <dir>", "folder to write to")
    .option("--force", "overwrite existing files", false)
    .action((id: string, options: MonitoringOptions) =>
      runCommand(() => {
        monitoring(id, options);
      }),
    );
}

function monitoring(id: string, { environments, out, force }: MonitoringOptions): void {
  const { deployed } = deployedFile(environments, id);
  for (const path of writeFolder(out, monitoringFiles(deployed, monitoringOf(deployed)), force)) console.log(path);
}
