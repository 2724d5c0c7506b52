/** Where a value of a draft is from: the inventory, the command line, or nowhere: then it is a placeholder or an assumption. */
export type Origin = "found" | "given" | "asked" | "assumed";

/** A single value. */
export interface DraftValue {
  readonly kind: "value";
  readonly value: string | number | boolean;
  readonly origin: Origin;
  /** What stands behind it, on its line. @default - nothing */
  readonly comment?: string | undefined;
  /** Lines of comment above it. @default - none */
  readonly above?: readonly string[] | undefined;
}

/** A list. */
export interface DraftList {
  readonly kind: "list";
  readonly items: readonly DraftNode[];
  /** Whether it stands on one line. */
  readonly flow: boolean;
  readonly above?: readonly string[] | undefined;
}

/** A map; its keys in their order. */
export interface DraftMap {
  readonly kind: "map";
  readonly entries: readonly (readonly [key: string, node: DraftNode])[];
  readonly flow: boolean;
  readonly comment?: string | undefined;
  readonly above?: readonly string[] | undefined;
}

/** A part of a draft. */
export type DraftNode = DraftValue | DraftList | DraftMap;

/** Begins a question in a comment of the file: nothing in the inventory answers it. */
export const QUESTION = "?";

/** A value that the inventory has. */
export function found(value: DraftValue["value"], comment?: string): DraftValue {
  return { kind: "value", value, origin: "found", comment };
}

/** A value of the command line. */
export function given(value: DraftValue["value"], comment?: string): DraftValue {
  return { kind: "value", value, origin: "given", comment };
}

/** A placeholder that passes the rules, with a question; without a text where the question stands above already. */
export function asked(value: DraftValue["value"], text = ""): DraftValue {
  return { kind: "value", value, origin: "asked", comment: `${QUESTION} ${text}`.trim() };
}

/** A value that follows from no inventory and is likely right. */
export function assumed(value: DraftValue["value"], comment?: string): DraftValue {
  return { kind: "value", value, origin: "assumed", comment };
}

/** A map of what is there; keys with undefined are left out. */
export function block(entries: Readonly<Record<string, DraftNode | undefined>>): DraftMap {
  return { kind: "map", entries: present(entries), flow: false };
}

/** As {@link block}, on one line, behind which its questions stand. @param comment what stands there too */
export function line(entries: Readonly<Record<string, DraftNode | undefined>>, comment = ""): DraftMap {
  const there = present(entries);
  const open = there.flatMap(([key, node]) =>
    valuesOf(node).some(({ origin }) => origin === "asked") ? [`${key}?`] : [],
  );
  return { kind: "map", entries: there, flow: true, comment: [...open, comment].join(" ").trim() };
}

/** A list with each item on a line of its own, or several. */
export function list(items: readonly DraftNode[]): DraftList {
  return { kind: "list", items, flow: false };
}

/** A list on one line. */
export function row(items: readonly DraftNode[]): DraftList {
  return { kind: "list", items, flow: true };
}

/** The same with lines of comment above it. */
export function under<T extends DraftNode>(above: readonly string[], node: T): T {
  return above.length === 0 ? node : { ...node, above: [...above, ...(node.above ?? [])] };
}

/** A question as a line of comment. */
export function question(text: string): string {
  return `${QUESTION} ${text}`;
}

function present(entries: Readonly<Record<string, DraftNode | undefined>>): DraftMap["entries"] {
  return Object.entries(entries).flatMap(([key, node]) => (node === undefined ? [] : [[key, node] as const]));
}

/** Every single value of a part. */
export function valuesOf(node: DraftNode): DraftValue[] {
  if (node.kind === "value") return [node];
  return node.kind === "list" ? node.items.flatMap(valuesOf) : node.entries.flatMap(([, one]) => valuesOf(one));
}

/** Every comment of a part that stands in the file, in its order: within a line there are none. */
export function commentsOf(node: DraftNode): string[] {
  const inside = node.kind === "value" || node.flow ? [] : partsOf(node).flatMap(commentsOf);
  const own = node.kind === "list" || node.comment === undefined ? [] : [node.comment];
  return [...(node.above ?? []), ...own, ...inside];
}

function partsOf(node: DraftList | DraftMap): readonly DraftNode[] {
  return node.kind === "list" ? node.items : node.entries.map(([, one]) => one);
}
