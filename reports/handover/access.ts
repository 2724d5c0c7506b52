import { networkPlan } from "../../environments/network/network-plan";
import { serviceNamed } from "../../environments/network/services";
import { accessPair } from "../../environments/desktop-access/access-pair";
import { seatHost } from "../../environments/desktop-access/desktop-access";
import type { City } from "../../environments/model/city";
import { hostNameOf } from "../../environments/seats/joined-domain";
import { seatName } from "../../environments/seats/seats";
import { addressOf } from "../../segmentation/address";
import { intervals } from "../../segmentation/intervals";
import { matrixRules } from "../../segmentation/matrix";
import type { MatrixRule } from "../../segmentation/matrix";

/** How people reach their seats, as the network team has to do with it. */
export interface HandoverAccess {
  /** The name that people's clients connect to. */
  readonly name: string;
  /** Its addresses: of the city's own machines the virtual one. */
  readonly addresses: readonly string[];
  /** The city's own two machines; none where a broker stands there. */
  readonly machines: readonly { readonly name: string; readonly address: string }[];
  /** The service's segment. */
  readonly segment: string;
  /** VRRP's virtual router id; null without machines. */
  readonly virtualRouterId: number | null;
  /** The name servers that the machines ask. */
  readonly nameServers: readonly string[];
  /** A seat's name in DNS, as an example; null where only a broker looks seats up. */
  readonly seat: string | null;
  /** The rules that open something to or from its addresses. */
  readonly rules: readonly MatrixRule[];
}

/** The way to the seats of a city; null where its file does not say one. */
export function handoverAccess(city: City): HandoverAccess | null {
  const { access, network, pools } = city;
  const service = access && serviceNamed(network, access.service);
  if (access === undefined || service === undefined) return null;
  const pair = accessPair(city);
  const [pool] = pools;
  const seat = pair && pool && seatHost(city, seatName(city.city.code, pool.code, 1));
  return {
    name: access.name,
    addresses: pair === undefined ? [...new Set(service.addresses)] : [pair.virtual],
    machines: (pair?.names ?? []).map((name, member) => ({
      ...{ name: hostNameOf(city, name), address: pair?.own[member] ?? "" },
    })),
    segment: service.segment,
    virtualRouterId: pair?.virtualRouterId ?? null,
    nameServers: pair?.nameServers ?? [],
    seat: seat ?? null,
    rules: rulesOf(city, service.addresses),
  };
}

function rulesOf(city: City, addresses: readonly string[]): MatrixRule[] {
  const plan = networkPlan(city);
  const own = intervals(addresses.map(addressOf).map((address) => ({ first: address, last: address })));
  const touching = plan.openings.filter(({ from, to }) => [from, to].some((end) => !end.intersect(own).isEmpty));
  const ids = new Set(touching.map(({ id }) => id));
  return matrixRules(plan).filter(({ id }) => ids.has(id));
}
