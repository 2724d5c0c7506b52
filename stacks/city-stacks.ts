import type { App } from "cdktf";
import type { City } from "../environments/model/city";
import { shardsOf } from "../environments/seats";
import type { Deployment } from "./deployment";
import { DesktopsStack } from "./desktops-stack";
import { FoundationStack } from "./foundation-stack";
import { NetworkStack } from "./network-stack";
import { SecretsStack } from "./secrets-stack";

/** Declares every stack of a city: foundation, network, secrets, and one for each shard of each pool. */
export function declareCity(app: App, city: City, deployment: Deployment): void {
  const foundation = new FoundationStack(app, { city, deployment });
  const network = new NetworkStack(app, { city, deployment, tags: foundation.tags });
  new SecretsStack(app, { city, deployment });
  for (const pool of city.pools) {
    for (const shard of shardsOf(city, pool)) {
      new DesktopsStack(app, { city, deployment, pool, shard, foundation, network });
    }
  }
}
