import type { DeployedCity } from "../../environments/model/city";
import type { Monitoring } from "../../environments/model/monitoring";
import type { Language } from "../../words/language";
import { WORDS } from "../../words/catalogue";
import type { Alert } from "./alert";
import { alertsOf } from "./alerts";
import { recordingsOf } from "./recordings";

/** An alert as Prometheus fires it, with its labels and annotations. */
export interface OwnedAlert extends Alert {
  /** Name of the owner that the file names for its topic. */
  readonly owner: string;
  /** URL of its runbook. */
  readonly runbookUrl: string;
  /** One line, in which Prometheus fills in {{ $labels.… }} and {{ $value }}. */
  readonly summary: string;
}

/** A city's alerts with owner, severity as the file has it, summary and runbook. @throws Error where a topic has no owner, which the rules refuse */
export function ownedAlerts(city: DeployedCity, monitoring: Monitoring, language: Language): OwnedAlert[] {
  const summaries = WORDS[language].alerts(monitoring.thresholds);
  const severities = new Map(monitoring.severities.map(({ alert, severity }) => [alert, severity]));
  return alertsOf(city, monitoring).map((alert) => ({
    ...alert,
    severity: severities.get(alert.name) ?? alert.severity,
    owner: ownerOf(monitoring, alert),
    summary: summaries[alert.name],
    runbookUrl: `${monitoring.handbook}#${alert.runbook}`,
  }));
}

function ownerOf({ owners }: Monitoring, { topic }: Alert): string {
  const owner = owners.find(({ answers }) => answers.includes(topic));
  if (owner === undefined) throw new Error(`alerts about ${topic} have no owner`);
  return owner.name;
}

/** Prometheus' rule file: the recordings, then the alerts, each in a group. @param language of the alerts' summaries */
export function ruleFile(city: DeployedCity, monitoring: Monitoring, language: Language): object {
  return {
    groups: [
      { name: `${city.city.id}-recordings`, rules: recordingsOf(city, monitoring) },
      {
        name: `${city.city.id}-alerts`,
        rules: ownedAlerts(city, monitoring, language).map((alert) => ruleOf(city, alert)),
      },
    ],
  };
}

function ruleOf({ city }: DeployedCity, alert: OwnedAlert): object {
  const { name, expr, severity, owner, topic, summary, runbookUrl } = alert;
  return {
    alert: name,
    expr,
    for: alert.for,
    labels: { city: city.id, owner, severity, topic },
    annotations: { summary, runbook_url: runbookUrl },
  };
}
