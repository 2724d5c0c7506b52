import { addressText, familyOf, ofFamily } from "../address";
import type { GatewayInterface, GatewayPlan, OtherPair } from "../gateway";
import { interfaceNamed, routedSubnets } from "../gateway";
import type { NetworkPlan } from "../plan";
import { elements, FAMILIES, KEYWORD, macSet, set } from "./nftables-match";

/**
 * IPv6 neighbour discovery needs a link-local address, and the unspecified one before (RFC 4861); DHCP needs the
 * unspecified one (RFC 2131).
 */
const ALWAYS_FROM = { 4: ["0.0.0.0"], 6: ["fe80::/10", "::"] } as const;

/**
 * No packet may have a source address of another interface; from outside, none may have one of the city's own segments, but
 * another pair's packets, which it has asked that already, come with its own MAC addresses. Whoever passes an
 * administrator's packets on to this one's management has asked that too. An interface that the plan does not have, as where a
 * change adds an adapter before its rules, has no address of its own: nothing may come by it.
 */
export function sources(plan: NetworkPlan, gateway: GatewayPlan): string[] {
  const { interfaces, uplink } = gateway;
  const own = routedSubnets(gateway);
  return [
    'iifname "lo" accept',
    ...passedOn(plan, gateway),
    ...interfaces.flatMap(bound),
    ...FAMILIES.flatMap((family) => {
      const inside = ofFamily(own, family);
      if (inside.isEmpty) return [];
      return [`iifname "${uplink}" ${KEYWORD[family]} saddr ${set(inside)} goto spoofed`];
    }),
    ...gateway.others.flatMap((other) => fromOthers(uplink, other)),
    ...interfaces
      .filter(({ name }) => name !== uplink)
      .flatMap(({ name, sources: from }) =>
        FAMILIES.map((family) => {
          const allowed = [...elements(ofFamily(from, family)), ...ALWAYS_FROM[family]].join(", ");
          return `iifname "${name}" ${KEYWORD[family]} saddr != { ${allowed} } goto spoofed`;
        }),
      ),
    `iifname != { ${interfaces.map(({ name }) => `"${name}"`).join(", ")} } goto spoofed`,
  ];
}

/** Another pair's addresses come from its MAC addresses alone. */
function fromOthers(uplink: string, { macs, subnets }: OtherPair): string[] {
  return FAMILIES.flatMap((family) => {
    const others = ofFamily(subnets, family);
    if (others.isEmpty) return [];
    return [`iifname "${uplink}" ether saddr != ${macSet(macs)} ${KEYWORD[family]} saddr ${set(others)} goto spoofed`];
  });
}

/**
 * The addresses of some machines, each with its MAC address: no other sends under them, and they under no others. vSphere
 * lets no port send with another MAC address than its own.
 */
function bound({ name, bound: all }: GatewayInterface): string[] {
  return FAMILIES.flatMap((family) => {
    const own = all.filter(({ address }) => familyOf(address) === family);
    if (own.length === 0) return [];
    const source = `${KEYWORD[family]} saddr`;
    const pairs = own.map(({ address, mac }) => `${addressText(address)} . ${mac}`);
    // An address that moves between two machines is there with each.
    const addresses = [...new Set(own.map(({ address }) => addressText(address)))];
    const macs = [...new Set(own.map(({ mac }) => mac))];
    const isOther = `${source} . ether saddr != { ${pairs.join(", ")} } goto spoofed`;
    return [
      `iifname "${name}" ${source} { ${addresses.join(", ")} } ${isOther}`,
      `iifname "${name}" ether saddr ${macSet(macs)} ${source} != { ${ALWAYS_FROM[family].join(", ")} } ${isOther}`,
    ];
  });
}

/**
 * An administrator's packets to the backup come through the master, to a further pair through the first, with his address
 * and the other's MAC address, which vSphere lets no other port send. The chain input then asks whether the management
 * path opens them.
 */
function passedOn({ gateways }: NetworkPlan, gateway: GatewayPlan): string[] {
  const { name, macs: peers } = interfaceNamed(gateway, gateway.management);
  const { macs } = gateway.managementRouter ?? { macs: peers };
  return FAMILIES.flatMap((family) => {
    const own = ofFamily(gateways, family);
    if (own.isEmpty) return [];
    return [`iifname "${name}" ether saddr ${macSet(macs)} ${KEYWORD[family]} daddr ${set(own)} accept`];
  });
}
