import type { Node } from "web-tree-sitter";
import { converted, Expressions, one } from "./expressions";
import type { Form } from "./expressions";
import type { Arguments, Machine } from "./machine";
import { children, innermost, memberName, typeName, variableName } from "./nodes";
import { Scope, scopeOf } from "./scope";
import { asText, Exit, isTrue, keyOf, Thrown } from "./values";

/** Ends a function. */
class Return extends Error {
  public constructor(public readonly output: readonly unknown[]) {
    super("return");
  }
}

/** Goes on with a loop. */
class Continue extends Error {}

interface PsFunction {
  readonly parameters: readonly Node[];
  readonly body: Node | undefined;
}

const SWITCHES = ["-force", "-asplaintext"];

/**
 * Runs the part of Windows PowerShell 5.1 that the first login is written in, on a machine of a test's: variables that functions
 * inherit, output that leaks out of statements, strict mode, and .NET's exceptions. What it does not know is an error, so the
 * script can use nothing else.
 */
export class Interpreter extends Expressions {
  private readonly functions = new Map<string, PsFunction>();

  public constructor(machine: Machine) {
    super(machine);
    Object.assign(this.forms, this.statements());
  }

  /**
   * Runs a script to its end.
   * @param given its parameters
   * @returns its exit code; 1 where it ends by an exception, which `thrown` then is
   */
  public async run(root: Node, given: Readonly<Record<string, unknown>>): Promise<{ code: number; thrown?: unknown }> {
    const scope = new Scope();
    for (const [name, value] of Object.entries({ ...given, true: true, false: false, null: null }))
      scope.set(name, value);
    const statements = root.namedChildren.find((child) => child.type === "statement_list");
    if (statements === undefined) throw new Error("the script has no statements");
    try {
      await this.block(statements, scope);
      return { code: 0 };
    } catch (signal) {
      if (signal instanceof Exit) return { code: signal.code };
      return { code: 1, thrown: signal };
    }
  }

  private statements(): Record<string, Form> {
    return {
      statement_list: (node, scope) => this.block(node, scope).then(one),
      statement_block: (node, scope) => this.block(node, scope).then(one),
      assignment_expression: (node, scope) => this.assign(node, scope),
      command: (node, scope) => this.command(node, scope),
      command_name: (node) => Promise.resolve(node.text),
      pipeline_chain: (node, scope) => this.discarded(node, scope),
      if_statement: (node, scope) => this.condition(node, scope),
      while_statement: (node, scope) => this.loop(node, scope),
      foreach_statement: (node, scope) => this.forEach(node, scope),
      try_statement: (node, scope) => this.attempt(node, scope),
      flow_control_statement: (node, scope) => this.flow(node, scope),
      function_statement: (node) => this.define(node),
      empty_statement: () => Promise.resolve(undefined),
    };
  }

  /** The output of statements: all that they give and nobody takes. */
  private async block(node: Node, scope: Scope): Promise<unknown[]> {
    const output: unknown[] = [];
    for (const statement of children(node)) {
      try {
        const value = await this.value(statement, scope);
        if (value !== undefined) output.push(value);
      } catch (signal) {
        if (signal instanceof Return) throw new Return([...output, ...signal.output]);
        throw signal;
      }
    }
    return output;
  }

  private async assign(node: Node, scope: Scope): Promise<undefined> {
    const [left, operator, right] = children(node);
    if (left === undefined || operator === undefined || right === undefined)
      throw new Error("an assignment of nothing");
    const value = (await this.value(right, scope)) ?? null;
    const place = innermost(left);
    if (place.type === "variable") {
      const name = variableName(place);
      const own = scopeOf(place, scope);
      own.set(name, operator.text === "+=" ? Number(scope.get(name)) + Number(value) : value);
      return undefined;
    }
    const [owner] = children(place);
    if (place.type !== "member_access" || owner === undefined) throw new Error(`no test assigns ${place.type}`);
    if (owner.type === "type_literal") return undefined; // a setting of the whole process
    const target = (await this.value(owner, scope)) as Record<string, unknown>;
    const name = memberName(place);
    target[keyOf(target, name) ?? name] = value;
    return undefined;
  }

  /** A pipeline of two: only Out-Null is known behind the bar. */
  private async discarded(node: Node, scope: Scope): Promise<undefined> {
    const [first, last] = children(node);
    if (first === undefined || last?.text !== "Out-Null") throw new Error(`no test knows ${node.text}`);
    await this.value(first, scope);
    return undefined;
  }

  private async command(node: Node, scope: Scope): Promise<unknown> {
    const [first, ...rest] = children(node);
    const elements = rest
      .flatMap(children)
      .filter(({ type, text }) => type !== "command_argument_sep" && text !== "2>$null");
    if (first?.type === "command_invokation_operator") return this.program(rest, scope);
    const name = first?.text ?? "";
    const given = await this.given(elements, scope);
    const own = this.functions.get(name.toLowerCase());
    if (own !== undefined) return this.call(own, given, scope);
    const key = keyOf(this.machine.commands, name);
    if (key === undefined) throw new Error(`no test knows the command ${name}`);
    return this.machine.commands[key]?.(given);
  }

  private async given(elements: readonly Node[], scope: Scope): Promise<Arguments> {
    const positional: unknown[] = [];
    const named = new Map<string, unknown>();
    for (let at = 0; at < elements.length; at++) {
      const element = elements[at];
      if (element === undefined) break;
      if (element.type !== "command_parameter") positional.push(await this.value(element, scope));
      else if (SWITCHES.includes(element.text.toLowerCase())) named.set(element.text.toLowerCase(), true);
      else {
        const value = elements[++at];
        named.set(element.text.toLowerCase(), value === undefined ? true : await this.value(value, scope));
      }
    }
    return { positional, named };
  }

  private async program([path, elements]: readonly Node[], scope: Scope): Promise<unknown> {
    if (path === undefined) throw new Error("a program without a name");
    const texts: string[] = [];
    for (const element of elements === undefined ? [] : children(elements)) {
      if (element.type === "command_argument_sep" || element.text === "2>$null") continue;
      texts.push(element.type === "command_parameter" ? element.text : asText(await this.value(element, scope)));
    }
    const name = children(path)[0];
    const { output, code } = this.machine.program(
      name === undefined ? path.text : asText(await this.value(name, scope)),
      texts,
    );
    scope.set("LASTEXITCODE", code);
    const lines = output === "" ? [] : output.split("\n");
    return lines.length > 1 ? lines : (lines[0] ?? null);
  }

  private async call({ parameters, body }: PsFunction, given: Arguments, caller: Scope): Promise<unknown> {
    const scope = new Scope(caller);
    for (const [index, parameter] of parameters.entries()) {
      const type = parameter.descendantsOfType("type_spec")[0]?.text ?? "object";
      const name = variableName(parameter.descendantsOfType("variable")[0] ?? parameter);
      scope.set(name, converted(type, given.positional[index] ?? null));
    }
    if (body === undefined) return undefined;
    try {
      return one(await this.block(body, scope));
    } catch (signal) {
      if (signal instanceof Return) return one(signal.output);
      throw signal;
    }
  }

  private define(node: Node): Promise<undefined> {
    const name = node.descendantsOfType("function_name")[0]?.text ?? "";
    const head = children(node).find(({ type }) => type === "function_parameter_declaration");
    const block = children(node).find(({ type }) => type === "script_block");
    const parameters = head === undefined ? [] : head.descendantsOfType("script_parameter");
    this.functions.set(name.toLowerCase(), {
      parameters,
      body: block?.descendantsOfType("statement_list")[0] ?? undefined,
    });
    return Promise.resolve(undefined);
  }

  private async condition(node: Node, scope: Scope): Promise<unknown> {
    const [asked, then, otherwise] = children(node);
    if (asked === undefined || then === undefined) throw new Error("a condition without a block");
    if (isTrue(await this.value(asked, scope))) return this.value(then, scope);
    const block = otherwise === undefined ? undefined : children(otherwise)[0];
    return block === undefined ? undefined : this.value(block, scope);
  }

  private async loop(node: Node, scope: Scope): Promise<undefined> {
    const [asked, body] = children(node);
    if (asked === undefined || body === undefined) throw new Error("a loop without a block");
    while (isTrue(await this.value(asked, scope))) await this.turn(body, scope);
    return undefined;
  }

  private async forEach(node: Node, scope: Scope): Promise<undefined> {
    const [item, list, body] = children(node);
    if (item === undefined || list === undefined || body === undefined) throw new Error("a loop without a block");
    const values = await this.value(list, scope);
    for (const value of Array.isArray(values) ? (values as unknown[]) : [values]) {
      scope.set(variableName(item), value);
      await this.turn(body, scope);
    }
    return undefined;
  }

  private async turn(body: Node, scope: Scope): Promise<void> {
    try {
      await this.value(body, scope);
    } catch (signal) {
      if (!(signal instanceof Continue)) throw signal;
    }
  }

  private async attempt(node: Node, scope: Scope): Promise<unknown> {
    const [body, catches] = children(node);
    if (body === undefined || catches === undefined) throw new Error("a try without a block");
    try {
      return await this.value(body, scope);
    } catch (error) {
      const handler = error instanceof Thrown ? handlerOf(catches, error) : undefined;
      if (handler === undefined || !(error instanceof Thrown)) throw error;
      scope.set("_", { Exception: { Message: error.message, ...error.members } });
      return this.value(handler, scope);
    }
  }

  private async flow(node: Node, scope: Scope): Promise<never> {
    const [value] = children(node);
    const given = value === undefined ? undefined : await this.value(value, scope);
    const word = node.child(0)?.type;
    if (word === "exit") throw new Exit(Number(given ?? 0));
    if (word === "return") throw new Return(given === undefined ? [] : [given]);
    if (word === "continue") throw new Continue();
    throw new Error(`no test knows ${node.text}`);
  }
}

function handlerOf(catches: Node, error: Thrown): Node | undefined {
  const fits = children(catches).find((clause) => {
    const types = children(clause).find(({ type }) => type === "catch_type_list");
    return types === undefined || children(types).some((type) => typeName(type) === error.type);
  });
  return fits === undefined ? undefined : children(fits).find(({ type }) => type === "statement_block");
}
