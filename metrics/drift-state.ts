import type { DriftReport } from "../preview/drift-report";
import { single } from "./exposition";
import type { Metric } from "./exposition";

/** A look for drift: how many resources have drifted, and when it was. One that failed has no time, so that it counts as none. @param now seconds since 1970 */
export function driftMetrics({ result, stacks }: Pick<DriftReport, "result" | "stacks">, now: number): Metric[] {
  const drifted = stacks.reduce((sum, { drift }) => sum + drift.length, 0);
  return [
    single("postazioni_drift_resources", "Resources that were changed outside Terraform.", drifted),
    ...(result === "failed"
      ? []
      : [single("postazioni_drift_checked_timestamp_seconds", "When drift was looked for last.", now)]),
  ];
}
