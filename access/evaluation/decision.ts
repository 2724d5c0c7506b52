import { lowerCase } from "./go-text";
import type { Grant, SourcedRule } from "./grant";
import type { Capability } from "../policy";

/** What a request does. A write is `create` where the backend can tell that nothing is there yet, and else `update`. */
export type Operation = Exclude<Capability, "sudo" | "deny">;

/** A request with a token, as it comes to the server. */
export interface AccessRequest {
  /** Path of the API, without `/v1/`. The slash behind what is listed or scanned may be left out, as over HTTP. */
  readonly path: string;
  readonly operation: Operation;
  /**
   * What the body's JSON or the query says; a query's values are text. What is undefined is not sent. @default - nothing
   */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** For how long the answer is to be wrapped, in seconds. @default - not wrapped */
  readonly wrapSeconds?: number | undefined;
  /** Whether the path asks for sudo. @default - as `asksForSudo` says */
  readonly sudo?: boolean | undefined;
}

/**
 * Why a request is allowed or denied. Several may hold of one that is denied: the first in this order is told.
 * `no-rule`: no rule is for the path. `denied`: a rule says `deny`. `no-capability`: none grants the operation.
 * `wrapping`: not wrapped, or for too short or too long. `parameter-missing`: one that must be sent is not.
 * `parameter-denied`: one may not be sent. `parameter-not-allowed`: one is not among those that may be. `no-sudo`: the path
 * asks for sudo besides.
 */
export type Reason =
  | "granted"
  | "no-rule"
  | "denied"
  | "no-capability"
  | "wrapping"
  | "parameter-missing"
  | "parameter-denied"
  | "parameter-not-allowed"
  | "no-sudo";

/** Whether a request is allowed, and why. */
export interface Decision {
  /** False where the server answers 403. */
  readonly allowed: boolean;
  readonly reason: Reason;
  /**
   * The rule that decides, of those of the pattern that is the path's: that which grants the operation, or denies, bounds or
   * restricts it; where none says anything of it, the first. Missing where no rule is for the path.
   */
  readonly rule?: SourcedRule;
}

type Parameter = readonly [name: string, value: unknown];

/** Of reads as of writes; in Vault, not of reads. */
const WITH_PARAMETERS: readonly Operation[] = ["create", "read", "update", "patch"];

/** What the rules of a path's pattern say of a request. */
export function decisionOf(grant: Grant, request: AccessRequest, sudo: boolean): Decision {
  if (grant.denying !== undefined) return refusal("denied", grant.denying);
  const granting = grant.granted(request.operation);
  if (granting === undefined) return refusal("no-capability", grant.first);
  const refused =
    wrongWrapping(grant, request.wrapSeconds) ??
    (WITH_PARAMETERS.includes(request.operation) ? wrongParameter(grant, request.parameters ?? {}) : undefined) ??
    (sudo && grant.granted("sudo") === undefined ? refusal("no-sudo", grant.first) : undefined);
  return refused ?? { allowed: true, reason: "granted", rule: granting };
}

function wrongWrapping({ minWrapping, maxWrapping }: Grant, seconds: number | undefined): Decision | undefined {
  if (maxWrapping !== undefined && (seconds ?? Infinity) > maxWrapping.seconds)
    return refusal("wrapping", maxWrapping.source);
  if (minWrapping !== undefined && (seconds ?? 0) < minWrapping.seconds) return refusal("wrapping", minWrapping.source);
  return undefined;
}

function wrongParameter(grant: Grant, given: Readonly<Record<string, unknown>>): Decision | undefined {
  const parameters = Object.entries(given).filter(([, value]) => value !== undefined);
  const names = new Set(parameters.map(([name]) => name));
  for (const [name, source] of grant.required) {
    if (!names.has(lowerCase(name))) return refusal("parameter-missing", source);
  }
  if (parameters.length === 0) return undefined;
  return deniedParameter(grant, parameters) ?? disallowedParameter(grant, parameters);
}

/** With `*` all is denied, whatever values stand there. */
function deniedParameter({ denied }: Grant, parameters: readonly Parameter[]): Decision | undefined {
  if (denied.all !== undefined) return refusal("parameter-denied", denied.all);
  const wrong = parameters.find(([name, value]) => denied.has(name, value) === true);
  return wrong === undefined ? undefined : refusal("parameter-denied", denied.sourceOf(wrong[0]));
}

/** With `*` all others are allowed, but a parameter that has values of its own is still held to them. */
function disallowedParameter({ allowed }: Grant, parameters: readonly Parameter[]): Decision | undefined {
  if (allowed.empty) return undefined;
  const others = allowed.all !== undefined;
  const wrong = parameters.find(([name, value]) => !(allowed.has(name, value) ?? others));
  return wrong === undefined
    ? undefined
    : refusal("parameter-not-allowed", allowed.sourceOf(wrong[0]) ?? allowed.first);
}

function refusal(reason: Reason, rule: SourcedRule | undefined): Decision {
  return { allowed: false, reason, ...(rule === undefined ? {} : { rule }) };
}
