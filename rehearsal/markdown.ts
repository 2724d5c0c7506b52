import { count } from "../environments/display";
import { code } from "../preview/code-span";
import { table, text } from "../segmentation/render/markdown-text";
import type { RehearsalReport } from "./report";
import type { StackOutcome, Step, StepName } from "./step";

const TITLES: Readonly<Record<StepName, string>> = {
  base: "Deploy the base",
  change: "Deploy the change",
  "second plan": "Plan again",
  "way back": "Deploy the base again",
  "plan of the base": "Plan the base again",
  destroy: "Destroy",
};
const LONGEST_ERROR = 300;

/** The first line of a city's rehearsal, by which a later one finds and replaces it. */
export function marker(city: string): string {
  return `<!-- postazioni rehearsal of ${city} -->`;
}

/** A rehearsal for a pull or merge request: the answers first, then what failed, then what each step took. */
export function markdown(report: RehearsalReport, cityName: string): string {
  const sections = [
    marker(report.city),
    `## ${text(cityName)}: ${headline(report)}`,
    answers(report),
    failures(report),
    ...report.steps.map(section),
    conditions(report),
  ];
  return `${sections.filter((each) => each !== "").join("\n\n")}\n`;
}

function headline({ result, failures: failed }: RehearsalReport): string {
  if (result === "passed") return "the rehearsal passed";
  return `the rehearsal failed${failed.length === 0 ? "" : ` with ${count(failed.length, "error")}`}`;
}

function answers({ answers: { applies, settles, goesBack }, base }: RehearsalReport): string {
  const back = base === null ? "All of it can be destroyed again" : `Going back to ${code(base)} works`;
  const rows = [
    ["The change can be deployed", said(applies)],
    ["A second plan is empty", said(settles)],
    [back, said(goesBack)],
  ];
  return table(["", ""], rows);
}

function said(answer: boolean | null): string {
  if (answer === null) return "not tried";
  return answer ? "yes" : "**no**";
}

function failures({ failures: failed }: RehearsalReport): string {
  if (failed.length === 0) return "";
  const rows = failed.map(({ step, stack, error }) => [
    TITLES[step],
    code(stack ?? ""),
    code(error.length > LONGEST_ERROR ? `${error.slice(0, LONGEST_ERROR - 1)}…` : error),
  ]);
  return ["**What failed**", table(["step", "stack", "error"], rows)].join("\n\n");
}

function section({ step, result, seconds, stacks, notes }: Step): string {
  const took = result === "skipped" ? "skipped" : `${result} in ${duration(seconds)}`;
  const rows = stacks.map((each) => [
    code(each.stack),
    outcome(each),
    each.seconds === null ? "" : duration(each.seconds),
  ]);
  const parts = [
    `**${TITLES[step]}: ${took}**`,
    ...notes.map((note) => `${text(note)}.`),
    ...(rows.length === 0 ? [] : [table(["stack", "result", "time"], rows)]),
    ...stacks.flatMap(({ stack, logFile }) =>
      logFile === undefined ? [] : [`The whole log of ${code(stack)}: ${code(logFile)}`],
    ),
  ];
  return parts.join("\n\n");
}

function outcome({ result, summary }: StackOutcome): string {
  if (result === "done") return summary ?? "done";
  if (result === "left") return "stays: no file declares it any more";
  return result === "failed" ? "**failed**" : result;
}

function conditions({ saved, login, seatsPerPool, notLookedAt }: RehearsalReport): string {
  const seats = seatsPerPool === 0 ? "all seats" : `at most ${count(seatsPerPool, "seat")} of each pool`;
  const from = saved === null ? "what the files presuppose" : `the saved inventory ${code(saved)}`;
  const by = login === null ? "a login that may do all" : `the permissions that it gives ${code(login)}`;
  return [
    `Rehearsed in the lab with ${seats}, in a simulated vCenter that held ${from}, by ${by}.`,
    `Not looked at: ${notLookedAt.map(text).join("; ")}.`,
  ].join("\n\n");
}

/** A duration for people. */
function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
}
