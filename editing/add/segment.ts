import { PRIVATE_VLAN_TYPES, ZONES } from "../../environments/model/network";
import { numeral, YES_OR_NO } from "./field";
import type { Addition } from "./field";

/** A new segment: a port group with its VLAN and its addresses. */
export const SEGMENT: Addition = {
  noun: "segment",
  list: ["network", "segments"],
  naming: "name",
  fields: [
    { option: "name", meaning: "name of the segment and of its port group", needed: true },
    {
      option: "zone",
      meaning: "what it is for: desktops, dmz, management, services, data or transit",
      needed: true,
      choices: () => ZONES,
    },
    { option: "vlan", meaning: "its VLAN; of a private VLAN the primary one", needed: true },
    { option: "secondary", meaning: "the secondary VLAN, which makes it a private VLAN", needed: false },
    {
      option: "type",
      meaning: "type of the private VLAN: promiscuous, isolated or community",
      needed: false,
      choices: () => PRIVATE_VLAN_TYPES,
    },
    { option: "subnet", meaning: "IPv4 range, such as 10.20.30.0/24", needed: false },
    { option: "subnet6", meaning: "IPv6 range", needed: false },
    {
      option: "slaac",
      meaning: "whether machines make themselves addresses in subnet6",
      needed: false,
      choices: YES_OR_NO,
    },
    { option: "gateway", meaning: "IPv4 address of its router; by default the first", needed: false },
    { option: "mtu", meaning: "largest packet in bytes; by default the switch's", needed: false },
    {
      option: "external",
      meaning: "it exists elsewhere and is only documented here",
      needed: false,
      choices: YES_OR_NO,
    },
  ],
  item: (given) => [
    ["name", given.name],
    ["zone", given.zone],
    ["vlan", numeral(given.vlan)],
    ["privateVlan", privateVlan(given.secondary, given.type)],
    ["subnet", given.subnet],
    ["subnet6", given.subnet6],
    ["slaac", flag(given.slaac)],
    ["gateway", given.gateway],
    ["mtu", numeral(given.mtu)],
    ["external", flag(given.external)],
  ],
  next: "Deploy foundation and network before the pools that use it; the physical network needs the VLAN too",
};

/** With only one of the two the schema says what is missing. */
function privateVlan(
  secondary: string | undefined,
  type: string | undefined,
): Record<string, string | number> | undefined {
  if (secondary === undefined && type === undefined) return undefined;
  const number = numeral(secondary);
  return { ...(number === undefined ? {} : { secondary: number }), ...(type === undefined ? {} : { type }) };
}

function flag(text: string | undefined): string | boolean | undefined {
  return text === "true" ? true : text === "false" ? false : text;
}
