import { escaped } from "../../environments/display";
import type { Handbook, Runbook } from "./handbook";
import { contactRows, roleRows } from "./rows";
import { WORDS } from "../../words/catalogue";

/** The handbook as Markdown. */
export function handbookMarkdown(book: Handbook): string {
  const words = WORDS[book.language].handbook;
  return [
    `# ${words.title}: ${escaped(book.cityName)}`,
    `${words.kind} ${book.asOf}. ${words.headline}.`,
    ...(book.assisted ? assistance(book) : []),
    ...(book.people ? [`## ${words.breakGlass}`, ...breakGlass(book)] : []),
    `## ${words.runbooks}`,
    ...book.runbooks.flatMap((one) => runbook(one, book)),
    words.footer,
  ]
    .map((part) => `${part}\n`)
    .join("\n");
}

function assistance(book: Handbook): string[] {
  const words = WORDS[book.language].handbook;
  return [
    `## ${words.contacts}`,
    book.contacts.length === 0 ? words.noContacts : table(words.contactColumns, contactRows(book)),
    `## ${words.roles}`,
    book.roles.length === 0 ? words.noRoles : table(words.roleColumns, roleRows(book)),
  ];
}

function breakGlass({ breakGlass: declared, language }: Handbook): string[] {
  const { noBreakGlass, breakGlassText } = WORDS[language].handbook;
  if (declared === null) return [noBreakGlass];
  return [breakGlassText(cell(declared.group), declared.minutes), fenced(declared.commands)];
}

function runbook({ id, title, duty, steps }: Runbook, { language }: Handbook): string[] {
  const { doneBy, duties } = WORDS[language].handbook;
  const numbered = steps.map(({ text, command }, index) => {
    const typed = command === null ? "" : `\n\n${fenced([command]).replaceAll(/^/gm, "   ")}`;
    return `${String(index + 1)}. ${text.replaceAll(/[<>]/g, "\\$&")}${typed}`;
  });
  return [`<a id="${id}"></a>\n\n### ${title}`, `${doneBy}: ${duties[duty]}.`, numbered.join("\n")];
}

function fenced(lines: readonly string[]): string {
  return ["```sh", ...lines, "```"].join("\n");
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A text of the file in a cell: nothing of it ends the cell or begins markup. */
function cell(text: string): string {
  return escaped(text).replaceAll(/[|\\`*_<>[\]&]/g, (character) => `\\${character}`);
}
