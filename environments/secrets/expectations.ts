import type { Decision } from "../../access/evaluation/decision";
import { secretPath, secretReading } from "../../access/secret-reading";
import type { SecretReading } from "../../access/secret-reading";
import { quoted } from "../display";
import type { City } from "../model/city";
import { accessOf } from "./access";
import { readableFinding } from "./secret-places";

/** Somebody and a secret, and whether he reads it. */
export interface ExpectedReading extends SecretReading {
  /** Where in its list it stands. */
  readonly index: number;
  readonly who: string;
  readonly secret: string;
}

/** What a city's file expects, evaluated; whoever and whatever is not there is left out, which other rules report. */
export function expectedReadings(city: City, list: "mustRead" | "mustNotRead"): ExpectedReading[] {
  return city.secrets[list].flatMap(({ who, secret }, index) => {
    const identity = accessOf(city).find(({ id }) => id === who);
    if (identity === undefined || readableFinding(city, secret) !== undefined) return [];
    return [{ index, who, secret, ...secretReading(identity.evaluator, city.city.id, secret) }];
  });
}

/** What decides about a secret, in words: the policy and its path, and why it is there. */
export function decisionText(city: City, who: string, secret: string, { reason, rule }: Decision): string {
  const path = quoted(secretPath(city.city.id, secret));
  if (rule === undefined) return `${who}'s policy has no rule for ${path}`;
  const { capabilities, why } = rule.rule;
  const line = `path ${quoted(rule.rule.path)} with ${capabilities.join(", ")} (${why})`;
  return reason === "granted" ? `${rule.policy} allows it by ${line}` : `${rule.policy} has for it only ${line}`;
}
