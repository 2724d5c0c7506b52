import type { App } from "cdktf";
import type { DeployedCity } from "../environments/model/city";
import type { Deployment } from "./deployment";
import { DesktopsStack } from "./desktops-stack";
import { refuseExpressions } from "./expressions";
import { FoundationStack } from "./foundation-stack";
import { GatewayStack } from "./gateway-stack";
import { NetworkStack } from "./network-stack";
import { cityPlan } from "./plans/city-plan";
import type { CityPlan } from "./plans/city-plan";
import { SecretsStack } from "./secrets-stack";

/**
 * Declares every stack of cities: foundation, network, gateways, access machines, secrets, and one for each shard of each pool.
 * @param cities as they are deployed: with the pools that they have only in an emergency
 */
export function declareCities(app: App, cities: readonly DeployedCity[], deployment: Deployment): void {
  refuseExpressions(app, cities);
  for (const city of cities) declareCity(app, cityPlan(city), deployment);
}

function declareCity(app: App, plan: CityPlan, deployment: Deployment): void {
  const foundation = new FoundationStack(app, { plan, deployment });
  const network = new NetworkStack(app, { plan, deployment, tags: foundation.tags });
  const common = { plan, deployment, foundation, network };
  for (const machines of [plan.gateways, plan.access]) {
    let before: GatewayStack | undefined;
    for (const gateway of machines) before = new GatewayStack(app, { ...common, gateway, before });
  }
  if (plan.secrets !== undefined) new SecretsStack(app, { plan, deployment, secrets: plan.secrets });
  for (const pool of plan.pools) {
    for (const shard of pool.shards) new DesktopsStack(app, { ...common, pool, shard });
  }
}
