import { unreached } from "../../../segmentation/expectation";
import { quoted } from "../../display";
import { ACCESS_METRICS_PORT } from "../../model/access";
import type { City, DeclaredCity } from "../../model/city";
import type { Pool } from "../../model/desktops";
import { reachOf } from "../../network/network-plan";
import { serviceNamed } from "../../network/services";
import { windowsPools } from "../../seats/windows-pools";
import type { CityRule } from "../rule";

/** A seat that no flow lets be asked would count as one that gives no figures, for good. */
export const monitoringReach: CityRule = {
  id: "monitoring-reach",
  explanation:
    "the Prometheus server reaches the exporter of every seat, and that of the access machines: a flow opens its port",
  repair:
    "add a flow from monitoring.from to the desktops or the access machines, or the port to the one that is there",
  *check(city) {
    const { monitoring, network } = city;
    const known = [...network.segments, ...network.outside].map(({ name }) => name);
    if (monitoring === undefined || !known.includes(monitoring.from)) return;
    for (const [to, port] of [...asked(city, monitoring.ports), ...askedOfAccess(city)]) {
      const failure = unreached(reachOf(city), { from: monitoring.from, to, port });
      if (failure === undefined) continue;
      const message = `${quoted(monitoring.from)} does not reach ${to} on ${port}: ${failure.because}`;
      yield { path: ["monitoring", "from"], message };
    }
  },
};

/** Each segment with seats, with each port that is asked there; of a segment that is not declared another rule tells. */
function asked(city: DeclaredCity, ports: { readonly windows: number; readonly linux: number }): [string, string][] {
  const segments = new Set(city.network.segments.map(({ name }) => name));
  const found = city.pools
    .filter(({ segment }) => segments.has(segment))
    .map((pool): [string, string] => [pool.segment, `tcp/${String(portOf(city, pool, ports))}`]);
  return [...new Map(found.map((one) => [one.join(" "), one])).values()];
}

/** HAProxy's exporter on the access machines. */
function askedOfAccess(city: DeclaredCity): [string, string][] {
  const { access, network } = city;
  if (access?.machines === undefined || serviceNamed(network, access.service) === undefined) return [];
  return [[access.service, `tcp/${String(ACCESS_METRICS_PORT)}`]];
}

function portOf(city: City, pool: Pool, ports: { readonly windows: number; readonly linux: number }): number {
  return windowsPools(city).includes(pool) ? ports.windows : ports.linux;
}
