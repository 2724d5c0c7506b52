import type { Member, Pair } from "../../segmentation/gateway";
import type { City } from "../model/city";
import { stackName } from "../stack-names";
import type { GatewayPair } from "./gateway-pairs";

const MEMBER_LETTERS: Pair<string> = ["a", "b"];

/** The name of a gateway within its city, `gateway-a`, of a further pair `gateway-north-a`: of its folder, and the last part of its stack's name. */
export function gatewayPart({ further }: Pick<GatewayPair, "further">, member: Member): `gateway-${string}` {
  const letter = MEMBER_LETTERS[member];
  return further === undefined ? `gateway-${letter}` : `gateway-${further.name}-${letter}`;
}

/** The name of a gateway, `milan-gateway-a`: of its machine and its stack, and its host name. */
export function gatewayName(city: City, pair: Pick<GatewayPair, "further">, member: Member): string {
  return stackName(city.city.id, gatewayPart(pair, member));
}
