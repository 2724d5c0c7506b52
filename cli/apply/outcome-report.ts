import { count } from "../../environments/display";
import type { Unapproved } from "../../preview/unapproved";
import { EXIT } from "../../runtime/exit-code";
import { shortest } from "../../runtime/paths";
import type { Outcome } from "../../terraform/apply-in-order";

/** A stack's plan differs from the approved one: that stack was left unchanged. */
const REFUSED = 3;
const MOST_SHOWN = 50;
const WORDS: Readonly<Record<Outcome["result"], string>> = {
  applied: "applied",
  refused: "refused",
  failed: "failed",
  left: "left as they are",
};

/** What vCenter and Vault say of something that is to be made and stands. */
const STANDS = /already exists|already in use/i;
const RECOVER =
  "What stands already may be of a deployment that died: 'npm run recover -- CITY' lists it, and --repair adopts it.";
const ANEW = "Preview the city anew, and have that approved.";

/**
 * A line for each stack with its outcome and what differs from the approval, then a count of the outcomes.
 * @param refusedHint what to do about what was refused
 */
export function outcomeReport(outcomes: ReadonlyMap<string, Outcome>, refusedHint = ANEW): string[] {
  const all = [...outcomes.values()];
  const counts = Object.entries(WORDS).flatMap(([result, word]) => {
    const many = all.filter((outcome) => outcome.result === result).length;
    return many === 0 ? [] : [`${String(many)} ${word}`];
  });
  return [
    ...[...outcomes].flatMap(([stack, outcome]) => stackReport(stack, outcome)),
    ...(all.some((outcome) => outcome.result === "failed" && STANDS.test(outcome.reason)) ? [RECOVER] : []),
    ...(all.some(({ result }) => result === "refused") ? [refusedHint] : []),
    ...(all.length > 1 ? [`${count(all.length, "stack")}: ${counts.join(", ")}`] : []),
  ];
}

/** The exit code of a command that applies: a failure takes precedence over a refusal, and a stack that was not begun is no success. */
export function outcomeCode(outcomes: ReadonlyMap<string, Outcome>): number {
  const results = new Set([...outcomes.values()].map(({ result }) => result));
  if (results.has("failed")) return EXIT.failure;
  if (results.has("refused")) return REFUSED;
  return results.has("left") ? EXIT.failure : EXIT.ok;
}

function stackReport(stack: string, outcome: Outcome): string[] {
  if (outcome.result === "applied") return [`${stack}: ${outcome.summary}`];
  if (outcome.result === "failed") return [`${stack}: failed: ${outcome.reason}${logText(outcome.logFile)}`];
  const isPart = outcome.result === "left" && outcome.isPart === true;
  const lines = [`${stack}: ${isPart ? "not all of it" : "nothing"} was applied: ${outcome.reason}`];
  return outcome.result === "left" ? lines : [...lines, ...differencesOf(outcome.differences)];
}

function logText(file: string | undefined): string {
  return file === undefined ? "" : `; the whole log: ${shortest(file)}`;
}

function differencesOf(differences: readonly Unapproved[]): string[] {
  const more = differences.length - MOST_SHOWN;
  return [
    ...differences.slice(0, MOST_SHOWN).map((difference) => `  ${described(difference)}`),
    ...(more > 0 ? [`  and ${count(more, "more")}`] : []),
  ];
}

function described({ address: itself, deposed, action, approved, attributes }: Unapproved): string {
  const address = deposed === undefined ? itself : `${itself} (left over, ${deposed})`;
  if (attributes.length > 0) return `${address}: ${action}, other than approved in ${attributes.join(", ")}`;
  return `${address}: ${action}, ${approved === undefined ? "not approved" : `approved to ${approved}`}`;
}
