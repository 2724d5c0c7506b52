import { ParameterLists } from "./parameters";
import type { Capability, PolicyRule } from "../policy";

/** A rule and the policy that it stands in. */
export interface SourcedRule {
  /** Name of the policy. */
  readonly policy: string;
  readonly rule: PolicyRule;
}

/** A bound of wrapping, in seconds, and the rule that sets it. */
export interface WrappingBound {
  readonly seconds: number;
  readonly source: SourcedRule;
}

const NOTHING: readonly Capability[] = ["deny"];

/**
 * What the rules of one pattern grant together, as OpenBao 2.6.1 merges them: capabilities unite, but one `deny` leaves
 * nothing; whatever restricts adds up, also on behalf of a policy that by itself restricts nothing; of bounds of wrapping
 * the smallest counts, of the shortest as of the longest time.
 */
export class Grant {
  /** Sorted; `deny` alone where nothing is granted. */
  public readonly capabilities: readonly Capability[];
  /** The first rule that denies everything. */
  public readonly denying: SourcedRule | undefined;
  public readonly minWrapping: WrappingBound | undefined;
  public readonly maxWrapping: WrappingBound | undefined;
  public readonly allowed = new ParameterLists<SourcedRule>();
  public readonly denied = new ParameterLists<SourcedRule>();
  /** The first rule that requires a parameter, by the parameter's name. */
  public readonly required: ReadonlyMap<string, SourcedRule>;
  private readonly granting = new Map<Capability, SourcedRule>();

  /**
   * @param first the first rule of the pattern
   * @param more its others, in the order of their policies
   */
  public constructor(
    public readonly first: SourcedRule,
    more: readonly SourcedRule[],
  ) {
    const rules = [first, ...more];
    this.denying = rules.find(({ rule }) => rule.capabilities.includes("deny"));
    for (const source of this.denying === undefined ? rules : []) this.unite(source);
    const required = rules.flatMap((source) =>
      (source.rule.requiredParameters ?? []).map((name) => [name, source] as const),
    );
    this.required = new Map(required.reverse());
    this.minWrapping = smallest(rules, ({ minWrappingSeconds }) => minWrappingSeconds);
    this.maxWrapping = smallest(rules, ({ maxWrappingSeconds }) => maxWrappingSeconds);
    this.capabilities = this.granting.size === 0 ? NOTHING : [...this.granting.keys()].sort();
  }

  /** The first rule that grants a capability. */
  public granted(capability: Capability): SourcedRule | undefined {
    return this.granting.get(capability);
  }

  private unite(source: SourcedRule): void {
    const { capabilities, allowedParameters, deniedParameters } = source.rule;
    for (const one of capabilities) if (!this.granting.has(one)) this.granting.set(one, source);
    this.allowed.add(allowedParameters, source);
    this.denied.add(deniedParameters, source);
  }
}

/** The smallest bound of all rules that set one; 0 sets none. */
function smallest(
  rules: readonly SourcedRule[],
  of: (rule: PolicyRule) => number | undefined,
): WrappingBound | undefined {
  let found: WrappingBound | undefined;
  for (const source of rules) {
    const seconds = of(source.rule) ?? 0;
    if (seconds > 0 && (found === undefined || seconds < found.seconds)) found = { seconds, source };
  }
  return found;
}
