import type { AccessCell } from "../../access/matrix";
import { accessMatrix, matrixPaths } from "../../access/matrix";
import { secretReading } from "../../access/secret-reading";
import type { PolicyRule } from "../../access/policy";
import { escaped } from "../../environments/display";
import type { City } from "../../environments/model/city";
import { accessOf } from "../../environments/secrets/access";
import { accessPlan } from "../../environments/secrets/access-plan";
import { expectedReadings } from "../../environments/secrets/expectations";

/** Somebody and a secret. */
export interface HeldReading {
  readonly who: string;
  readonly secret: string;
}

/** What `report access` says, and the shape of its JSON. */
export interface AccessReport {
  /** The city's id. */
  readonly city: string;
  /** Everybody who logs in, and the rules of his policy, sorted by path. */
  readonly identities: readonly {
    readonly id: string;
    readonly policy: string;
    readonly rules: readonly PolicyRule[];
  }[];
  /** Everybody at every path that tells identities apart; `deny` alone where nothing is allowed. */
  readonly cells: readonly AccessCell[];
  /** What was held: a file where one of them failed is refused. */
  readonly held: { readonly mustRead: readonly HeldReading[]; readonly mustNotRead: readonly HeldReading[] };
}

/** The report of a city. */
export function accessReport(city: City): AccessReport {
  const evaluated = accessOf(city);
  return {
    city: city.city.id,
    identities: evaluated.map(({ id, policy }) => ({ id, policy: policy.name, rules: sorted(policy.rules) })),
    cells: accessMatrix(evaluated, matrixPaths(accessPlan(city), evaluated)),
    held: { mustRead: held(city, "mustRead"), mustNotRead: held(city, "mustNotRead") },
  };
}

function held(city: City, list: "mustRead" | "mustNotRead"): HeldReading[] {
  return expectedReadings(city, list).map(({ who, secret }) => ({ who, secret }));
}

function sorted(rules: readonly PolicyRule[]): PolicyRule[] {
  return [...rules].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The report in lines: what each identity may do, and why. */
export function accessText({ city, identities, held }: AccessReport): string {
  return [
    `${city}: who may do what in Vault; everything else is denied`,
    ...identities.flatMap(({ id, policy, rules }) => ["", `${id} (policy ${policy})`, ...rules.map(ruleLine)]),
    "",
    "held",
    ...held.mustRead.map(({ who, secret }) => `  ${escaped(who)} reads ${escaped(secret)}`),
    ...held.mustNotRead.map(({ who, secret }) => `  ${escaped(who)} does not read ${escaped(secret)}`),
    "",
  ].join("\n");
}

function ruleLine({ path, capabilities, minWrappingSeconds, why }: PolicyRule): string {
  const wrapped = minWrappingSeconds === undefined ? "" : ", wrapped only";
  return `  ${path}: ${capabilities.join(", ")}${wrapped}; ${escaped(why)}`;
}

/** Who reads a secret, in lines, everybody named. @param secret the way below the store, such as `pools/anagrafe/domain-join` */
export function readersText(city: City, secret: string): string {
  const lines = accessOf(city).map(({ id, evaluator }) => {
    const { reads, decision } = secretReading(evaluator, city.city.id, secret);
    const because = reads === "no" || decision.rule === undefined ? "" : `; ${escaped(decision.rule.rule.why)}`;
    return `  ${id}: ${reads}${because}`;
  });
  return [`${city.city.id}: who reads ${secret}`, ...lines, ""].join("\n");
}
