import { lowerCase } from "./go-text";
import type { Grant, SourcedRule } from "./grant";
import type { Capability } from "../policy";

/**
 * The operation of a request. A write is `create` where the backend can tell that the path is empty, otherwise
 * `update`.
 */
export type Operation = Exclude<Capability, "sudo" | "deny">;

/** A request with a token, as the server sees it. */
export interface AccessRequest {
  /** Path of the API, without `/v1/`. The trailing slash of a list or scan may be left out, as over HTTP. */
  readonly path: string;
  readonly operation: Operation;
  /**
   * Parameters of the JSON body or the query; a query's values are text. An undefined one is not sent. @default - none
   */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** Requested lifetime of a wrapped answer, in seconds. @default - not wrapped */
  readonly wrapSeconds?: number | undefined;
  /** Whether the path requires sudo. @default - as `asksForSudo` says */
  readonly sudo?: boolean | undefined;
}

/**
 * Why a request is allowed or denied. Where several reasons apply, the first in this order is reported. `no-rule`: no
 * rule matches the path. `denied`: a rule says `deny`. `no-capability`: no rule grants the operation. `wrapping`: not
 * wrapped, or for too short or too long. `parameter-missing`: a required parameter is missing. `parameter-denied`: a
 * denied parameter is sent. `parameter-not-allowed`: a parameter is not on the list of allowed ones. `no-sudo`: the
 * path also requires sudo.
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
   * The deciding rule among those of the matching pattern: the one that grants the operation, or that denies or
   * restricts it; otherwise the first. Undefined where no rule matches the path.
   */
  readonly rule?: SourcedRule;
}

type Parameter = readonly [name: string, value: unknown];

/** OpenBao checks parameters of reads as well as of writes; Vault does not check those of reads. */
const WITH_PARAMETERS: readonly Operation[] = ["create", "read", "update", "patch"];

/** The decision of a matching pattern's rules on a request. */
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

/** `*` denies every parameter, whatever values are listed for it. */
function deniedParameter({ denied }: Grant, parameters: readonly Parameter[]): Decision | undefined {
  if (denied.all !== undefined) return refusal("parameter-denied", denied.all);
  const wrong = parameters.find(([name, value]) => denied.has(name, value) === true);
  return wrong === undefined ? undefined : refusal("parameter-denied", denied.sourceOf(wrong[0]));
}

/** `*` allows all other parameters, but a parameter with a list of values is still checked against it. */
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
