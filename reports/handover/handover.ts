import { networkPlan } from "../../environments/network/network-plan";
import type { City } from "../../environments/model/city";
import { matrixRules } from "../../segmentation/matrix";
import type { MatrixRule } from "../../segmentation/matrix";
import { insideOf } from "../../segmentation/plan";
import type { Rule } from "../../segmentation/plan";
import { handoverAccess } from "./access";
import type { HandoverAccess } from "./access";
import { handoverDhcp } from "./dhcp";
import type { HandoverDhcp } from "./dhcp";
import { handoverNames, handoverRecords } from "./names";
import type { HandoverName, HandoverRecord } from "./names";
import { handoverRouters, handoverRoutes } from "./routing";
import type { HandoverRoute, HandoverRouter } from "./routing";
import { handoverSwitch, handoverTrunks, handoverVlans } from "./switching";
import type { HandoverSwitch, HandoverTrunk, HandoverVlan } from "./switching";

/** What the network team must configure for a city: the result of `report network --handover`, and its JSON. */
export interface Handover {
  /** The city's id. */
  readonly city: string;
  /** The city's name. */
  readonly name: string;
  /** The day for which the file is valid. */
  readonly asOf: string;
  readonly switch: HandoverSwitch;
  readonly trunks: readonly HandoverTrunk[];
  readonly vlans: readonly HandoverVlan[];
  /** Whether the city has gateways; otherwise its own firewalls route between the segments. */
  readonly gateways: boolean;
  /** The servers that the gateways themselves ask for names and for time; empty where the template's are taken. */
  readonly gatewayServers: { readonly names: readonly string[]; readonly time: readonly string[] };
  readonly routes: readonly HandoverRoute[];
  readonly routers: readonly HandoverRouter[];
  readonly dhcp: HandoverDhcp;
  readonly records: readonly HandoverRecord[];
  readonly names: readonly HandoverName[];
  /** How people reach their seats; null where the file does not say. */
  readonly access: HandoverAccess | null;
  /** Openings with an end that is not in the segments made here: firewalls on the way must agree. */
  readonly openings: readonly MatrixRule[];
}

/** The handover of a checked city. */
export function handover(city: City): Handover {
  return {
    ...{ city: city.city.id, name: city.city.name, asOf: city.asOf },
    switch: handoverSwitch(city),
    trunks: handoverTrunks(city),
    vlans: handoverVlans(city),
    gateways: city.network.gateway !== undefined,
    gatewayServers: {
      names: city.network.gateway?.nameServers ?? [],
      time: city.network.gateway?.timeServers ?? [],
    },
    routes: handoverRoutes(city),
    routers: handoverRouters(city),
    dhcp: handoverDhcp(city),
    records: handoverRecords(city),
    names: handoverNames(city),
    access: handoverAccess(city),
    openings: openingsOutside(city),
  };
}

function openingsOutside(city: City): MatrixRule[] {
  const plan = networkPlan(city);
  const inside = insideOf(plan);
  const leaves = ({ from, to }: Rule): boolean => !inside.contains(from) || !inside.contains(to);
  const ids = new Set(plan.openings.filter(leaves).map(({ id }) => id));
  return matrixRules(plan).filter(({ id }) => ids.has(id));
}
