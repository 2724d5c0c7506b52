import type { Intervals } from "../segmentation/intervals";
import type { SentProbe } from "./proof";

/** What became of the packets that some machines sent through the gateway under their own addresses. */
export interface Between {
  /** How many arrived, by the flow and the port that they are for: `monitoring tcp/9182`. */
  readonly arrived: ReadonlyMap<string, number>;
  /** How many did not. */
  readonly refused: number;
}

/** Counts the packets from some addresses to some; those within a VLAN that no gateway sees are left out. */
export function probesBetween(probes: readonly SentProbe[], from: Intervals, to: Intervals): Between {
  const arrived = new Map<string, number>();
  let refused = 0;
  for (const { path, forged, by, protocol, port, ...probe } of probes) {
    if (path !== "gateway" || forged || !from.includes(probe.from.address) || !to.includes(probe.to.address)) continue;
    if (probe.arrived) {
      const what = `${by ?? "nothing"} ${protocol === "icmp" ? protocol : `${protocol}/${String(port)}`}`;
      arrived.set(what, (arrived.get(what) ?? 0) + 1);
    } else refused += 1;
  }
  return { arrived, refused };
}
