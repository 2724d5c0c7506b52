import { accessPair } from "../../environments/desktop-access/access-pair";
import { ACCESS_METRICS_PORT } from "../../environments/model/access";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import type { City, DeployedCity } from "../../environments/model/city";
import type { Monitoring } from "../../environments/model/monitoring";
import { hostNameOf } from "../../environments/seats/joined-domain";
import { windowsPools } from "../../environments/seats/windows-pools";
import { shardsOf } from "../../environments/seats/seats";
import { interfaceNamed, MEMBERS, ownAddresses } from "../../segmentation/gateway";
import type { GatewayPlan } from "../../segmentation/gateway";

/** An entry of a file that Prometheus reads targets from (file_sd). */
export interface TargetGroup {
  /** Hosts with their ports. */
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** The seats of each pool that has any, by the pool's name. Their names in DNS are those of the seats. */
export function seatTargets(city: DeployedCity, { ports }: Monitoring): Map<string, TargetGroup[]> {
  const windows = new Set(windowsPools(city));
  const pools = city.pools.map((pool): [string, TargetGroup[]] => {
    const port = String(windows.has(pool) ? ports.windows : ports.linux);
    const seats = shardsOf(city, pool).flatMap((shard) => shard.seats);
    const { name, directorate } = pool;
    const labels = { pool: name, ...(directorate !== undefined && { directorate }) };
    return [pool.name, [{ targets: seats.map((seat) => `${hostNameOf(city, seat)}:${port}`), labels }]];
  });
  return new Map(pools.filter(([, [group]]) => group !== undefined && group.targets.length > 0));
}

/** Every gateway by its own address in the management segment. */
export function gatewayTargets(city: City, { ports }: Monitoring): TargetGroup[] {
  return gatewayPlans(city).flatMap((plan) =>
    MEMBERS.flatMap((member) => {
      const [own] = ownAddresses(interfaceNamed(plan, plan.management), 4);
      if (own === undefined) return [];
      const labels = { pair: pairName(plan), gateway: plan.names[member] };
      return [{ targets: [`${own[member]}:${String(ports.gateways)}`], labels }];
    }),
  );
}

/** Both access machines by their own addresses; with certificates by the names that stand in these. */
export function accessTargets(city: City): TargetGroup[] {
  const pair = accessPair(city);
  if (pair === undefined) return [];
  return MEMBERS.map((member) => {
    const host = pair.vaultService === undefined ? pair.own[member] : hostNameOf(city, pair.names[member]);
    const target = `${host}:${String(ACCESS_METRICS_PORT)}`;
    return { targets: [target], labels: { machine: pair.names[member] } };
  });
}

/** Name of a pair in labels: the first of a city is `gateway`. */
function pairName({ name }: GatewayPlan): string {
  return name === undefined ? "gateway" : `gateway-${name}`;
}
