import { decisionOf } from "./decision";
import type { AccessRequest, Decision } from "./decision";
import { bytesOf } from "./go-text";
import { Grant } from "./grant";
import type { SourcedRule } from "./grant";
import { patternKey, patternOf } from "./pattern";
import type { Pattern } from "./pattern";
import { PatternIndex } from "./pattern-index";
import type { Capability, Policy } from "../policy";
import { policyProblems } from "./policy-check";
import { PolicyError } from "./policy-error";
import { asksForSudo } from "./sudo-paths";

const NOTHING: readonly Capability[] = ["deny"];

/**
 * What an identity with these policies, and no others, may do: the answers of OpenBao 2.6.1, without a server. Of the
 * patterns of all policies one alone decides about a path, and no shorter one adds to it.
 *
 * Not here: namespaces, templated paths (refused), rules that expire, `mfa_methods`, `pagination_limit` and
 * `list_scan_response_keys_filter_path` (`PolicyRule` cannot say them), the policy `root` (refused), the policy `default`
 * unless it is given, paths that need no token, asking for help (always allowed), what a server refuses whoever asks, as to
 * write to a path that ends in a slash, and where mounts are: a write to a mount's own path is judged with a slash behind it.
 */
export class PolicyEvaluator {
  private readonly index: PatternIndex<Grant>;

  /**
   * @param policies of one identity, in any order
   * @throws PolicyError that lists all that the server would refuse, or that cannot be told without one
   */
  public constructor(policies: readonly Policy[]) {
    const problems = policyProblems(policies);
    if (problems.length > 0) throw new PolicyError(problems);
    this.index = new PatternIndex(grantsOf(policies));
  }

  /**
   * What `sys/capabilities` answers for a path: sorted, and `deny` alone where nothing is allowed. The server looks the path
   * up as if it were listed: with a trailing slash it also shows what is allowed without, whatever the operation.
   */
  public capabilities(path: string): readonly Capability[] {
    return this.index.findListed(bare(path))?.capabilities ?? NOTHING;
  }

  /**
   * Whether a request would be allowed, and the rule that says so. What the backend then answers, an allowed request may
   * still fail for.
   */
  public decide(request: AccessRequest): Decision {
    const listed = request.operation === "list" || request.operation === "scan";
    const path = bare(listed && !request.path.endsWith("/") ? `${request.path}/` : request.path);
    const grant = listed ? this.index.findListed(path) : this.index.find(path);
    if (grant === undefined) return { allowed: false, reason: "no-rule" };
    return decisionOf(grant, request, request.sudo ?? asksForSudo(path));
  }
}

/** A path as rules are held against it. */
function bare(path: string): string {
  return bytesOf(path.startsWith("/") ? path.replace(/^\/+/, "") : path);
}

/** What each pattern grants, over all policies. */
function grantsOf(policies: readonly Policy[]): (readonly [Pattern, Grant])[] {
  const found = new Map<string, { readonly pattern: Pattern; readonly rules: [SourcedRule, ...SourcedRule[]] }>();
  for (const { name, rules } of policies) {
    for (const rule of rules) {
      const source = { policy: name, rule };
      const pattern = patternOf(rule.path);
      const same = found.get(patternKey(pattern));
      if (same === undefined) found.set(patternKey(pattern), { pattern, rules: [source] });
      else same.rules.push(source);
    }
  }
  return Array.from(found.values(), ({ pattern, rules: [first, ...more] }) => [pattern, new Grant(first, more)]);
}
