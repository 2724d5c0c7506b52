import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../runtime/paths";

const PAGE = join(REPOSITORY, "docs", "benchmarks.md");
const GIB = 2 ** 30;

/** A Markdown table: the first row is the head; numbers are right-aligned. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const [head = [], ...body] = rows;
  const rule = head.map((_, column) => (typeof body[0]?.[column] === "number" ? "---:" : "---"));
  return [head, rule, ...body].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** The machine that the figures were measured on. */
export function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / GIB);
  return `${String(cpus().length)} cores (${first?.model ?? "unknown"}), ${String(memory)} GiB, Node ${process.versions.node}`;
}

/**
 * Writes a benchmark's result to its place in docs/benchmarks.md.
 * @throws Error when the page has no such place
 */
export function writeResult(name: string, text: string): void {
  const page = readFileSync(PAGE, "utf8");
  const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end of ${name} -->)`);
  if (!place.test(page)) throw new Error(`docs/benchmarks.md has no place for ${name}`);
  writeFileSync(
    PAGE,
    page.replace(place, (_, begin: string, end: string) => `${begin}\n${text}\n\nMeasured on ${machine()}.\n\n${end}`),
  );
}

/** The middle of an odd number of figures. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? NaN;
}
