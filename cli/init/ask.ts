import { createInterface } from "node:readline/promises";
import type { OpenChoice } from "../../draft/site";

/** Whether somebody sits at the terminal who can answer. */
export function asksAPerson(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks at the terminal until the answer is one of the options; of clusters several with commas. */
export async function choose({ of, text, options }: OpenChoice): Promise<string[]> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    options.forEach((option, index) => {
      console.error(`  ${String(index + 1)}  ${option}`);
    });
    const how = of === "cluster" ? "numbers with commas" : "a number";
    for (;;) {
      const chosen = chosenOf(await terminal.question(`${text} (${how}) `), options);
      if (chosen.length > 0 && (of === "cluster" || chosen.length === 1)) return chosen;
    }
  } finally {
    terminal.close();
  }
}

/** The options that an answer names, by number or name; none where a part of it names none. */
export function chosenOf(answer: string, options: readonly string[]): string[] {
  const parts = answer.split(",").map((part) => part.trim());
  const chosen = parts.flatMap((part) => {
    const option = /^\d+$/.test(part) ? options[Number(part) - 1] : options.find((name) => name === part);
    return option === undefined ? [] : [option];
  });
  return chosen.length === parts.length ? [...new Set(chosen)] : [];
}
