import type { IConstruct } from "constructs";

/**
 * Props that a construct cannot be built from. One error lists every failure and carries the construct's path, so that
 * the mistake is found without a debugger.
 */
export class ValidationError extends Error {
  /** Path of the construct in the tree, such as `milan-network/switch`. */
  public readonly constructPath: string;

  /**
   * @param failures what is wrong, a sentence each; at least one
   * @param scope the construct that refuses its props
   */
  public constructor(failures: readonly string[], scope: IConstruct) {
    super(`${scope.node.path}: ${failures.join("; ")}`);
    this.name = "ValidationError";
    this.constructPath = scope.node.path;
  }

  /** Throws one error for all failures; does nothing when there are none. */
  public static throwIfAny(failures: readonly string[], scope: IConstruct): void {
    if (failures.length > 0) throw new ValidationError(failures, scope);
  }
}
