import { escaped } from "../../environments/display";
import type { PreviewReport } from "../report";
import { Decision, gateSection, verdictOf } from "./decision";
import { capacitySections } from "./capacity";
import { accessSections, costSections, destinationSections, imageSections } from "./file-sections";
import { htmlDocument } from "./layout";
import type { Section } from "./layout";
import { networkSections } from "./network";
import { seatSections } from "./seats";
import { shown } from "./shown";
import { driftSections, failureSections, resourceSections, unplannedSections } from "./stacks";

/** A page's input besides the report. */
export interface PageOptions {
  /** Name of the city. */
  readonly cityName: string;
  /** The diagram of `networkPicture`; null for none. */
  readonly diagram: string | null;
}

/** A preview as one self-contained HTML document: the decision first, details folded. */
export function page(report: PreviewReport, { cityName, diagram }: PageOptions): string {
  const [visible, name] = [shown(report), escaped(cityName)];
  return htmlDocument({
    title: `${name}: preview`,
    decision: <Decision {...verdictOf(visible, name)} />,
    sections: sectionsOf(visible, diagram),
    footer: "Names of seats, attributes, flows and paths; no value of a resource, and so no secret.",
  });
}

function sectionsOf(report: PreviewReport, diagram: string | null): Section[] {
  const { file, stacks } = report;
  return [
    ...(file === null ? [] : destinationSections(file)),
    gateSection(report),
    ...failureSections(stacks, "What these stacks would change is not known."),
    ...seatSections(report),
    ...(file === null
      ? []
      : [
          ...imageSections(file),
          ...networkSections(file, diagram),
          ...accessSections(file),
          ...capacitySections(file),
          ...costSections(file),
        ]),
    ...driftSections(stacks),
    ...unplannedSections(report),
    ...resourceSections(report),
  ];
}
