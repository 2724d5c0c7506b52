import { count } from "../environments/display";

/**
 * Maximum characters of a preview. GitHub takes 65,536 for a comment ("Body is too long (maximum is 65536
 * characters)"), GitLab 1,000,000.
 */
export const MOST_CHARACTERS = 65_000;

/** Characters reserved for the sentence on what is left out. */
const RESERVED = 200;
/** A longer line is left out. */
const LONGEST_LINE = 4000;
const BETWEEN = "\n\n";

/**
 * A Markdown page of at most `MOST_CHARACTERS`: as many sections as fit, in their order; one that does not fit is left
 * out and counted, and the next ones are tried. Empty parts are left out.
 * @param first the head: each part gets as many lines as fit into half of the remaining room, so that none takes all of
 * it
 */
export function fitted(first: readonly string[], sections: readonly string[]): string {
  const heads = headsOf(first.filter(isSaid));
  const kept = heads.map(({ lines }) => lines.join("\n")).filter(isSaid);
  let length = kept.join(BETWEEN).length + RESERVED;
  const left = { lines: heads.reduce((sum, head) => sum + head.left, 0), sections: 0 };
  for (const section of sections.filter(isSaid)) {
    if (length + BETWEEN.length + section.length > MOST_CHARACTERS) left.sections += 1;
    else {
      kept.push(section);
      length += BETWEEN.length + section.length;
    }
  }
  const parts = [
    ...(left.lines > 0 ? [count(left.lines, "more line")] : []),
    ...(left.sections > 0 ? [count(left.sections, "more section")] : []),
  ];
  if (parts.length > 0) kept.push(`${parts.join(" and ")} would not fit here; the JSON has all.`);
  return `${kept.join(BETWEEN)}\n`;
}

interface Head {
  readonly lines: readonly string[];
  /** Number of lines that are left out. */
  readonly left: number;
}

function headsOf(parts: readonly string[]): Head[] {
  let room = MOST_CHARACTERS - RESERVED;
  return parts.map((part) => {
    const head = startOf(part, Math.floor(room / 2));
    room -= head.lines.join("\n").length + BETWEEN.length;
    return head;
  });
}

/** Only whole lines: a table without its last rows is still a table. */
function startOf(part: string, room: number): Head {
  const all = part.split("\n");
  const lines: string[] = [];
  let length = 0;
  for (const line of all.filter((one) => one.length <= LONGEST_LINE)) {
    length += line.length + 1;
    if (length > room) break;
    lines.push(line);
  }
  return { lines, left: all.length - lines.length };
}

function isSaid(section: string): boolean {
  return section !== "";
}
