import { addressText } from "../../segmentation/address";
import { portSet } from "../../segmentation/ports";
import { addressPlans } from "../../environments/network/address-plan";
import { offeredBy } from "../../environments/network/services";
import type { City } from "../../environments/model/city";
import { ownSegments, prefixOf } from "./routing";

/** A DHCP scope, IPv4. */
export interface HandoverScope {
  readonly segment: string;
  readonly subnet: string;
  readonly first: string;
  readonly last: string;
  /** Option 3. */
  readonly router: string;
  /** Option 6. */
  readonly dnsServers: readonly string[];
  /** Option 15; empty where the city has no domain. */
  readonly domain: string;
  /** Option 26, in bytes. */
  readonly mtu: number;
  /** Addresses from which relays ask, by one of which the server finds the scope; empty where the file has no relay. */
  readonly relays: readonly string[];
}

/** DHCP's part. */
export interface HandoverDhcp {
  /** The servers that the gateways' relays ask. */
  readonly servers: readonly string[];
  readonly scopes: readonly HandoverScope[];
  /** Segments with addresses and without a scope: their machines have fixed addresses, or a DHCP that the file does not have. */
  readonly without: readonly string[];
  /** Segments whose machines make themselves IPv6 addresses, by advertisements of their router, with the prefix. */
  readonly slaac: readonly { readonly segment: string; readonly prefix: string }[];
}

/** The scopes of a city's segments. */
export function handoverDhcp(city: City): HandoverDhcp {
  const own = ownSegments(city);
  const servers = city.network.gateway?.dhcpServers ?? [];
  const dnsServers = dnsServersOf(city);
  return {
    servers,
    scopes: own.flatMap((segment): HandoverScope[] => {
      const plan = addressPlans(city, segment).find(({ family }) => family === 4);
      if (segment.dhcp === undefined || plan?.router === undefined) return [];
      const { first, last } = segment.dhcp;
      const relays = servers.length === 0 ? [] : plan.gateways.map(addressText);
      return [
        {
          ...{
            segment: segment.name,
            subnet: prefixOf(plan),
            first,
            last,
            router: addressText(plan.router),
            dnsServers,
          },
          ...{ domain: city.city.domain ?? "", mtu: segment.mtu ?? city.network.switch.mtu, relays },
        },
      ];
    }),
    slaac: slaacSegments(city),
    without: own.filter(({ dhcp, subnet }) => dhcp === undefined && subnet !== undefined).map(({ name }) => name),
  };
}

function slaacSegments(city: City): HandoverDhcp["slaac"] {
  return ownSegments(city).flatMap(({ name, slaac, subnet6 }) =>
    slaac === true && subnet6 !== undefined ? [{ segment: name, prefix: subnet6 }] : [],
  );
}

/** The IPv4 addresses of the services that offer names over UDP. */
function dnsServersOf({ network }: City): string[] {
  const servers = network.services.filter((service) => offeredBy(service).contains(portSet(["dns"])));
  return servers.flatMap(({ addresses }) => addresses.filter((address) => !address.includes(":")));
}
