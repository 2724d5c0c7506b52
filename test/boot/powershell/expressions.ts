import type { Node } from "web-tree-sitter";
import type { Machine } from "./machine";
import { assignmentIn, children, memberName, ONLY_BINDING, typeName, variableName } from "./nodes";
import { scopeOf } from "./scope";
import type { Scope } from "./scope";
import { asText, COMPARISONS, isTrue, keyOf, memberOf } from "./values";

/** Gives the value of a kind of node. */
export type Form = (node: Node, scope: Scope) => Promise<unknown>;

/** The expressions of PowerShell that the first login is written in. What is not known here is an error. */
export class Expressions {
  protected readonly forms: Record<string, Form>;

  public constructor(protected readonly machine: Machine) {
    this.forms = {
      variable: (node, scope) => Promise.resolve(scopeOf(node, scope).get(variableName(node))),
      verbatim_string_characters: (node) => Promise.resolve(node.text.slice(1, -1).replaceAll("''", "'")),
      expandable_string_literal: (node, scope) => this.expand(node, scope),
      sub_expression: (node, scope) => this.all(node, scope).then(one),
      parenthesized_expression: (node, scope) => this.all(node, scope).then(one),
      array_expression: async (node, scope) => (await this.all(node, scope)).flat().filter((each) => each !== null),
      array_literal_expression: (node, scope) => this.each(node.namedChildren, scope),
      decimal_integer_literal: (node) => Promise.resolve(Number(node.text)),
      integer_literal: (node) => Promise.resolve(Number(node.text)),
      generic_token: (node) => Promise.resolve(node.text),
      simple_name: (node) => Promise.resolve(node.text),
      type_literal: (node) => Promise.resolve(typeName(node)),
      hash_literal_expression: (node, scope) => this.hash(node, scope),
      member_access: (node, scope) => this.member(node, scope),
      element_access: (node, scope) => this.element(node, scope),
      invokation_expression: (node, scope) => this.invoke(node, scope),
      cast_expression: (node, scope) => this.cast(node, scope),
      expression_with_unary_operator: (node, scope) => this.unary(node, scope),
      comparison_expression: (node, scope) => this.compare(node, scope),
      logical_expression: (node, scope) => this.logic(node, scope),
      additive_expression: (node, scope) => this.add(node, scope),
      multiplicative_expression: (node, scope) => this.multiply(node, scope),
      format_expression: (node, scope) => this.format(node, scope),
    };
  }

  protected value(node: Node, scope: Scope): Promise<unknown> {
    const [only, ...more] = children(node);
    if (only !== undefined && more.length === 0 && node.childCount === 1 && ONLY_BINDING.test(node.type)) {
      return this.value(only, scope);
    }
    const form = this.forms[node.type];
    if (form === undefined) throw new Error(`line ${String(node.startPosition.row + 1)}: no test knows ${node.type}`);
    return form(node, scope);
  }

  protected async each(nodes: readonly Node[], scope: Scope, takesAssigned = false): Promise<unknown[]> {
    const values: unknown[] = [];
    for (const node of nodes) {
      const value = await this.value(node, scope);
      // An assignment in parentheses gives what was assigned.
      const assigned = takesAssigned ? assignmentIn(node) : undefined;
      values.push(assigned === undefined ? value : scope.get(assigned));
    }
    return values;
  }

  private async all(node: Node, scope: Scope): Promise<unknown[]> {
    const values = await this.each(children(node), scope, true);
    return values.filter((value) => value !== undefined);
  }

  private async expand(node: Node, scope: Scope): Promise<string> {
    let text = "";
    let at = node.startIndex + 1;
    const literal = (end: number): string =>
      node.text.slice(at - node.startIndex, end - node.startIndex).replace(/`(.)/g, "$1");
    for (const child of children(node)) {
      text += literal(child.startIndex) + asText(await this.value(child, scope));
      at = child.endIndex;
    }
    return text + literal(node.endIndex - 1);
  }

  private async hash(node: Node, scope: Scope): Promise<Record<string, unknown>> {
    const entries: [string, unknown][] = [];
    for (const entry of children(node).flatMap(children)) {
      const [key, value] = children(entry);
      if (key !== undefined && value !== undefined) entries.push([key.text, await this.value(value, scope)]);
    }
    return Object.fromEntries(entries);
  }

  private async member(node: Node, scope: Scope): Promise<unknown> {
    const [owner, name] = children(node);
    if (owner === undefined) throw new Error("a member of nothing");
    if (owner.type === "type_literal") return this.staticOf(`${typeName(owner)}::${memberName(node)}`);
    const dynamic = name?.namedChild(0);
    const key = dynamic?.type === "variable" ? asText(scope.get(variableName(dynamic))) : memberName(node);
    return memberOf(await this.value(owner, scope), key);
  }

  private async element(node: Node, scope: Scope): Promise<unknown> {
    const [owner, index] = await this.each(children(node), scope);
    const key = keyOf(owner as object, asText(index));
    return key === undefined ? null : (owner as Record<string, unknown>)[key];
  }

  private async invoke(node: Node, scope: Scope): Promise<unknown> {
    const [owner, , list] = children(node);
    if (owner === undefined) throw new Error("a method of nothing");
    const given = list === undefined ? [] : children(list).flatMap(children).flatMap(children);
    const args = await this.each(given, scope);
    if (owner.type === "type_literal") {
      return call(this.staticOf(`${typeName(owner)}::${memberName(node)}`), undefined, args);
    }
    const target = await this.value(owner, scope);
    if (typeof target === "string") return textMethod(target, memberName(node), args);
    return call(memberOf(target, memberName(node)), target, args);
  }

  private staticOf(name: string): unknown {
    const key = keyOf(this.machine.statics, name);
    if (key === undefined) throw new Error(`no test knows [${name}]`);
    return this.machine.statics[key];
  }

  private async cast(node: Node, scope: Scope): Promise<unknown> {
    const [type, value] = children(node);
    if (type === undefined || value === undefined) throw new Error("a cast of nothing");
    return converted(typeName(type), await this.value(value, scope));
  }

  private async unary(node: Node, scope: Scope): Promise<unknown> {
    const [value] = children(node);
    if (value === undefined) throw new Error("an operator without a value");
    if (node.child(0)?.type === "-not") return !isTrue(await this.value(value, scope));
    return this.value(value, scope);
  }

  private async compare(node: Node, scope: Scope): Promise<unknown> {
    const [left, operator, right] = children(node);
    if (left === undefined || operator === undefined || right === undefined) throw new Error("a comparison of nothing");
    const holds = COMPARISONS[operator.text.toLowerCase()];
    if (holds === undefined) throw new Error(`no test knows ${operator.text}`);
    return holds(await this.value(left, scope), await this.value(right, scope));
  }

  private async logic(node: Node, scope: Scope): Promise<boolean> {
    const [left, right] = children(node);
    if (left === undefined || right === undefined) throw new Error("an operator without values");
    const first = isTrue(await this.value(left, scope));
    const decides = node.child(1)?.type === "-or" ? first : !first;
    return decides ? first : isTrue(await this.value(right, scope));
  }

  private async add(node: Node, scope: Scope): Promise<unknown> {
    const [left, right] = await this.each(children(node), scope);
    if (node.child(1)?.type === "-") return Number(left) - Number(right);
    return typeof left === "string" ? left + asText(right) : Number(left) + Number(right);
  }

  private async multiply(node: Node, scope: Scope): Promise<number> {
    if (node.child(1)?.type !== "*") throw new Error(`no test knows ${node.text}`);
    const [left, right] = await this.each(children(node), scope);
    return Number(left) * Number(right);
  }

  /** `-f` with places of numbers alone, such as `{0}`. */
  private async format(node: Node, scope: Scope): Promise<string> {
    const parts = children(node).filter(({ type }) => type !== "format_operator");
    const [text, ...values] = (await this.each(parts, scope)).flat();
    return asText(text).replace(/\{(\d)\}/g, (_, at: string) => asText(values[Number(at)]));
  }
}

/** What a function or a statement gives: nothing, one thing, or several. */
export function one(output: readonly unknown[]): unknown {
  return output.length > 1 ? output : output[0];
}

/** A value as a parameter or a cast of a type has it. */
export function converted(type: string, value: unknown): unknown {
  switch (type.toLowerCase()) {
    case "string":
      return asText(value);
    case "string[]":
      return (Array.isArray(value) ? (value as unknown[]) : [value]).map(asText);
    case "int":
    case "long":
      return Number(value);
    default:
      return value;
  }
}

function call(method: unknown, owner: unknown, args: readonly unknown[]): unknown {
  if (typeof method !== "function") throw new Error("a call of what is no method");
  return (method as (...values: readonly unknown[]) => unknown).apply(owner, [...args]);
}

function textMethod(text: string, name: string, [given, other]: readonly unknown[]): unknown {
  const part = asText(given);
  switch (name) {
    case "Trim":
      return text.trim();
    case "Contains":
      return text.includes(part);
    case "Replace":
      return text.replaceAll(part, asText(other));
    case "StartsWith":
      return text.startsWith(part);
    default:
      throw new Error(`no test knows a text's ${name}`);
  }
}
