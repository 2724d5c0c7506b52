import { portSet } from "../../segmentation/ports";
import type { Service } from "../model/flows";
import type { Network } from "../model/network";
import { onceEach } from "../once";

const byName = onceEach(
  (services: readonly Service[]) => new Map(services.toReversed().map((service) => [service.name, service])),
);

/** The service of a name; the first where two have it, which a rule reports. */
export function serviceNamed({ services }: Network, name: string): Service | undefined {
  return byName(services).get(name);
}

/** The ports of a service as a set. */
export const offeredBy = onceEach(({ ports }: Service) => portSet(ports));
