import type { AccessCell } from "../access/matrix";
import { accessMatrix, matrixPaths } from "../access/matrix";
import { secretReading } from "../access/secret-reading";
import type { PolicyRule } from "../access/policy";
import { escaped } from "../environments/display";
import type { DeclaredCity, DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";
import { accessOf, identityPath } from "../environments/secrets/access";
import { accessPlan } from "../environments/secrets/access-plan";
import { expectedReadings } from "../environments/secrets/expectations";
import { entitlements, supportRoles, supportText } from "./support-report";
import type { ReportedEntitlement, ReportedSupportRole } from "./support-report";

/** An identity and a secret. */
export interface HeldReading {
  readonly who: string;
  readonly secret: string;
}

/** An identity that logs in. */
export interface ReportedIdentity {
  readonly id: string;
  /** Name of its policy. */
  readonly policy: string;
  /** Line of the city's file that declares it; null for another city's or an emergency's. */
  readonly line: number | null;
  /** The rules of its policy, sorted by path. */
  readonly rules: readonly ReportedRule[];
}

/** A rule, and the lines of the city's file that ask for it; empty where every such identity has it. */
export type ReportedRule = Omit<PolicyRule, "asked"> & { readonly lines: readonly number[] };

/** The line of a path in the city's file. */
export type LineOf = (path: Path) => number;

/** The result of `report access`, and the shape of its JSON. */
export interface AccessReport {
  /** The city's id. */
  readonly city: string;
  /** Every identity that logs in. */
  readonly identities: readonly ReportedIdentity[];
  /** Every identity at every path that distinguishes identities; only `deny` where nothing is allowed. */
  readonly cells: readonly AccessCell[];
  /** The expectations that hold; a file that breaks one is refused. */
  readonly held: { readonly mustRead: readonly HeldReading[]; readonly mustNotRead: readonly HeldReading[] };
  /** Support roles in vCenter. */
  readonly support: readonly ReportedSupportRole[];
  /** Who may use which of the file's pools. */
  readonly entitled: readonly ReportedEntitlement[];
}

/**
 * The report of a city.
 * @param city as deployed
 * @param declared as declared
 */
export function accessReport(city: DeployedCity, declared: DeclaredCity, lineOf: LineOf): AccessReport {
  const evaluated = accessOf(city);
  return {
    city: city.city.id,
    identities: evaluated.map(({ id, policy }) => {
      const path = identityPath(declared, id);
      const rules = sorted(policy.rules).map((rule) => reported(rule, lineOf));
      return { id, policy: policy.name, line: path === undefined ? null : lineOf(path), rules };
    }),
    cells: accessMatrix(evaluated, matrixPaths(accessPlan(city), evaluated)),
    held: { mustRead: held(city, "mustRead"), mustNotRead: held(city, "mustNotRead") },
    support: supportRoles(city, lineOf),
    entitled: entitlements(city, declared.pools.length, lineOf),
  };
}

function held(city: DeployedCity, list: "mustRead" | "mustNotRead"): HeldReading[] {
  return expectedReadings(city, list).map(({ who, secret }) => ({ who, secret }));
}

function reported({ asked = [], ...rule }: PolicyRule, lineOf: LineOf): ReportedRule {
  return { ...rule, lines: asked.map(lineOf) };
}

function sorted(rules: readonly PolicyRule[]): PolicyRule[] {
  return [...rules].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The report as text: what each identity may do, and why. */
export function accessText({ city, identities, held, support, entitled }: AccessReport): string {
  // Each pool has an identity in a Vault: without one there is no Vault.
  const vault = identities.length === 0 ? [`${city} has no Vault`] : vaultLines({ city, identities, held });
  return [...vault, "", ...supportText(support, entitled)].join("\n");
}

function vaultLines({ city, identities, held }: Pick<AccessReport, "city" | "identities" | "held">): string[] {
  return [
    `${city}: who may do what in Vault; everything else is denied`,
    ...identities.flatMap(({ id, policy, line, rules }) => [
      "",
      `${id} (policy ${policy}${line === null ? "" : `, line ${String(line)}`})`,
      ...rules.map(ruleLine),
    ]),
    "",
    "held",
    ...held.mustRead.map(({ who, secret }) => `  ${escaped(who)} reads ${escaped(secret)}`),
    ...held.mustNotRead.map(({ who, secret }) => `  ${escaped(who)} does not read ${escaped(secret)}`),
  ];
}

function ruleLine({ path, capabilities, minWrappingSeconds, why, lines }: ReportedRule): string {
  const wrapped = minWrappingSeconds === undefined ? "" : ", wrapped only";
  return `  ${path}: ${capabilities.join(", ")}${wrapped}; ${escaped(why)}${linesText(lines)}`;
}

function linesText(lines: readonly number[]): string {
  return lines.length === 0 ? "" : ` (${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")})`;
}

/**
 * Who reads a secret, as text, with every identity. @param secret path below the store, such as
 * `pools/anagrafe/domain-join`
 */
export function readersText(city: DeployedCity, secret: string, lineOf: LineOf): string {
  const lines = accessOf(city).map(({ id, evaluator }) => {
    const { reads, decision } = secretReading(evaluator, city.city.id, secret);
    if (reads === "no" || decision.rule === undefined) return `  ${id}: ${reads}`;
    const { why, asked = [] } = decision.rule.rule;
    return `  ${id}: ${reads}; ${escaped(why)}${linesText(asked.map(lineOf))}`;
  });
  return [`${city.city.id}: who reads ${secret}`, ...lines, ""].join("\n");
}
