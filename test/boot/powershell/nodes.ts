import type { Node } from "web-tree-sitter";

/** Nodes with one child that only say how tightly it binds. */
export const ONLY_BINDING =
  /_expression$|^(?:pipeline|pipeline_chain|unary_expression|while_condition|string_literal|path_command_name)$/;

/** What a node consists of, without comments. */
export function children(node: Node): Node[] {
  return node.namedChildren.filter((child) => child.type !== "comment");
}

/** The node that others only wrap. */
export function innermost(node: Node): Node {
  const [only, ...more] = children(node);
  return only !== undefined && more.length === 0 && ONLY_BINDING.test(node.type) && node.childCount === 1
    ? innermost(only)
    : node;
}

/** The variable that a parenthesized assignment is to. */
export function assignmentIn(node: Node): string | undefined {
  const inner = innermost(node);
  if (inner.type !== "assignment_expression") return undefined;
  const place = innermost(inner.namedChild(0) ?? inner);
  return place.type === "variable" ? variableName(place) : undefined;
}

/** A variable's name without its sign and scope. */
export function variableName({ text }: Node): string {
  return text.replace(/^\$\{?(?:script:|env:)?|\}$/g, "");
}

/** The name of the member that a node is of. */
export function memberName(node: Node): string {
  return node.namedChildren.find((child) => child.type === "member_name")?.text ?? "";
}

/** A type's name without its brackets. */
export function typeName(node: Node): string {
  return node.text.replace(/^\[|\]$/g, "");
}
