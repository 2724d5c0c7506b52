import type { DeployedCity } from "../../environments/model/city";
import type { AlertName, Monitoring } from "../../environments/model/monitoring";
import type { Alert } from "./alert";
import { levelAlerts } from "./service-levels";

type Thresholds = Monitoring["thresholds"];

const HOUR = 3600;
const DAY = 86_400;

/** Alerts on what only a city with a Vault has; a machine that gets no first secret reports no joining either. */
const OF_A_VAULT: ReadonlySet<AlertName> = new Set([
  ...["SeatsLateFast", "SeatsLateSlow", "FirstSecretMisused", "VaultSealed"],
  ...["TokenExpires", "AccountUnrotated", "SecretNotRight", "StateUnknown"],
] as const);

/** Every alert of a city: those of its service levels, then those of faults and of what runs out. */
export function alertsOf(city: DeployedCity, monitoring: Monitoring): Alert[] {
  const all = everyAlert(city, monitoring);
  return city.platform.vault === undefined ? all.filter(({ name }) => !OF_A_VAULT.has(name)) : all;
}

function everyAlert(city: DeployedCity, monitoring: Monitoring): Alert[] {
  const { thresholds } = monitoring;
  return [
    ...levelAlerts(monitoring),
    ...desktopAlerts(),
    ...hostAlerts(thresholds),
    ...datastoreAlerts(thresholds),
    ...(city.network.gateway === undefined ? [] : gatewayAlerts()),
    ...(city.access?.machines === undefined ? [] : accessAlerts(city.access.machines.vaultService !== undefined)),
    ...vaultAlerts(thresholds),
    ...secretAlerts(thresholds),
    ...driftAlerts(thresholds),
    ...ownAlerts(thresholds),
  ];
}

function desktopAlerts(): Alert[] {
  return [
    {
      ...{ name: "FirstSecretMisused", topic: "secrets", severity: "critical", runbook: "stolen-machine", for: "0m" },
      expr: 'sum by (pool) (postazioni_first_secrets{state="alert"}) > 0',
    },
  ];
}

function hostAlerts({ memoryHeadroomPercent }: Thresholds): Alert[] {
  return [
    {
      ...{ topic: "platform", name: "HostsLost", severity: "critical", runbook: "seat-lost-with-host", for: "1m" },
      expr: 'sum by (cluster) (postazioni_hosts{state=~"disconnected|notResponding|missing"}) > 0',
    },
    {
      ...{ topic: "platform", name: "HeadroomLost", severity: "warning", runbook: "seat-lost-with-host", for: "15m" },
      expr: 'postazioni_hosts{state="connected"} - on (cluster) postazioni_hosts_tolerated - on (cluster) postazioni_hosts_needed < 0',
    },
    {
      ...{
        topic: "platform",
        name: "MemoryHeadroomLow",
        severity: "warning",
        runbook: "seat-lost-with-host",
        for: "30m",
      },
      expr: `cluster:memory_used_after_failures:ratio > ${String((100 - memoryHeadroomPercent) / 100)}`,
    },
  ];
}

function datastoreAlerts({ datastoreFreePercent, datastoreFullPercent }: Thresholds): Alert[] {
  const free = (percent: number): string =>
    `postazioni_datastore_free_bytes / postazioni_datastore_capacity_bytes < ${String(percent / 100)}`;
  return [
    {
      ...{ topic: "platform", name: "DatastoreLow", severity: "warning", runbook: "datastore-full", for: "5m" },
      expr: free(datastoreFreePercent),
    },
    {
      ...{ topic: "platform", name: "DatastoreFull", severity: "critical", runbook: "datastore-full", for: "1m" },
      expr: free(datastoreFullPercent),
    },
    {
      ...{ topic: "platform", name: "DatastoreFills", severity: "warning", runbook: "datastore-full", for: "1h" },
      expr: `predict_linear(postazioni_datastore_free_bytes[6h], ${String(4 * DAY)}) < 0`,
    },
  ];
}

/** A pair is two machines by design: of one that is alone the alert names the pair. */
function gatewayAlerts(): Alert[] {
  const network = { topic: "network", runbook: "wrong-flow" } as const;
  const up = 'sum by (pair) (up{job="gateways"})';
  return [
    {
      ...{ ...network, name: "GatewaysDown", severity: "critical", for: "1m" },
      expr: `${up} == 0`,
    },
    {
      ...{ ...network, name: "GatewayAlone", severity: "warning", for: "10m" },
      expr: `${up} == 1 or sum by (pair) (postazioni_gateway_rules_loaded) == 1`,
    },
    {
      ...{ ...network, name: "GatewaysDivided", severity: "critical", for: "1m" },
      expr: "sum by (pair) (postazioni_gateway_master) != 1",
    },
    {
      ...{ ...network, name: "SourcesForged", severity: "warning", for: "5m" },
      expr: 'sum by (pair) (rate(postazioni_gateway_packets_total{kind="spoofed"}[5m])) > 1',
    },
  ];
}

/**
 * Renewed once a third of its week is over, a certificate has four days and a half left. Once it has ended the pair tell each other nothing,
 * and Prometheus does not ask any more.
 */
const CERTIFICATE_NOT_RENEWED: Alert = {
  ...{ name: "AccessCertificateNotRenewed", topic: "secrets", runbook: "certificate-expired", severity: "warning" },
  ...{ for: "15m", expr: `postazioni_access_certificate_not_after_timestamp_seconds - time() < ${String(3 * DAY)}` },
};

/** Both machines know who has which seat, so either may tell of a pool. */
function accessAlerts(certificates: boolean): Alert[] {
  const network = { topic: "network", runbook: "wrong-flow" } as const;
  const desktops = { topic: "desktops", runbook: "seat-does-not-start", severity: "warning" } as const;
  return [
    { ...network, name: "AccessDown", severity: "critical", for: "1m", expr: 'sum(up{job="access"}) == 0' },
    { ...network, name: "AccessAlone", severity: "warning", for: "10m", expr: 'sum(up{job="access"}) == 1' },
    ...(certificates ? [CERTIFICATE_NOT_RENEWED] : []),
    {
      ...{ ...desktops, name: "SeatsAllTaken", for: "5m" },
      expr: "pool:seats_answering:count - on (pool) pool:seats_kept:count <= 0",
    },
    {
      ...{ ...desktops, name: "PeopleTurnedAway", for: "1m" },
      expr: 'sum(increase(haproxy_backend_sessions_total{job="access",proxy="turned_away"}[10m])) > 0',
    },
  ];
}

function vaultAlerts({ certificateDays, certificateLastDays }: Thresholds): Alert[] {
  const ends = { topic: "secrets", runbook: "certificate-expired" } as const;
  const left = (days: number): string =>
    `postazioni_certificate_not_after_timestamp_seconds - time() < ${String(days * DAY)}`;
  return [
    {
      ...{ topic: "secrets", name: "VaultSealed", severity: "critical", runbook: "vault-sealed", for: "1m" },
      expr: 'min by (job) (up{job="vault"}) == 0 or vault_core_unsealed == 0',
    },
    {
      ...{ ...ends, name: "CertificateExpires", severity: "warning", for: "5m" },
      expr: left(certificateDays),
    },
    {
      ...{ ...ends, name: "CertificateExpired", severity: "critical", for: "1m" },
      expr: left(certificateLastDays),
    },
  ];
}

function secretAlerts({ tokenHours, rotationHours }: Thresholds): Alert[] {
  return [
    {
      ...{ topic: "secrets", name: "TokenExpires", severity: "warning", runbook: "vault-sealed", for: "5m" },
      expr: `postazioni_token_expires_timestamp_seconds - time() < ${String(tokenHours * HOUR)}`,
    },
    {
      ...{ topic: "secrets", name: "AccountUnrotated", severity: "warning", runbook: "join-fails", for: "5m" },
      expr: `time() - postazioni_account_rotation_due_timestamp_seconds > ${String(rotationHours * HOUR)}`,
    },
    {
      ...{ topic: "secrets", name: "SecretNotRight", severity: "warning", runbook: "secret-not-right", for: "5m" },
      expr: 'sum by (kind, state) (postazioni_secrets{state!="right"}) > 0',
    },
  ];
}

function driftAlerts({ driftHours }: Thresholds): Alert[] {
  const configuration = { topic: "configuration", severity: "warning", runbook: "drift", for: "5m" } as const;
  return [
    {
      ...{ ...configuration, name: "DriftFound" },
      expr: "postazioni_drift_resources > 0",
    },
    {
      ...{ ...configuration, name: "DriftUnknown" },
      expr: older("postazioni_drift_checked_timestamp_seconds", driftHours),
    },
  ];
}

/** What watches has to be watched: by these, and by whoever misses the Watchdog. */
function ownAlerts({ stateHours }: Thresholds): Alert[] {
  const own = { topic: "monitoring", runbook: "monitoring-silent" } as const;
  return [
    {
      ...{ ...own, name: "StateUnknown", severity: "warning", for: "5m" },
      expr: older("postazioni_secrets_checked_timestamp_seconds", stateHours),
    },
    {
      ...{ ...own, name: "TargetMissing", severity: "warning", for: "10m" },
      expr: 'sum by (job) (up{job!~"seats|gateways|access.*|vault"} == bool 0) > 0 or absent(postazioni_seats_released)',
    },
    {
      ...{ ...own, name: "Watchdog", severity: "warning", for: "0m" },
      expr: "vector(1)",
    },
  ];
}

/** A time that is missing is too old as well. */
function older(timestamp: string, hours: number): string {
  return `time() - max(${timestamp}) > ${String(hours * HOUR)} or absent(${timestamp})`;
}
