import type { DeployedCity } from "../../environments/model/city";
import type { Monitoring } from "../../environments/model/monitoring";

/** Where the report writes the rules and targets, and where the city puts Vault's token and the root of its authority, beside the configuration. */
export const PLACES = {
  rules: "rules.yml",
  seats: "targets/seats-*.json",
  gateways: "targets/gateways.json",
  access: "targets/access.json",
  vaultToken: "vault-token",
  /** The root of the city's authority, in PEM. */
  root: "city-root.pem",
} as const;

/** Alertmanager on the same machine. */
const ALERTMANAGER = "127.0.0.1:9093";
const ME = "127.0.0.1";

/**
 * Of a seat's some hundred series these are kept: a city of 15,000 seats would else have millions. None has a person's name:
 * collectors of users and processes are not asked.
 */
const KEPT_OF_SEATS = [
  ...["up", "windows_cpu_time_total", "windows_os_physical_memory_free_bytes", "windows_memory_physical_free_bytes"],
  ...["windows_cs_physical_memory_bytes", "windows_logical_disk_free_bytes", "windows_logical_disk_size_bytes"],
  ...["node_cpu_seconds_total", "node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes"],
  ...["node_filesystem_avail_bytes", "node_filesystem_size_bytes"],
];
const KEPT_OF_GATEWAYS = "postazioni_gateway_.*|node_nf_conntrack_.*|node_cpu_seconds_total|node_memory_Mem.*_bytes";
const KEPT_OF_ACCESS = "haproxy_backend_(?:active_servers|current_sessions|sessions_total)|haproxy_sticktable_used";
const KEPT_OF_VAULT =
  "vault_core_unsealed|vault_token_count|vault_expire_num_leases|vault_audit_log_.*_failure|vault_core_handle_request.*";

/** Prometheus' configuration of a city. */
export function prometheusConfig(city: DeployedCity, monitoring: Monitoring): object {
  return {
    global: { scrape_interval: "1m", evaluation_interval: "1m", external_labels: { city: city.city.id } },
    rule_files: [PLACES.rules],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [ALERTMANAGER] }] }] },
    scrape_configs: [
      stateJob(monitoring),
      textfileJob(monitoring),
      seatsJob(),
      ...(city.network.gateway === undefined ? [] : [gatewaysJob()]),
      ...(city.access?.machines === undefined ? [] : accessJobs(city.access.machines.vaultService !== undefined)),
      ...(city.platform.vault === undefined ? [] : [vaultJob(city.platform.vault)]),
    ],
  };
}

/** What `npm run metrics` reads of vCenter takes longer in a large city. */
function stateJob({ ports }: Monitoring): object {
  return {
    job_name: "state",
    scrape_timeout: "50s",
    static_configs: [{ targets: [`${ME}:${String(ports.state)}`] }],
  };
}

/** node_exporter on this machine; of its own figures none are kept. */
function textfileJob({ ports }: Monitoring): object {
  return {
    job_name: "textfiles",
    static_configs: [{ targets: [`${ME}:${String(ports.textfiles)}`] }],
    metric_relabel_configs: [keep("postazioni_.*|node_textfile_scrape_error")],
  };
}

function seatsJob(): object {
  return {
    job_name: "seats",
    file_sd_configs: [{ files: [PLACES.seats] }],
    metric_relabel_configs: [keep(KEPT_OF_SEATS.join("|"))],
  };
}

function gatewaysJob(): object {
  return {
    job_name: "gateways",
    scrape_interval: "15s",
    file_sd_configs: [{ files: [PLACES.gateways] }],
    metric_relabel_configs: [keep(KEPT_OF_GATEWAYS)],
  };
}

/** HAProxy would tell some sixty series of each seat: it is asked for its backends and tables alone. */
function accessJobs(byTls: boolean): object[] {
  const tls = byTls ? { scheme: "https", tls_config: { ca_file: PLACES.root } } : {};
  const machines = { scrape_interval: "15s", ...tls, file_sd_configs: [{ files: [PLACES.access] }] };
  const figures = { params: { scope: ["backend", "sticktable"] }, metric_relabel_configs: [keep(KEPT_OF_ACCESS)] };
  const ends = { job_name: "access-certificates", metrics_path: "/certificate", ...machines, scrape_interval: "5m" };
  return [{ job_name: "access", ...figures, ...machines }, ...(byTls ? [ends] : [])];
}

/** The token reads sys/metrics and nothing else; it stands in a file that only Prometheus reads. */
function vaultJob({ address }: NonNullable<DeployedCity["platform"]["vault"]>): object {
  const { host, pathname } = new URL(address);
  return {
    job_name: "vault",
    scheme: "https",
    metrics_path: `${pathname === "/" ? "" : pathname}/v1/sys/metrics`,
    params: { format: ["prometheus"] },
    authorization: { credentials_file: PLACES.vaultToken },
    static_configs: [{ targets: [host] }],
    metric_relabel_configs: [keep(KEPT_OF_VAULT)],
  };
}

function keep(regex: string): object {
  return { source_labels: ["__name__"], regex, action: "keep" };
}
