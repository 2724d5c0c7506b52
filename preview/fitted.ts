import { count } from "../environments/display";

/**
 * The most characters of a preview. GitHub takes 65,536 for a comment ("Body is too long (maximum is 65536 characters)"),
 * GitLab 1,000,000.
 */
export const MOST_CHARACTERS = 65_000;

/** So much is kept for saying what is left out. */
const RESERVED = 200;
/** A longer line, as a row of what nobody would read, is left out. */
const LONGEST_LINE = 4000;
const BETWEEN = "\n\n";

/**
 * A page of Markdown of at most `MOST_CHARACTERS`, whatever is in it: as many sections as fit, in their order; one that does not fit is
 * left out and counted, and those after it are tried. Empty parts are left out.
 * @param first what stands at the head: of each part as many lines as fit into half of what is left, so that none takes another's room
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
  /** How many of its lines are left out. */
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

/** Whole lines alone: a table that ends early is one still. */
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
