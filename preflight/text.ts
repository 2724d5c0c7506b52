import { count, escaped } from "../environments/display";
import type { PreflightReport } from "./preflight";

type Finding = PreflightReport["findings"][number];

const TITLES: Readonly<Record<Finding["weight"], string>> = {
  wrong: "Wrong: a deployment would fail, or do harm",
  question: "Questions: is it meant so?",
};

/** A preflight for people: each finding with its place in the file and a repair. */
export function preflightText({ city, source, result, findings, notLookedAt }: PreflightReport): string {
  const wrong = findings.filter(({ weight }) => weight === "wrong");
  const asked = findings.filter(({ weight }) => weight === "question");
  const counts = `${String(wrong.length)} wrong, ${count(asked.length, "question")}`;
  return [
    `# Preflight of ${city}: ${result}`,
    "",
    `Held against ${escaped(source)}: ${counts}.`,
    ...section("wrong", wrong),
    ...section("question", asked),
    "",
    `Not looked at: ${notLookedAt.join("; ")}.`,
    "",
  ].join("\n");
}

function section(weight: Finding["weight"], findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  return ["", `## ${TITLES[weight]}`, "", ...findings.map((finding) => `- ${findingLine(finding)}`)];
}

/** A finding in one line, as violations of a file have it. */
export function findingLine({ file, line, column, at, message, expected, repair }: Finding): string {
  return `${escaped(file)}:${String(line)}:${String(column)}: ${at}: ${message}; expected: ${expected}; repair: ${repair}`;
}
