import { addressText, rangeOf } from "../../../segmentation/address";
import { intervals } from "../../../segmentation/intervals";
import { portSet } from "../../../segmentation/ports";
import { quoted } from "../../display";
import { RDP_PORT } from "../../model/access";
import { effectiveFlows } from "../../network/effective-flows";
import { endpointsOf } from "../../network/network-plan";
import type { CityRule } from "../rule";

const RDP = portSet([`tcp/${String(RDP_PORT)}`, `udp/${String(RDP_PORT)}`]);
/** Addresses that no packet from the internet has (RFC 1918; RFC 6598; RFC 4193), nor those for trials, which a drafted file has (RFC 2544). */
const PRIVATE = intervals(
  ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15", "fc00::/7"].map(rangeOf),
);

/** Guessed passwords over RDP are among the first ways in of ransomware (CISA, "#StopRansomware Guide", part 1). */
export const rdpNotPublic: CityRule = {
  id: "rdp-not-public",
  explanation:
    "no flow, in an emergency neither, opens RDP (tcp/3389, udp/3389) from a network outside with public addresses: people at home " +
    "come by the city's VPN, or by a gateway for remote desktops on tcp/443",
  repair: "let them come from the VPN's own addresses, or open tcp/443 to the gateway",
  *check(city) {
    const outside = new Set(city.network.outside.map(({ name }) => name));
    for (const { from, ports, path } of effectiveFlows(city)) {
      if (portSet(ports).intersect(RDP).isEmpty) continue;
      for (const name of from.filter((end) => outside.has(end))) {
        const [open] = (endpointsOf(city).get(name) ?? intervals([])).subtract(PRIVATE).list;
        if (open === undefined) continue;
        const message = `it opens RDP to ${quoted(name)}, which has public addresses such as ${addressText(open.first)}`;
        yield { path: [...path, "from"], message };
      }
    }
  },
};
