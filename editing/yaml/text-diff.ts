/** Lines of unchanged text that a diff shows around the change. */
const CONTEXT = 3;

/**
 * The change of a text as a unified diff with one hunk; empty where nothing changed.
 * @param file its name in the head
 */
export function textDiff(file: string, before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const head = shared(old, now);
  const tail = shared(old.slice(head).reverse(), now.slice(head).reverse());
  if (head === old.length && head === now.length) return "";
  const from = Math.max(0, head - CONTEXT);
  const lines = [
    ...old.slice(from, head).map((line) => ` ${line}`),
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+${line}`),
    ...now.slice(now.length - tail, now.length - tail + CONTEXT).map((line) => ` ${line}`),
  ];
  const count = (sign: string): number => lines.filter((line) => !line.startsWith(sign)).length;
  const hunk = `@@ -${String(from + 1)},${String(count("+"))} +${String(from + 1)},${String(count("-"))} @@`;
  return `--- a/${file}\n+++ b/${file}\n${hunk}\n${lines.join("\n")}\n`;
}

/** How many first lines two texts share. */
function shared(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((line, index) => line !== other[index]);
  return at < 0 ? Math.min(one.length, other.length) : at;
}
