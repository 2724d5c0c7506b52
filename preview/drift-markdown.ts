import { count } from "../environments/display";
import { text } from "../segmentation/render/markdown-text";
import type { DriftReport } from "./drift-report";
import { driftSection } from "./drift-section";
import { failureSection } from "./failure-section";
import { fitted } from "./fitted";
import { othersSection } from "./others-section";

/** The first line of a city's drift report, by which a later one finds and replaces it. */
export function driftMarker(city: string): string {
  return `<!-- postazioni drift of ${city} -->`;
}

/** The drift of a city, for an issue or a job's summary. @returns at most `MOST_CHARACTERS` */
export function driftMarkdown({ city, stacks }: Pick<DriftReport, "city" | "stacks">, cityName: string): string {
  const heading = `## ${text(cityName)}: ${driftHeadline(stacks)}`;
  return fitted([driftMarker(city), heading, failureSection(stacks)], [driftSection(stacks), othersSection(stacks)]);
}

/** The drift in a line: `3 resources changed outside Terraform; 1 stack could not be planned`. */
export function driftHeadline(stacks: DriftReport["stacks"]): string {
  const drifted = stacks.reduce((sum, { drift }) => sum + drift.length, 0);
  const failed = stacks.filter(({ failure }) => failure !== null).length;
  const changed = drifted === 0 ? [] : [`${count(drifted, "resource")} changed outside Terraform`];
  const unplanned = failed === 0 ? [] : [`${count(failed, "stack")} could not be planned`];
  const parts = [...changed, ...unplanned];
  if (stacks.length === 0) return "nothing was planned";
  return parts.length === 0 ? "nothing was changed outside Terraform" : parts.join("; ");
}
