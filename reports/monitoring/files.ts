import { stringify } from "yaml";
import type { DeployedCity } from "../../environments/model/city";
import type { Monitoring } from "../../environments/model/monitoring";
import type { Language } from "../../words/language";
import { alertmanagerConfig } from "./alertmanager";
import { dashboard } from "./board";
import { boardsOf } from "./boards";
import { prometheusConfig } from "./prometheus";
import { ruleFile } from "./rules";
import { accessTargets, gatewayTargets, seatTargets } from "./targets";

/**
 * Everything that Prometheus, Alertmanager and Grafana are given for a city: texts by their paths.
 * @param language of the alerts' summaries, which people are called with
 */
export function monitoringFiles(city: DeployedCity, monitoring: Monitoring, language: Language): Map<string, string> {
  const seats = [...seatTargets(city, monitoring)].map(([pool, groups]): [string, string] => [
    `targets/seats-${pool}.json`,
    json(groups),
  ]);
  const further = { gateways: gatewayTargets(city, monitoring), access: accessTargets(city) };
  return new Map([
    ["prometheus.yml", yaml(prometheusConfig(city, monitoring))],
    ["rules.yml", yaml(ruleFile(city, monitoring, language))],
    ["alertmanager.yml", yaml(alertmanagerConfig(monitoring))],
    ...seats,
    ...boardsOf(city).map((board) => [`dashboards/${board.id}.json`, json(dashboard(city.city.id, board))] as const),
    ...Object.entries(further).flatMap(([name, groups]): [string, string][] =>
      groups.length === 0 ? [] : [[`targets/${name}.json`, json(groups)]],
    ),
  ]);
}

function yaml(value: object): string {
  return `# Written from the city's file by npm run report -- monitoring: what is changed here is lost.\n${stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
