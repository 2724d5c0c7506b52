import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

const ARCHITECTURE = "docs/architecture.md";
const ROW = /^\| ((?:`[^`]+\/`,? ?)+)\|.*\| ([^|]+) \|$/gm;
const NAME = /`([^`]+)\/`/g;

/**
 * Parses the table of rooms in docs/architecture.md: the rooms that each may import, from its last column; null where
 * it may import any.
 */
export function roomsOf(text) {
  const names = (cell) => [...cell.matchAll(NAME)].map(([, name]) => name);
  const rows = [...text.matchAll(ROW)];
  return new Map(
    rows.flatMap(([, rooms, seen]) => names(rooms).map((room) => [room, seen === "all" ? null : names(seen)])),
  );
}

/** Reports an import of a room that the table does not allow. */
const mayLookAt = {
  meta: { type: "problem", schema: [] },
  create({ filename, report, settings: { root } }) {
    const roomOf = (file) => relative(root, file).split(sep)[0];
    const [room, rooms] = [roomOf(filename), roomsOf(readFileSync(join(root, ARCHITECTURE), "utf8"))];
    function check({ source }) {
      if (typeof source?.value !== "string" || !source.value.startsWith(".")) return;
      const other = roomOf(join(dirname(filename), source.value));
      const seen = rooms.get(room);
      if (other === room || seen === null || seen?.includes(other)) return;
      report({ node: source, message: `${room}/ may not look at ${other}/: see the table in ${ARCHITECTURE}.` });
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    };
  },
};

/** The plugin with the one rule. */
export const house = { rules: { "may-look-at": mayLookAt } };
