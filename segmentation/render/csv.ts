import { stringify } from "csv-stringify/sync";
import type { MatrixRule } from "../matrix";

const HEADER = [
  "id",
  "state",
  "from",
  "from addresses",
  "to",
  "to addresses",
  "ports",
  "owner",
  "purpose",
  "ticket",
  "until",
] as const;

/**
 * The rules as CSV (RFC 4180), a row each. A cell that a spreadsheet would take for a formula gets a leading apostrophe
 * (OWASP, "CSV Injection").
 */
export function csv(rules: readonly MatrixRule[]): string {
  const rows = rules.map(({ id, state, from, to, ports, owner, purpose, ticket, until }) => [
    ...[id, state, from.name, from.addresses.join(" "), to.name, to.addresses.join(" ")],
    ...[ports.join(" "), owner, purpose, ticket, until],
  ]);
  return stringify([HEADER, ...rows], { record_delimiter: "windows", escape_formulas: true });
}
