import { count, escaped } from "../../environments/display";
import type { DriftReport } from "../drift-report";
import { Decision } from "./decision";
import type { Verdict } from "./decision";
import { htmlDocument } from "./layout";
import { shown } from "./shown";
import { driftSections, failureSections, othersSections } from "./stacks";

const RESULTS: Readonly<Record<DriftReport["result"], Pick<Verdict, "tone" | "result">>> = {
  none: { tone: "good", result: "No drift" },
  drifted: { tone: "stop", result: "Drifted" },
  failed: { tone: "stop", result: "Not known in full" },
};

/** The drift as one self-contained HTML document. */
export function driftPage(report: Omit<DriftReport, "lookedAt">, cityName: string): string {
  const [{ asOf, result, stacks }, name] = [shown(report), escaped(cityName)];
  const verdict = { cityName: name, kind: "Drift", asOf, ...RESULTS[result], headline: headline(stacks) };
  return htmlDocument({
    title: `${name}: drift`,
    decision: <Decision {...verdict} />,
    sections: [
      ...failureSections(stacks, "What was changed of these stacks is not known."),
      ...driftSections(stacks),
      ...othersSections(stacks),
    ],
    footer: "Names of resources and attributes; no value of a resource, and so no secret.",
  });
}

function headline(stacks: DriftReport["stacks"]): string {
  const failed = stacks.filter(({ failure }) => failure !== null).length;
  const drifted = stacks.reduce((sum, { drift }) => sum + drift.length, 0);
  return [
    `${count(drifted, "resource")} of ${count(stacks.length, "stack")} changed outside Terraform`,
    ...(failed === 0 ? [] : [`${count(failed, "stack")} could not be asked`]),
  ].join("; ");
}
