import { ParameterLists } from "./parameters";
import type { Capability, PolicyRule } from "../policy";

/** A rule and its policy. */
export interface SourcedRule {
  /** Name of the policy. */
  readonly policy: string;
  readonly rule: PolicyRule;
}

/** A limit of wrapping, in seconds, and the rule that sets it. */
export interface WrappingBound {
  readonly seconds: number;
  readonly source: SourcedRule;
}

const NOTHING: readonly Capability[] = ["deny"];

/**
 * The rules of one pattern, merged as OpenBao 2.6.1 does it: capabilities are united, but one `deny` removes all;
 * restrictions of all policies add up; of several limits of wrapping the smallest applies, for the minimum as for the
 * maximum.
 */
export class Grant {
  /** Sorted; only `deny` where nothing is granted. */
  public readonly capabilities: readonly Capability[];
  /** The first rule with `deny`. */
  public readonly denying: SourcedRule | undefined;
  public readonly minWrapping: WrappingBound | undefined;
  public readonly maxWrapping: WrappingBound | undefined;
  public readonly allowed = new ParameterLists<SourcedRule>();
  public readonly denied = new ParameterLists<SourcedRule>();
  /** The first rule that requires a parameter, by the parameter's name. */
  public readonly required: ReadonlyMap<string, SourcedRule>;
  private readonly granting = new Map<Capability, SourcedRule>();

  /**
   * @param first the pattern's first rule
   * @param more its other rules, in the order of their policies
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

/** The smallest limit that a rule sets; 0 means none. */
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
