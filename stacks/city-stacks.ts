import type { App } from "cdktf";
import { gatewayPlan } from "../environments/network/gateway-plan";
import type { DeployedCity } from "../environments/model/city";
import { currentAssignments } from "../environments/seats/assignments";
import { shardsOf } from "../environments/seats/seats";
import type { CityStackProps } from "./city-stack";
import type { Deployment } from "./deployment";
import { DesktopsStack } from "./desktops-stack";
import { refuseExpressions } from "./expressions";
import { FoundationStack } from "./foundation-stack";
import { GatewayStack } from "./gateway-stack";
import { NetworkStack } from "./network-stack";
import { SecretsStack } from "./secrets-stack";

/**
 * Declares every stack of cities: foundation, network, gateways, secrets, and one for each shard of each pool.
 * @param cities as they are deployed: with the pools that they have only in an emergency
 */
export function declareCities(app: App, cities: readonly DeployedCity[], deployment: Deployment): void {
  refuseExpressions(app, cities);
  for (const city of cities) declareCity(app, city, deployment);
}

function declareCity(app: App, city: DeployedCity, deployment: Deployment): void {
  const foundation = new FoundationStack(app, { city, deployment });
  const network = new NetworkStack(app, { city, deployment, tags: foundation.tags });
  declareGateways(app, { city, deployment }, foundation, network);
  new SecretsStack(app, { city, deployment });
  const assignments = currentAssignments(city);
  for (const pool of city.pools) {
    for (const shard of shardsOf(city, pool)) {
      new DesktopsStack(app, { city, deployment, pool, shard, assignments, foundation, network });
    }
  }
}

function declareGateways(app: App, props: CityStackProps, foundation: FoundationStack, network: NetworkStack): void {
  const { gateway } = props.city.network;
  const plan = gatewayPlan(props.city);
  if (gateway === undefined || plan === undefined) return;
  const both = { ...props, gateway, plan, foundation, network };
  const first = new GatewayStack(app, { ...both, member: 0 });
  new GatewayStack(app, { ...both, member: 1, first });
}
