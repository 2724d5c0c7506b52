import type { Ask } from "../../editing/add/given";
import type { OpenChoice } from "../../draft/site";

/** Asks until the answer is one of the options; of clusters several with commas. */
export async function choose({ of, text, options }: OpenChoice, ask: Ask): Promise<string[]> {
  const lines = options.map((option, index) => `  ${String(index + 1)}  ${option}\n`);
  const how = of === "cluster" ? "numbers with commas" : "a number";
  let question = `${lines.join("")}${text} (${how}) `;
  for (;;) {
    const chosen = chosenOf(await ask(question), options);
    if (chosen.length > 0 && (of === "cluster" || chosen.length === 1)) return chosen;
    question = `${text} (${how}) `;
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
