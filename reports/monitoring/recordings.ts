import type { DeployedCity } from "../../environments/model/city";
import type { Monitoring } from "../../environments/model/monitoring";
import type { Recording } from "./alert";
import { levelRecordings } from "./service-levels";

/** Every recorded series of a city. */
export function recordingsOf(city: DeployedCity, monitoring: Monitoring): Recording[] {
  return [...levelRecordings(city, monitoring), ...clusterRecordings()];
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
