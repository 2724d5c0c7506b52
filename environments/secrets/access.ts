import { PolicyEvaluator } from "../../access/evaluation/evaluate";
import { identities } from "../../access/identities/identities";
import type { EvaluatedIdentity } from "../../access/matrix";
import type { City } from "../model/city";
import { accessPlan } from "./access-plan";

const known = new WeakMap<City, readonly EvaluatedIdentity[]>();

/** Everybody who logs in to a city's Vault, with what he may do; made once a city: the rules and the report ask the same. */
export function accessOf(city: City): readonly EvaluatedIdentity[] {
  const evaluated =
    known.get(city) ??
    identities(accessPlan(city)).map((identity) => ({
      ...identity,
      evaluator: new PolicyEvaluator([identity.policy]),
    }));
  known.set(city, evaluated);
  return evaluated;
}
