import type { Decision } from "../../access/evaluation/decision";
import { secretPath, secretReading } from "../../access/secret-reading";
import type { SecretReading } from "../../access/secret-reading";
import { quoted } from "../display";
import type { City } from "../model/city";
import { accessOf } from "./access";
import { readableFinding } from "./secret-places";

/** An identity, a secret, and whether the one can read the other. */
export interface ExpectedReading extends SecretReading {
  /** Its index in the file's list. */
  readonly index: number;
  readonly who: string;
  readonly secret: string;
}

/** The expectations of a list, evaluated. Those with an unknown identity or secret are left out: other rules report them. */
export function expectedReadings(city: City, list: "mustRead" | "mustNotRead"): ExpectedReading[] {
  return city.secrets[list].flatMap(({ who, secret }, index) => {
    const identity = accessOf(city).find(({ id }) => id === who);
    if (identity === undefined || readableFinding(city, secret) !== undefined) return [];
    return [{ index, who, secret, ...secretReading(identity.evaluator, city.city.id, secret) }];
  });
}

/** The policy rule that allows or denies a secret, in words, and the reason why it exists. */
export function decisionText(city: City, who: string, secret: string, { reason, rule }: Decision): string {
  const path = quoted(secretPath(city.city.id, secret));
  if (rule === undefined) return `${who}'s policy has no rule for ${path}`;
  const { capabilities, why } = rule.rule;
  const line = `path ${quoted(rule.rule.path)} with ${capabilities.join(", ")} (${why})`;
  return reason === "granted" ? `${rule.policy} allows it by ${line}` : `${rule.policy} has for it only ${line}`;
}
