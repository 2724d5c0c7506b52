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
