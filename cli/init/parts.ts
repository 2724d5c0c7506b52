import { InvalidArgumentError, Option } from "commander";
import { addParts, contextOf } from "../../draft/parts/add-parts";
import type { Part, PartContext } from "../../draft/parts/part";
import { PARTS, PART_NAMES, withNeeds } from "../../draft/parts/parts";
import { listed, nearest, quoted } from "../../environments/display";
import { readSource } from "../../environments/reading/source";
import { formatted } from "../../editing/yaml/formatted";
import type { Ask } from "../../editing/add/given";

/** What help says of parts. */
export const PARTS_HELP = `The parts of --with, each with placeholders and questions in the file; what one needs comes with it:

${PARTS.map(({ name, brings, needs }) => `  ${name.padEnd(13)} ${brings}${needs.length === 0 ? "" : ` (with ${needs.join(", ")})`}`).join("\n")}`;

/** The option `--with`. */
export function withOption(): Option {
  return new Option("--with <parts>", "parts of the file, with commas: see below; by default none").argParser(partsIn);
}

/** The option `--yes`. */
export function yesOption(): Option {
  return new Option("--yes", "ask nothing, and take the default of what is not given");
}

/** Names of parts with commas. @throws InvalidArgumentError that names each wrong one, and what is allowed */
function partsIn(text: string): string[] {
  const names = split(text);
  const wrong = names.filter((name) => !PART_NAMES.includes(name));
  if (wrong.length === 0) return names;
  throw new InvalidArgumentError(wrongParts(wrong));
}

function wrongParts(wrong: readonly string[]): string {
  const told = wrong.map((name) => {
    const meant = nearest(name, PART_NAMES);
    return `${quoted(name)} is no part${meant === undefined ? "" : `, perhaps ${quoted(meant)}`}`;
  });
  return `${told.join("; ")}; allowed: ${listed([...PART_NAMES])}`;
}

function split(text: string): string[] {
  return text.split(/[\s,]+/).filter((name) => name !== "");
}

/** Asks which parts are wanted, by their numbers or names, until each is known; nothing is none. */
export async function askParts(ask: Ask): Promise<string[]> {
  const lines = PARTS.map(({ name, brings }, index) => `  ${String(index + 1).padStart(2)}  ${name}: ${brings}\n`);
  let question = `Which parts are wanted? Each can be added later too.\n${lines.join("")}Numbers or names with commas [none]: `;
  for (;;) {
    const names = split(await ask(question)).map((part) => PART_NAMES[Number(part) - 1] ?? part);
    const wrong = names.filter((name) => !PART_NAMES.includes(name));
    if (wrong.length === 0) return names;
    question = `${wrongParts(wrong)}\nNumbers or names with commas [none]: `;
  }
}

/** A file's text with parts. */
export interface TextWithParts {
  readonly text: string;
  /** What is asked in them. */
  readonly questions: readonly string[];
}

/**
 * A city's text with the wanted parts and what they need; says which came along, and which were there.
 * @param file name of the file that it is to become
 * @param elsewhere subnets of other cities
 */
export async function textWith(
  { file, text }: { readonly file: string; readonly text: string },
  names: readonly string[],
  platform: PartContext["platform"],
  elsewhere: readonly string[] = [],
): Promise<TextWithParts> {
  const { city } = readSource(file, text);
  if (city === undefined || names.length === 0) return { text, questions: [] };
  const parts = withNeeds(names);
  const context = contextOf(city, platform, elsewhere);
  const made = addParts(text, parts, context);
  for (const { name } of parts.filter((part) => !names.includes(part.name)))
    console.error(`${name} is there too, for ${askedBy(name, parts)}`);
  for (const name of made.there) console.error(`${name} was there already`);
  const added = parts.filter(({ name }) => !made.there.includes(name));
  return {
    text: made.text === text ? text : await formatted(made.text),
    questions: added.flatMap((part) => questionsOf(part, context)),
  };
}

function askedBy(name: string, parts: readonly Part[]): string {
  return parts
    .filter(({ needs }) => needs.includes(name))
    .map((part) => part.name)
    .join(", ");
}

function questionsOf({ text }: Part, context: PartContext): string[] {
  return [...text(context).matchAll(/# \? (.*)$/gm)].map(([, asked = ""]) => asked);
}
