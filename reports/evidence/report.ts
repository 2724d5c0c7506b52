import type { DeclaredCity } from "../../environments/model/city";
import { table, text } from "../../segmentation/render/markdown-text";
import { ABSC } from "./absc";
import type { Measure, MeasureList } from "./measure";
import { NIS2 } from "./nis2";
import { processingRecord } from "./processing";
import type { ProcessingItem } from "./processing";

/** The result of `report evidence`, and the shape of its JSON. */
export interface EvidenceReport {
  /** Name of the city. */
  readonly city: string;
  readonly asOf: string;
  readonly lists: readonly MeasureList[];
  /** Record of processing activities of the assignments; empty where nobody holds a seat by the file. */
  readonly processing: readonly ProcessingItem[];
}

/** Every list of measures. */
export const MEASURE_LISTS: readonly MeasureList[] = [ABSC, NIS2];

/** The measures that a city has to show, and what of each is here. */
export function evidenceReport(city: DeclaredCity): EvidenceReport {
  return {
    ...{ city: city.city.name, asOf: city.asOf, lists: MEASURE_LISTS },
    processing: city.assignments.length === 0 ? [] : processingRecord(city),
  };
}

/** The report as a page in Markdown. */
export function evidencePage({ city, asOf, lists, processing }: EvidenceReport): string {
  return [
    `# What a city has to show: ${text(city)}`,
    `As of ${asOf}. Each measure with what meets it here, what only the city can do, and what is missing. The table claims no ` +
      "conformity: that is the city's to declare, after it has read the source.",
    ...lists.flatMap(({ title, source, measures }) => [
      `## ${text(title)}`,
      text(source),
      table(["measure", "asks for", "here", "shown by", "the city's own", "missing here"], measures.map(row)),
    ]),
    ...processingParts(processing),
    "",
  ].join("\n\n");
}

function processingParts(processing: EvidenceReport["processing"]): string[] {
  if (processing.length === 0) return [];
  return [
    "## Record of processing activities: who holds which seat",
    text("Regulation (EU) 2016/679, article 30(1), for the file of assignments."),
    table(
      ["letter", "asks for", "here", "the city's own"],
      processing.map(({ letter, asks, here, city: own }) => [letter, asks, here, own].map(text)),
    ),
  ];
}

function row({ id, level, asks, here, city, gap, ...shown }: Measure): string[] {
  const name = level === undefined ? id : `${id} (${level})`;
  return [text(name), text(asks), text(here || "nothing"), shownText(shown), text(city), text(gap || "nothing known")];
}

function shownText({ rules = [], commands = [], tests = [] }: Pick<Measure, "rules" | "commands" | "tests">): string {
  return [
    ...rules.map((rule) => `rule \`${rule}\``),
    ...commands.map((command) => `\`${command}\``),
    ...tests.map(({ file, title }) => `\`${file}\`, "${text(title)}"`),
  ].join("; ");
}
