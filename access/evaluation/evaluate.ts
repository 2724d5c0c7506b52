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
 * What an identity with exactly these policies may do: OpenBao 2.6.1's answers, without a server. Among the patterns of
 * all policies a single one decides on a path; shorter ones add nothing.
 *
 * Not covered: namespaces, templated paths (refused), rules that expire, `mfa_methods`, `pagination_limit` and
 * `list_scan_response_keys_filter_path` (`PolicyRule` does not have them), the policy `root` (refused), the policy
 * `default` unless it is given, unauthenticated paths, requests for help (always allowed), what a server refuses to
 * everybody, such as a write to a path with a trailing slash, and the location of mounts: a write to a mount's own path
 * is judged with a trailing slash.
 */
export class PolicyEvaluator {
  private readonly index: PatternIndex<Grant>;

  /**
   * @param policies of one identity, in any order
   * @throws PolicyError that lists everything that the server would refuse, or that cannot be decided without one
   */
  public constructor(policies: readonly Policy[]) {
    const problems = policyProblems(policies);
    if (problems.length > 0) throw new PolicyError(problems);
    this.index = new PatternIndex(grantsOf(policies));
  }

  /**
   * The answer of `sys/capabilities` for a path: sorted, and only `deny` where nothing is allowed. The server looks the
   * path up as for a list: with a trailing slash it also shows what is allowed without it.
   */
  public capabilities(path: string): readonly Capability[] {
    return this.index.findListed(bare(path))?.capabilities ?? NOTHING;
  }

  /** Whether a request is allowed, and the deciding rule. The backend may still refuse an allowed request. */
  public decide(request: AccessRequest): Decision {
    const listed = request.operation === "list" || request.operation === "scan";
    const path = bare(listed && !request.path.endsWith("/") ? `${request.path}/` : request.path);
    const grant = listed ? this.index.findListed(path) : this.index.find(path);
    if (grant === undefined) return { allowed: false, reason: "no-rule" };
    return decisionOf(grant, request, request.sudo ?? asksForSudo(path));
  }
}

/** A path in the form that rules match. */
function bare(path: string): string {
  return bytesOf(path.startsWith("/") ? path.replace(/^\/+/, "") : path);
}

/** The merged rules of each pattern, over all policies. */
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
