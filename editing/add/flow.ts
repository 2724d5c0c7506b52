import type { DeclaredCity } from "../../environments/model/city";
import { several, YES_OR_NO } from "./field";
import type { Addition } from "./field";

/** A new flow of the network: an opening with who answers for it, why and until when. */
export const FLOW: Addition = {
  noun: "flow",
  list: ["network", "flows"],
  naming: "id",
  fields: [
    { option: "id", meaning: "its id, which becomes the firewall rule's and never changes", needed: true },
    { option: "from", meaning: "who opens connections", needed: true, choices: ends, declare: "network.outside" },
    { option: "to", meaning: "who is reached", needed: true, choices: ends, declare: "network.services" },
    {
      option: "ports",
      meaning: "what is reached, such as tcp/443,udp/3478 or a preset; to a service by default all its ports",
      needed: false,
    },
    { option: "owner", meaning: "who is responsible for it", needed: true },
    { option: "purpose", meaning: "its purpose", needed: true },
    { option: "ticket", meaning: "the ticket that approved it", needed: true },
    { option: "until", meaning: "its last day, such as 2027-12-31", needed: true },
    { option: "log", meaning: "whether every connection is logged", needed: false, choices: YES_OR_NO },
  ],
  item: (given) => [
    ["id", given.id],
    ["from", given.from],
    ["to", given.to],
    ["ports", several(given.ports)],
    ["owner", given.owner],
    ["purpose", given.purpose],
    ["ticket", given.ticket],
    ["until", given.until],
    ["log", given.log === undefined ? undefined : given.log === "true"],
  ],
  next: "See who reaches whom with it: report network",
};

function ends({ network: { segments, services, outside } }: DeclaredCity): string[] {
  const zones = new Set(segments.flatMap(({ zone }) => (zone === undefined ? [] : [`zone:${zone}`])));
  return [...[...segments, ...services, ...outside].map(({ name }) => name), ...zones];
}
