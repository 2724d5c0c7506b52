import { listed, quoted } from "../../display";
import type { Segment } from "../../model/network";
import { dangling } from "../helpers/dangling";
import type { CityRule } from "../rule";

/**
 * An external segment has no port group on the city's switch. From a promiscuous one a desktop would reach every
 * desktop in the isolated segments of the same primary VLAN (RFC 5517, section 3). A statement on zone:desktops must
 * apply to every desktop.
 */
export const poolSegment: CityRule = {
  id: "pool-segment",
  explanation:
    "a pool's segment is one of the zone desktops in network.segments, and is neither external nor promiscuous",
  repair: "choose one of them or declare it in network.segments",
  *check({ pools, network: { segments } }) {
    const known = segments.filter((segment) => unfit(segment) === undefined).map(({ name }) => name);
    for (const [index, { segment: name }] of pools.entries()) {
      const path = ["pools", index, "segment"];
      const segment = segments.find((one) => one.name === name);
      const why = segment && unfit(segment);
      if (why !== undefined) yield { path, message: `the segment ${quoted(name)} is ${why}`, allowed: listed(known) };
      else yield* dangling({ path, name, known, noun: "segment for machines", declared: "network.segments" });
    }
  },
};

function unfit({ external, privateVlan, zone }: Segment): string | undefined {
  if (external) return "external";
  if (privateVlan?.type === "promiscuous") return "promiscuous";
  return zone === "desktops" ? undefined : `of ${zone === undefined ? "no zone" : `the zone ${zone}`}`;
}
