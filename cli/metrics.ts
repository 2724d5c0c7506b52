import type { Command } from "commander";
import type { DeployedCity } from "../environments/model/city";
import { exposition } from "../metrics/exposition";
import { poolSeats } from "../secrets/pool-seats";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { fileToLogIn } from "./login-hosts";
import { namedVault, namedVcenter } from "./named-servers";
import { give } from "./report-files";
import { runCommand } from "./run-command";
import { cityMetrics } from "./metrics/city-metrics";
import { listenAddress, serveMetrics } from "./metrics/server";
import { monitoringOf } from "./metrics/monitoring-of";

const METRICS_HELP = `
What vCenter says of the city's seats, hosts and datastores, by pool, cluster and datastore, in Prometheus' text format; and when the
certificates of vCenter and Vault end. No series is of one machine or one person. Needs a login that only reads.

With --listen it serves them to Prometheus on loopback until it is ended, and asks vCenter once a scrape. For what Vault and Terraform
know: secrets status CITY --metrics FILE, drift CITY --metrics FILE, from jobs, in the folder that node_exporter reads.

Reads VSPHERE_USER and VSPHERE_PASSWORD. Exit codes: 0 done, 1 vCenter failed, 2 bad input, 130 ended by Ctrl-C.`;

interface MetricsOptions extends CityOptions {
  readonly out?: string;
  readonly listen?: string;
}

/** `metrics CITY`: the city's state for Prometheus. */
export function metricsCommand(): Command {
  return cityCommand("metrics", "Tell Prometheus the state of a city's seats, hosts and datastores", METRICS_HELP)
    .option("--out <file>", "write it to this file instead of standard output")
    .option("--listen <host:port>", "serve it on this loopback address until ended")
    .action((id: string, options: MetricsOptions) => runCommand((signal) => metrics(id, options, signal)));
}

async function metrics(id: string, { environments, out, listen }: MetricsOptions, signal: AbortSignal): Promise<void> {
  const address = listen === undefined ? undefined : listenAddress(listen);
  const { deployed: city } = fileToLogIn(environments, id, { vsphere: namedVcenter() });
  const read = reader(city);
  if (address === undefined) give(await read(), out);
  else await serveMetrics(address, read, signal);
}

/** Reads the state as text; what follows from the file alone is computed once. */
function reader(city: DeployedCity): () => Promise<string> {
  const monitoring = monitoringOf(city);
  const pools = poolSeats(city);
  return async () => exposition(await cityMetrics({ city, monitoring, pools, vault: namedVault() }));
}
