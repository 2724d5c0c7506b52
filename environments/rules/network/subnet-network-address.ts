import { quoted } from "../../display";
import { addressOf } from "../../../segmentation/address";
import type { NetworkOutside } from "../../model/flows";
import type { Segment } from "../../model/network";
import { subnetOf } from "../../network/subnet";
import type { Path } from "../../path";
import type { CityRule } from "../rule";

/**
 * An address with host bits reads as if the range began there, or as that single address; routers and firewalls would
 * use the whole range.
 */
export const subnetNetworkAddress: CityRule = {
  id: "subnet-network-address",
  explanation: "a range is written with its network address",
  repair: "write the network address",
  *check({ network }) {
    for (const { path, written, alone } of [
      ...network.segments.flatMap(subnets),
      ...network.outside.flatMap(outside),
    ]) {
      if (!hasHostBits(written)) continue;
      const { cidr } = subnetOf(written);
      const or = alone
        ? `, or ${addressPart(written)}/${written.includes(":") ? "128" : "32"} for that address alone`
        : "";
      yield { path, message: `${quoted(written)} has host bits`, repair: `write ${cidr}${or}` };
    }
  },
};

/** A range as written, and whether a single address may have been meant. */
interface Written {
  readonly path: Path;
  readonly written: string;
  readonly alone: boolean;
}

function subnets(segment: Segment, index: number): Written[] {
  return (["subnet", "subnet6"] as const).flatMap((key) => {
    const written = segment[key];
    return written === undefined ? [] : [{ path: ["network", "segments", index, key], written, alone: false }];
  });
}

function outside(network: NetworkOutside, index: number): Written[] {
  return (["ranges", "except"] as const).flatMap((key) =>
    network[key].map((written, position) => {
      return { path: ["network", "outside", index, key, position], written, alone: true };
    }),
  );
}

/** Compared as numbers: an IPv6 address can be written in many ways. */
function hasHostBits(cidr: string): boolean {
  return addressOf(addressPart(cidr)) !== subnetOf(cidr).first;
}

function addressPart(cidr: string): string {
  return cidr.slice(0, cidr.indexOf("/"));
}
