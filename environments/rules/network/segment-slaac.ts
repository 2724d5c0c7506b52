import { subnetOf } from "../../network/subnet";
import { quoted } from "../../display";
import type { CityRule } from "../rule";

/** SLAAC makes an address of a prefix and an interface identifier of 64 bits (RFC 4291, section 2.5.1; RFC 4862). */
const PREFIX_BITS = 64;

/** Desktops have no IPv6 address of themselves: without advertisements they would have none although the file has a range. */
export const segmentSlaac: CityRule = {
  id: "segment-slaac",
  explanation: `a segment of the zone desktops with subnet6 says slaac, true or false; true needs a subnet6 of ${String(PREFIX_BITS)} bits`,
  repair:
    "write slaac: true, and its machines make themselves addresses by advertisements of its router; slaac: false, and they " +
    "have none, or static ones; or take subnet6 out",
  *check({ network: { segments } }) {
    for (const [index, { name, zone, external, subnet6, slaac }] of segments.entries()) {
      const path = ["network", "segments", index];
      if (slaac === true && subnet6 === undefined)
        yield { path: [...path, "slaac"], message: `${quoted(name)} has no subnet6` };
      else if (slaac === true && subnet6 !== undefined && subnetOf(subnet6).length !== PREFIX_BITS)
        yield {
          path: [...path, "subnet6"],
          message: `${quoted(subnet6)} has another length of its prefix, with slaac`,
        };
      else if (slaac === undefined && subnet6 !== undefined && zone === "desktops" && !external)
        yield { path: [...path, "subnet6"], message: `how the machines of ${quoted(name)} get addresses is not said` };
    }
  },
};
