import { text } from "../../segmentation/render/markdown-text";
import type { MatrixEnd, MatrixRule } from "../../segmentation/matrix";

/** Heads of a table of openings. */
export const OPENING_HEAD = ["rule", "state", "from", "to", "ports", "owner", "ticket", "until"] as const;

/** An opening as a row. @see OPENING_HEAD */
export function openingRow({ id, state, from, to, ports, owner, ticket, until }: MatrixRule): string[] {
  return [text(id), state, end(from), end(to), ports.join(", "), text(owner), text(ticket), until];
}

function end({ name, addresses }: MatrixEnd): string {
  const shown = addresses.slice(0, MOST_ADDRESSES).join(", ");
  const more = addresses.length > MOST_ADDRESSES ? ` and ${String(addresses.length - MOST_ADDRESSES)} more` : "";
  return `${text(name)} (${shown}${more})`;
}

/** The JSON has all of them. */
const MOST_ADDRESSES = 8;
