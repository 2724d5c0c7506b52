import type { Command } from "commander";
import { monitoringFiles } from "../../reports/monitoring/files";
import { monitoringOf } from "../metrics/monitoring-of";
import { deployedCity } from "../named-city";
import type { Language } from "../../words/language";
import { folderReport } from "./folder-report";
import { languageOption } from "./report-options";

const MONITORING_HELP = `
prometheus.yml, rules.yml (recordings and alerts), targets/ (seats by pool, gateways), alertmanager.yml (routes by the file's owners) and
dashboards/ for Grafana, from the file's "monitoring"; summaries of alerts in Italian, or with --lang en in English. Either all are written or none. Then: promtool check config prometheus.yml,
amtool check-config alertmanager.yml. A token that reads Vault's metrics goes into the file vault-token beside them, and nowhere else.`;

/** `report monitoring` */
export function monitoringCommand(): Command {
  return folderReport<{ readonly lang: Language }>({
    name: "monitoring",
    description: "write what Prometheus, Alertmanager and Grafana are given",
    help: MONITORING_HELP,
    files: (environments, id, { lang }) => {
      const city = deployedCity(environments, id);
      return monitoringFiles(city, monitoringOf(city), lang);
    },
  }).addOption(languageOption());
}
