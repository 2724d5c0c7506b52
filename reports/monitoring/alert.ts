import type { AlertName, Severity, Topic } from "../../environments/model/monitoring";

/** Runbooks of the handbook, by their anchors on its page. */
export const RUNBOOKS = [
  ...["seat-does-not-start", "seat-lost-with-host", "datastore-full", "certificate-expired", "join-fails"],
  ...["wrong-flow", "stolen-machine", "vault-sealed", "drift", "secret-not-right", "monitoring-silent"],
] as const satisfies readonly string[];

/** @see RUNBOOKS */
export type Runbook = (typeof RUNBOOKS)[number];

/** An alert before the file says who answers it. */
export interface Alert {
  readonly name: AlertName;
  readonly topic: Topic;
  readonly severity: Severity;
  readonly runbook: Runbook;
  /** PromQL; each series that it returns is one alert, and none is of a single machine but a gateway. */
  readonly expr: string;
  /** How long it must hold, such as `5m`. */
  readonly for: string;
}

/** A recording rule. */
export interface Recording {
  /** Name of the recorded series. */
  readonly record: string;
  readonly expr: string;
}
