import { PolicyEvaluator } from "../../access/evaluation/evaluate";
import { identities } from "../../access/identities/identities";
import type { EvaluatedIdentity } from "../../access/matrix";
import type { City } from "../model/city";
import type { Path } from "../path";
import { accessPlan } from "./access-plan";

const known = new WeakMap<City, readonly EvaluatedIdentity[]>();

/** Where the city names somebody who logs in; undefined of pools that it does not have, as a declared one another city's and an emergency's. */
export function identityPath({ pools, secrets }: City, id: string): Path | undefined {
  const [kind = "", name = ""] = id.split(":");
  const at = (all: readonly { readonly name: string }[] = []): number => all.findIndex((one) => one.name === name);
  const place = (way: Path, index: number): Path | undefined => (index < 0 ? undefined : [...way, index]);
  if (kind === "pool") return place(["pools"], at(pools));
  if (kind === "team") return place(["secrets", "people", "teams"], at(secrets.people?.teams));
  if (kind === "gateways") return ["network", "gateway"];
  return kind === "ci" ? ["secrets", "ci"] : ["secrets", "people", "breakGlass"];
}

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
