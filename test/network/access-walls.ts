import { accessMachinesPlan } from "../../remote-desktop/access-machines-plan";
import { PEERS_PORT } from "../../environments/model/access";
import type { City, DeployedCity } from "../../environments/model/city";
import { wholeFirewall } from "../../remote-desktop/render/access-firewall";
import { addressOf, addressText } from "../../segmentation/address";
import { MEMBERS } from "../../segmentation/gateway";
import { intervals } from "../../segmentation/intervals";
import type { Intervals } from "../../segmentation/intervals";
import type { ProofOptions, SentProbe } from "../../proof/proof";

/** Access machines in a packet proof: what they load themselves, their own addresses, and those that people connect to. */
export interface AccessWalls {
  readonly built: Pick<ProofOptions, "machines" | "alsoPorts">;
  /** Their addresses: of the first, of the second, and the one that moves between them. */
  readonly own: Intervals;
  /** That of each alone. */
  readonly each: readonly string[];
}

/** What a proof builds of a city's access machines. */
export function accessWalls(city: DeployedCity): AccessWalls {
  const plan = accessMachinesPlan(city);
  if (plan === undefined) throw new Error("the city has no access machines");
  const { pair } = plan;
  const addresses = [...pair.own, pair.virtual].map(addressOf);
  return {
    built: {
      machines: new Map(MEMBERS.map((member) => [pair.macs[member], wholeFirewall(plan, member)])),
      alsoPorts: [22, PEERS_PORT],
    },
    own: intervals(addresses.map((address) => ({ first: address, last: address }))),
    each: pair.own,
  };
}

/**
 * The city with the three addresses of its access machines apart: of neighbouring ones that no rule tells apart a proof sends to the first
 * and the last alone.
 */
export function apart<T extends City>(city: T): T {
  const services = city.network.services.map((service) => {
    const [first = "", second = "", shared = ""] = service.addresses;
    if (service.name !== city.access?.service) return service;
    return { ...service, addresses: [first, further(second, 2), further(shared, 6), further(shared, 6)] };
  });
  return { ...city, network: { ...city.network, services } };
}

function further(address: string, by: number): string {
  return addressText(addressOf(address) + BigInt(by));
}

/** What came to some addresses from neighbours in their VLAN, of which no gateway knows: `tcp/10000 from 10.66.2.6`. */
export function fromNeighbours(probes: readonly SentProbe[], to: Intervals): string[] {
  const came = probes.filter(({ path, forged, arrived, ...probe }) => {
    return path === "direct" && !forged && arrived && to.includes(probe.to.address);
  });
  return [...new Set(came.map(({ protocol, port, from }) => `${protocol}/${String(port)} from ${from.text}`))].sort();
}
