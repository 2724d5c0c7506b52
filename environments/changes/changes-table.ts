import { CHANGES } from "./index";

const BEGIN = "<!-- Written by `npm run schema` from environments/changes/. -->\n";
const END = "<!-- End of what is written. -->\n";

/**
 * The text of environments/README.md with its table of changes as environments/changes/ has it.
 * @throws Error where the page lacks the lines that enclose the table
 */
export function withChangesTable(page: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error("environments/README.md has no place for the table of changes");
  return `${page.slice(0, from + BEGIN.length)}\n${table()}\n${page.slice(to)}`;
}

function table(): string {
  const rows = CHANGES.map(({ what, effect }) => `| ${what} | ${effect} |\n`);
  return `| what changes in the file | what the deployment does |\n| --- | --- |\n${rows.join("")}`;
}
