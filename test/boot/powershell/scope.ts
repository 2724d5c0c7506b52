import type { Node } from "web-tree-sitter";
import { Thrown } from "./values";

/** The variables of a script or a function; a function sees those of whoever called it. */
export class Scope {
  private readonly values = new Map<string, unknown>();

  public constructor(private readonly parent?: Scope) {}

  public get(name: string): unknown {
    const key = name.toLowerCase();
    if (this.values.has(key)) return this.values.get(key);
    if (this.parent !== undefined) return this.parent.get(name);
    throw new Thrown("VariableIsUndefined", `The variable '$${name}' cannot be retrieved because it has not been set.`);
  }

  public set(name: string, value: unknown): void {
    this.values.set(name.toLowerCase(), value);
  }

  /** The script's own, whatever function asks. */
  public get script(): Scope {
    return this.parent === undefined ? this : this.parent.script;
  }
}

/** Where a variable is looked for and set. */
export function scopeOf(variable: Node, scope: Scope): Scope {
  return variable.text.startsWith("$script:") ? scope.script : scope;
}
