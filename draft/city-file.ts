import { draftText } from "./document";
import type { Draft } from "./draft";
import { block, commentsOf, given, QUESTION, question, under, valuesOf } from "./entry";
import type { DraftMap, DraftNode, Origin } from "./entry";
import { citySection } from "./sections/city";
import { directoratesSection, imagesSection, poolsSection, workstationsSection } from "./sections/desktops";
import { networkSection } from "./sections/network";
import { platformSection } from "./sections/platform";

/** Characters by which a question is found again. */
const ENOUGH = 60;

/** What may follow, and has a default. */
const FOOTER = [
  question("Which repository's jobs deploy? secrets.ci lets them log in to Vault: docs/guides/ci.md."),
  question("Where are Terraform's states? By default in files beside the stacks: platform.state."),
  question("Is there a project that funds it? project has what a city publishes of it."),
];

/** A drafted file. */
export interface CityFile {
  /** Its YAML text. */
  readonly text: string;
  /** What is written, with the origin of each value. */
  readonly root: DraftMap;
  /** How many of its values are from where. */
  readonly origins: Readonly<Record<Origin, number>>;
  /** The lines with a question, each with its number. */
  readonly questions: readonly { readonly line: number; readonly text: string }[];
}

/** The file of a draft. */
export function cityFile(draft: Draft): CityFile {
  const root = sections(draft);
  const text = draftText(header(draft), root, FOOTER);
  return {
    ...{ text, root, origins: originsOf(root) },
    questions: [...commentsOf(root), ...FOOTER].flatMap((comment) => questionIn(comment, text)),
  };
}

/** How many values of a part are from where. */
export function originsOf(node: DraftNode): Record<Origin, number> {
  const values = valuesOf(node);
  const count = (origin: Origin): number => values.filter((one) => one.origin === origin).length;
  return { found: count("found"), given: count("given"), asked: count("asked"), assumed: count("assumed") };
}

/** A question in a comment of a file's text and its line, on which a long one only begins; none for another comment. */
export function questionIn(comment: string, text: string): CityFile["questions"] {
  if (!comment.startsWith(`${QUESTION} `)) return [];
  const line = text.split("\n").findIndex((one) => one.includes(`# ${comment.slice(0, ENOUGH)}`));
  return [{ line: line + 1, text: comment.slice(QUESTION.length + 1) }];
}

function sections(draft: Draft): DraftMap {
  const { left } = draft.images;
  return block({
    city: citySection(draft),
    asOf: given(draft.said.asOf),
    platform: platformSection(draft),
    directorates: directoratesSection(draft),
    images: under(left.length === 0 ? [] : [`Templates that are no images: ${left.join("; ")}.`], imagesSection(draft)),
    workstations: workstationsSection(draft),
    pools: poolsSection(draft),
    network: networkSection(draft),
  });
}

function header({ said: { id, name = id, source } }: Draft): string[] {
  return [
    `${name}, drafted from the inventory of ${source}.`,
    `A comment with ${QUESTION} is a question: nothing in the inventory answers it, and what stands there is a placeholder. ` +
      "Put in your own value and take the comment out. After a change: npm run validate",
  ];
}
