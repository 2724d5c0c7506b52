import { PolicyEvaluator } from "../../access/evaluation/evaluate";
import { ACCESS_MACHINES, GATEWAYS } from "../../access/identities/gateway-rules";
import { identities } from "../../access/identities/identities";
import type { EvaluatedIdentity } from "../../access/matrix";
import type { City } from "../model/city";
import { onceEach } from "../once";
import type { Path } from "../path";
import { accessPlan } from "./access-plan";

/**
 * The path in the file of an identity, such as `pool:anagrafe`; undefined for a pool that the city lacks: a declared city has
 * no pools of hosted seats and of its surge.
 */
export function identityPath({ pools, secrets }: City, id: string): Path | undefined {
  const [kind = "", name = ""] = id.split(":");
  const at = (all: readonly { readonly name: string }[] = []): number => all.findIndex((one) => one.name === name);
  const place = (way: Path, index: number): Path | undefined => (index < 0 ? undefined : [...way, index]);
  if (kind === "pool") return place(["pools"], at(pools));
  if (kind === "team") return place(["secrets", "people", "teams"], at(secrets.people?.teams));
  if (kind === GATEWAYS) return ["network", "gateway"];
  if (kind === ACCESS_MACHINES) return ["access", "machines"];
  return kind === "ci" ? ["secrets", "ci"] : ["secrets", "people", "breakGlass"];
}

/** Every identity that logs in to a city's Vault, with an evaluator of its policy; made once a city. None without a Vault. */
export const accessOf = onceEach((city: City): readonly EvaluatedIdentity[] =>
  (city.platform.vault === undefined ? [] : identities(accessPlan(city))).map(evaluated),
);

/** An identity whose policy is evaluated when somebody asks: most are never asked about. */
function evaluated({ id, policy }: Omit<EvaluatedIdentity, "evaluator">): EvaluatedIdentity {
  let evaluator: PolicyEvaluator | undefined;
  return {
    ...{ id, policy },
    get evaluator() {
      return (evaluator ??= new PolicyEvaluator([policy]));
    },
  };
}
