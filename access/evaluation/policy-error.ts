/** Policies that OpenBao refuses, or of which nothing certain can be said; it lists all that is wrong with them. */
export class PolicyError extends Error {
  public override readonly name = "PolicyError";

  public constructor(
    /** Each with the policy and the path that it is about. */
    public readonly problems: readonly string[],
  ) {
    super(problems.join("\n"));
  }
}
