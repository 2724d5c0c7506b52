import { addressOf, familyOf } from "../../segmentation/address";
import type { GatewayPlan } from "../../segmentation/gateway";

/** A machine of a VLAN. */
export interface MachineProps {
  /** Its MAC address. @default - any */
  readonly mac?: string;
  /** Its IPv4 address with the length of its prefix. @default - none */
  readonly address?: string;
  /** Its router. @default - none */
  readonly router?: string;
}

/** The lines of a script that put a machine, as a namespace with the port eth0, on the bridge of a VLAN. */
export function machine(name: string, vlan: string, { mac, address, router }: MachineProps = {}): string[] {
  return [
    `ip netns add ${name}`,
    `ip link add ${name} type veth peer name eth0 ${mac === undefined ? "" : `address ${mac} `}netns ${name}`,
    `ip link set ${name} master b-${vlan} up`,
    `ip -n ${name} link set lo up`,
    `ip -n ${name} link set eth0 up`,
    ...(address === undefined ? [] : [`ip -n ${name} addr add ${address} dev eth0`]),
    ...(router === undefined ? [] : [`ip -n ${name} route add default via ${router}`]),
  ];
}

/** A machine with addresses of one leg of a city's gateways: in that VLAN, and with the gateways as its router. */
export function machineAt(gateway: GatewayPlan, name: string, addresses: readonly string[], mac?: string): string[] {
  const isHere = (address: string): ((leg: GatewayPlan["interfaces"][number]) => boolean) => {
    return ({ sources }) => sources.includes(addressOf(address));
  };
  const leg = gateway.interfaces.find(isHere(addresses[0] ?? ""));
  if (leg === undefined) throw new Error(`no leg of the gateways has the addresses of ${name}`);
  const configured = addresses.flatMap((text) => {
    const subnet = leg.addresses.find(({ family }) => family === familyOf(addressOf(text)));
    if (subnet === undefined) throw new Error(`${leg.name} has no subnet of ${text}`);
    return [
      `ip -n ${name} addr add ${text}/${String(subnet.length)} dev eth0${text.includes(":") ? " nodad" : ""}`,
      `ip -n ${name} route add default via ${subnet.virtual}`,
    ];
  });
  return [...machine(name, leg.name, mac === undefined ? {} : { mac }), ...configured];
}
