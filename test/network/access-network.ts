import type { AccessPair } from "../../environments/desktop-access/access-pair";
import { LEG } from "../../remote-desktop/render/leg";
import { MEMBERS } from "../../segmentation/gateway";
import type { Member } from "../../segmentation/gateway";
import { machine } from "./machine";

/** Between the router and the one machine that has all addresses of seats. */
const SEATS_NET = { router: "10.68.0.1", machine: "10.68.0.2", length: 30 };
const ADDRESSES = "10.67.0.0/16";
const ADDRESSES_A_NET = 250;

/** The namespace of an access machine. */
export function accessHost(member: Member): string {
  return `access-${member === 0 ? "a" : "b"}`;
}

/** The address of each seat. */
export function seatAddresses(seats: readonly string[]): Map<string, string> {
  const address = (index: number): string =>
    `10.67.${String(Math.floor(index / ADDRESSES_A_NET))}.${String((index % ADDRESSES_A_NET) + 2)}`;
  return new Map(seats.map((seat, index) => [seat, address(index)]));
}

/** A shell's lines that make the segments of people, access machines, seats and name servers, with a router between them. */
export function accessNetwork(pair: AccessPair): string {
  const { router = "", length } = pair;
  const [name = ""] = pair.nameServers;
  const vlans = {
    people: "10.60.0.1/16",
    dmz: `${router}/${String(length)}`,
    seats: `${SEATS_NET.router}/${String(SEATS_NET.length)}`,
    names: "10.66.3.1/28",
  };
  return [
    "ip netns add router",
    "ip netns exec router sysctl -qw net.ipv4.ip_forward=1",
    ...Object.entries(vlans).flatMap(([vlan, address]) => [
      `ip link add b-${vlan} type bridge`,
      `ip link set b-${vlan} up`,
      `ip link add r-${vlan} type veth peer name ${vlan} netns router`,
      `ip link set r-${vlan} master b-${vlan} up`,
      `ip -n router link set ${vlan} up`,
      `ip -n router addr add ${address} dev ${vlan}`,
    ]),
    ...machine("people", "people", { address: "10.60.0.10/16", router: "10.60.0.1" }),
    ...seats(),
    ...machine("names", "names", { address: `${name}/28`, router: "10.66.3.1" }),
    ...MEMBERS.flatMap((member) => accessMachine(pair, member)),
  ].join("\n");
}

/** One neighbour of the router: it has those of the kernel's first namespace, which knows 1,024 at most (Linux, arp(7)). */
function seats(): string[] {
  const { router, machine: own, length } = SEATS_NET;
  return [
    ...machine("seats", "seats", { address: `${own}/${String(length)}`, router }),
    `ip -n seats route add local ${ADDRESSES} dev lo`,
    `ip -n router route add ${ADDRESSES} via ${own}`,
  ];
}

function accessMachine(pair: AccessPair, member: Member): string[] {
  const host = accessHost(member);
  return [
    ...machine(host, "dmz", { mac: pair.macs[member] }),
    `ip -n ${host} link set eth0 down`,
    `ip -n ${host} link set eth0 name ${LEG}`,
    ...joined(pair, member),
  ];
}

/** The lines that give an access machine its own address and its router. */
export function joined({ own, length, router = "" }: AccessPair, member: Member): string[] {
  const host = accessHost(member);
  return [
    `ip -n ${host} link set ${LEG} up`,
    `ip -n ${host} addr flush dev ${LEG}`,
    `ip -n ${host} addr add ${own[member]}/${String(length)} dev ${LEG}`,
    `ip -n ${host} route add default via ${router}`,
  ];
}
