import { count } from "../environments/display";

/**
 * The most characters of a preview. GitHub takes 65,536 for a comment ("Body is too long (maximum is 65536 characters)"),
 * GitLab 1,000,000.
 */
export const MOST_CHARACTERS = 65_000;

/**
 * A page of Markdown of at most `MOST_CHARACTERS`: as many sections as fit, in their order; one that does not fit is left out and
 * counted, and those after it are tried. Empty parts are left out.
 * @param first what stands at the head, whatever its length
 */
export function fitted(first: readonly string[], sections: readonly string[]): string {
  const reserved = 200;
  const kept = first.filter(isSaid);
  let [length, left] = [kept.join("\n\n").length + reserved, 0];
  for (const section of sections.filter(isSaid)) {
    if (length + section.length + 2 > MOST_CHARACTERS) left += 1;
    else {
      kept.push(section);
      length += section.length + 2;
    }
  }
  if (left > 0) kept.push(`${count(left, "more section")} would not fit here; the JSON has all.`);
  return `${kept.join("\n\n")}\n`;
}

function isSaid(section: string): boolean {
  return section !== "";
}
