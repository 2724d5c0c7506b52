import { loadCities } from "../../environments/load";
import type { City } from "../../environments/model/city";
import { gatewayPlan } from "../../environments/network/gateway-plan";
import { reachOf } from "../../environments/network/network-plan";
import { prove } from "../../proof/proof";
import type { ProofOptions, ProofResult } from "../../proof/proof";
import type { GatewayPlan } from "../../segmentation/gateway";

/** The city of a file. */
export function city(file: string): City {
  const [loaded] = loadCities([file]);
  if (loaded === undefined) throw new Error(`no city in ${file}`);
  return loaded;
}

/** The gateways of a city that has them. */
export function gatewayOf(of: City): GatewayPlan {
  const gateway = gatewayPlan(of);
  if (gateway === undefined) throw new Error(`${of.city.id} has no gateway`);
  return gateway;
}

/** Sends packets through a city. @param built what is built otherwise than the city has it */
export function proveCity(of: City, built: Partial<ProofOptions> = {}): Promise<ProofResult> {
  return prove({ reach: reachOf(of), gateway: gatewayOf(of), ...built });
}
