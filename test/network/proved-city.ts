import { loadCities } from "../../environments/load";
import type { City } from "../../environments/model/city";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { reachOf } from "../../environments/network/network-plan";
import { prove } from "../../proof/proof";
import type { Difference, ProofOptions, ProofResult } from "../../proof/proof";
import type { GatewayPlan } from "../../segmentation/gateway";

/** The city of a file. */
export function city(file: string): City {
  const [loaded] = loadCities([file]);
  if (loaded === undefined) throw new Error(`no city in ${file}`);
  return loaded;
}

/** The first pair of gateways of a city that has one. */
export function gatewayOf(of: City): GatewayPlan {
  const [gateway] = gatewayPlans(of);
  if (gateway === undefined) throw new Error(`${of.city.id} has no gateway`);
  return gateway;
}

/** Sends packets through a city. @param built what is built otherwise than the city has it */
export function proveCity(of: City, built: Partial<ProofOptions> = {}): Promise<ProofResult> {
  return prove({ reach: reachOf(of), gateways: gatewayPlans(of), ...built });
}

/** The differences in a few words, each once, sorted. */
export function differences({ differences: found }: ProofResult): string[] {
  const words = ({ protocol, port, by, arrived, path, forged }: Difference): string => {
    const what = protocol === "icmp" ? "icmp" : `${protocol}/${String(port)}`;
    return `${path}: ${what} of ${forged ? "another's address" : (by ?? "nothing")} ${arrived ? "arrives" : "is lost"}`;
  };
  return [...new Set(found.map(words))].sort();
}
