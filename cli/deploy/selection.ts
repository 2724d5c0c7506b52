import { listed, quoted } from "../../environments/display";
import { InputError } from "../../runtime/errors";
import type { StackNode } from "../../terraform/manifest";

/**
 * The stacks that a deployment is for.
 * @param wanted names, or patterns in which `*` stands for anything; undefined for all stacks
 * @throws InputError for one that fits no stack
 */
export function selected(stacks: readonly StackNode[], wanted: readonly string[] | undefined): StackNode[] {
  if (wanted === undefined) return [...stacks];
  const names = stacks.map(({ name }) => name);
  const unknown = wanted.filter((pattern) => !names.some((name) => fits(name, pattern)));
  if (unknown.length > 0) {
    throw new InputError(`there is no stack ${unknown.map(quoted).join(", ")}: the file declares ${listed(names)}`);
  }
  return stacks.filter(({ name }) => wanted.some((pattern) => fits(name, pattern)));
}

function fits(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[^\w-]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
