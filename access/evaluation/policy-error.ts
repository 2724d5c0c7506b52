/** Policies that OpenBao refuses, or whose effect is uncertain; it lists every problem. */
export class PolicyError extends Error {
  public override readonly name = "PolicyError";

  public constructor(
    /** Each names the policy and the path. */
    public readonly problems: readonly string[],
  ) {
    super(problems.join("\n"));
  }
}
