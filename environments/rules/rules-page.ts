import { ruleTopics } from "./index";
import type { RuleTexts, RuleTopic } from "./rule";

/** The text of docs/rules.md: every rule by topic, with what must hold. */
export function rulesPage(): string {
  return `${INTRODUCTION}\n${ruleTopics.map(section).join("\n")}`;
}

const INTRODUCTION = `# The rules of a city's file

What no schema can say. A violation shows the rule's id, what is wrong where, and how to repair it; all of them come at
once. Written by \`npm run schema\` from [environments/rules/](../environments/rules).
`;

function section({ title, city, crossCity }: RuleTopic): string {
  const rows = [...city, ...crossCity].sort((one, other) => (one.id < other.id ? -1 : 1)).map(row);
  return `## ${title}\n\n| rule | what always holds |\n| --- | --- |\n${rows.join("")}`;
}

function row({ id, explanation }: RuleTexts): string {
  return `| \`${id}\` | ${explanation.replaceAll("|", "\\|")} |\n`;
}
