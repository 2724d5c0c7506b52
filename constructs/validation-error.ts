import type { IConstruct } from "constructs";

/** Invalid props of a construct. The error lists every failure and the construct's path. */
export class ValidationError extends Error {
  /** Path of the construct in the tree, such as `milan-network/switch`. */
  public readonly constructPath: string;

  /**
   * @param failures a sentence for each failure; at least one
   * @param scope the construct
   */
  public constructor(failures: readonly string[], scope: IConstruct) {
    super(`${scope.node.path}: ${failures.join("; ")}`);
    this.name = "ValidationError";
    this.constructPath = scope.node.path;
  }

  /** Throws one error for all failures; returns if there are none. */
  public static throwIfAny(failures: readonly string[], scope: IConstruct): void {
    if (failures.length > 0) throw new ValidationError(failures, scope);
  }
}
