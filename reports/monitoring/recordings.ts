import type { DeployedCity } from "../../environments/model/city";
import type { Monitoring } from "../../environments/model/monitoring";
import type { Recording } from "./alert";
import { levelRecordings } from "./service-levels";

/** Every recorded series of a city. */
export function recordingsOf(city: DeployedCity, monitoring: Monitoring): Recording[] {
  return [
    ...levelRecordings(city, monitoring),
    ...clusterRecordings(),
    ...(city.access?.machines === undefined ? [] : accessRecordings()),
  ];
}

/** Memory in use, as a share of what is left when as many hosts fail as the cluster tolerates. */
function clusterRecordings(): Recording[] {
  const left = '(1 - postazioni_hosts_tolerated / on (cluster) postazioni_hosts{state="connected"})';
  return [
    {
      record: "cluster:memory_used_after_failures:ratio",
      expr: `postazioni_cluster_memory_used_bytes / on (cluster) (postazioni_cluster_memory_bytes * on (cluster) clamp_min(${left}, 0.01))`,
    },
  ];
}

/**
 * Of each pool that people reach by the access machines: how many seats answer, without the server that stands for none, and of
 * a floating one how many somebody has, or are kept for somebody. The names are those of HAProxy's configuration (remote-desktop/).
 */
function accessRecordings(): Recording[] {
  const byPool = (series: string, label: string, pattern: string): string =>
    `max by (pool) (label_replace(${series}, "pool", "$1", "${label}", "${pattern}"))`;
  const backends =
    'haproxy_backend_active_servers{job="access",proxy!~"turned_away|carried_over|told_by_other|.+_seats"}';
  const tables = 'haproxy_sticktable_used{job="access",name=~".+_seats"}';
  return [
    { record: "pool:seats_answering:count", expr: `${byPool(backends, "proxy", "(.+)")} - 1` },
    { record: "pool:seats_kept:count", expr: byPool(tables, "name", "(.+)_seats") },
  ];
}
