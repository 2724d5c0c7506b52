import type { AlertName } from "../../environments/model/monitoring";

/** Values of series by their name with labels, in promtool's notation: one a minute, `10x600` is ten 601 times. */
export type Series = Readonly<Record<string, string>>;

/** A fault, and every alert that it fires. */
export interface RuleCase {
  readonly what: string;
  /** Values in place of the sound ones, or beside them; `_` for none. */
  readonly fault: Series;
  /** Alerts that fire beside the Watchdog. */
  readonly fires: readonly AlertName[];
  /** Alerts that must not fire yet at this time. */
  readonly notYet: string;
  /** When all of them fire. */
  readonly at: string;
}

const FOR_LONG = "x1000";
/** A time stamp that is always now: promtool begins at 0. */
const NOW = `0+60${FOR_LONG}`;
const FAR = `10000000${FOR_LONG}`;
const DAY = 86_400;

/** A city in which nothing is wrong. */
export const SOUND: Series = {
  'postazioni_seats_released{pool="anagrafe"}': `100${FOR_LONG}`,
  'postazioni_seats_released{pool="tecnica"}': `10${FOR_LONG}`,
  'postazioni_seats{pool="anagrafe",state="usable"}': `100${FOR_LONG}`,
  'postazioni_seats{pool="tecnica",state="usable"}': `10${FOR_LONG}`,
  'postazioni_seats_late{pool="anagrafe"}': `0${FOR_LONG}`,
  'postazioni_seats_late{pool="tecnica"}': `0${FOR_LONG}`,
  'postazioni_first_secrets{pool="anagrafe",state="alert"}': `0${FOR_LONG}`,
  'postazioni_hosts{cluster="a",state="connected"}': `12${FOR_LONG}`,
  'postazioni_hosts{cluster="a",state="notResponding"}': `0${FOR_LONG}`,
  'postazioni_hosts{cluster="a",state="missing"}': `0${FOR_LONG}`,
  'postazioni_hosts_tolerated{cluster="a"}': `1${FOR_LONG}`,
  'postazioni_hosts_needed{cluster="a"}': `10${FOR_LONG}`,
  'postazioni_cluster_memory_bytes{cluster="a"}': `1200${FOR_LONG}`,
  'postazioni_cluster_memory_used_bytes{cluster="a"}': `600${FOR_LONG}`,
  'postazioni_datastore_capacity_bytes{datastore="vsan-a"}': `1000${FOR_LONG}`,
  'postazioni_datastore_free_bytes{datastore="vsan-a"}': `500${FOR_LONG}`,
  'up{job="state",instance="s"}': `1${FOR_LONG}`,
  'up{job="textfiles",instance="t"}': `1${FOR_LONG}`,
  'up{job="vault",instance="v"}': `1${FOR_LONG}`,
  'up{job="gateways",pair="gateway",gateway="a"}': `1${FOR_LONG}`,
  'up{job="gateways",pair="gateway",gateway="b"}': `1${FOR_LONG}`,
  'postazioni_gateway_rules_loaded{pair="gateway",gateway="a"}': `1${FOR_LONG}`,
  'postazioni_gateway_rules_loaded{pair="gateway",gateway="b"}': `1${FOR_LONG}`,
  'postazioni_gateway_master{pair="gateway",gateway="a"}': `1${FOR_LONG}`,
  'postazioni_gateway_master{pair="gateway",gateway="b"}': `0${FOR_LONG}`,
  'postazioni_gateway_packets_total{pair="gateway",kind="flow",flow="x"}': `0+6000${FOR_LONG}`,
  'postazioni_gateway_packets_total{pair="gateway",kind="denied"}': `0+6${FOR_LONG}`,
  'postazioni_gateway_packets_total{pair="gateway",kind="spoofed"}': `0${FOR_LONG}`,
  'up{job="access",machine="a"}': `1${FOR_LONG}`,
  'up{job="access",machine="b"}': `1${FOR_LONG}`,
  'postazioni_access_certificate_not_after_timestamp_seconds{job="access-certificates",machine="a"}': FAR,
  'haproxy_backend_active_servers{job="access",proxy="remoto",machine="a"}': `11${FOR_LONG}`,
  'haproxy_backend_active_servers{job="access",proxy="remoto",machine="b"}': `11${FOR_LONG}`,
  'haproxy_backend_active_servers{job="access",proxy="remoto_seats",machine="a"}': `0${FOR_LONG}`,
  'haproxy_sticktable_used{job="access",name="remoto",machine="a"}': `40${FOR_LONG}`,
  'haproxy_sticktable_used{job="access",name="remoto_seats",machine="a"}': `9${FOR_LONG}`,
  'haproxy_backend_sessions_total{job="access",proxy="turned_away",machine="a"}': `7${FOR_LONG}`,
  vault_core_unsealed: `1${FOR_LONG}`,
  'postazioni_certificate_not_after_timestamp_seconds{certificate="vcenter"}': FAR,
  postazioni_token_expires_timestamp_seconds: FAR,
  'postazioni_account_rotation_due_timestamp_seconds{account="join-anagrafe"}': FAR,
  'postazioni_secrets{kind="secret",state="missing"}': `0${FOR_LONG}`,
  postazioni_secrets_checked_timestamp_seconds: NOW,
  postazioni_drift_resources: `0${FOR_LONG}`,
  postazioni_drift_checked_timestamp_seconds: NOW,
};

const MISSING = "_x1000";

/** A fault for each alert. */
export const CASES: readonly RuleCase[] = [
  {
    what: "a fifth of a pool's seats cannot be used",
    fault: { 'postazioni_seats{pool="anagrafe",state="usable"}': `80${FOR_LONG}` },
    ...{ fires: ["SeatsUnusableFast", "SeatsUnusableSlow"], notYet: "1m", at: "20m" },
  },
  {
    what: "three of a hundred seats cannot be used, which nobody is called for",
    fault: { 'postazioni_seats{pool="anagrafe",state="usable"}': `97${FOR_LONG}` },
    ...{ fires: ["SeatsUnusableSlow"], notYet: "10m", at: "20m" },
  },
  {
    what: "all machines of a pool are off",
    fault: { 'postazioni_seats{pool="tecnica",state="usable"}': `0${FOR_LONG}` },
    ...{ fires: ["SeatsUnusableFast", "SeatsUnusableSlow"], notYet: "1m", at: "20m" },
  },
  {
    what: "nine of ten seats are not ready in time",
    fault: { 'postazioni_seats_late{pool="tecnica"}': `9${FOR_LONG}` },
    ...{ fires: ["SeatsLateFast", "SeatsLateSlow"], notYet: "1m", at: "20m" },
  },
  {
    what: "one of ten seats is not ready in time",
    fault: { 'postazioni_seats_late{pool="tecnica"}': `1${FOR_LONG}` },
    ...{ fires: ["SeatsLateSlow"], notYet: "10m", at: "20m" },
  },
  {
    what: "somebody else opened a first secret",
    fault: { 'postazioni_first_secrets{pool="anagrafe",state="alert"}': `0x3 1${FOR_LONG}` },
    ...{ fires: ["FirstSecretMisused"], notYet: "2m", at: "5m" },
  },
  {
    what: "a host does not answer",
    fault: {
      'postazioni_hosts{cluster="a",state="connected"}': `11${FOR_LONG}`,
      'postazioni_hosts{cluster="a",state="notResponding"}': `1${FOR_LONG}`,
    },
    ...{ fires: ["HostsLost"], notYet: "0m", at: "2m" },
  },
  {
    what: "two hosts are missing, and the next failure stops seats",
    fault: {
      'postazioni_hosts{cluster="a",state="connected"}': `10${FOR_LONG}`,
      'postazioni_hosts{cluster="a",state="missing"}': `2${FOR_LONG}`,
    },
    ...{ fires: ["HostsLost", "HeadroomLost"], notYet: "0m", at: "20m" },
  },
  {
    what: "the memory would be full after a failure",
    fault: { 'postazioni_cluster_memory_used_bytes{cluster="a"}': `1050${FOR_LONG}` },
    ...{ fires: ["MemoryHeadroomLow"], notYet: "20m", at: "35m" },
  },
  {
    what: "a datastore has little left",
    fault: { 'postazioni_datastore_free_bytes{datastore="vsan-a"}': `150${FOR_LONG}` },
    ...{ fires: ["DatastoreLow"], notYet: "4m", at: "7m" },
  },
  {
    what: "a datastore is full",
    fault: { 'postazioni_datastore_free_bytes{datastore="vsan-a"}': `10${FOR_LONG}` },
    ...{ fires: ["DatastoreLow", "DatastoreFull"], notYet: "0m", at: "7m" },
  },
  {
    what: "a datastore fills within days",
    fault: { 'postazioni_datastore_free_bytes{datastore="vsan-a"}': `500-0.1${FOR_LONG}` },
    ...{ fires: ["DatastoreFills"], notYet: "30m", at: "100m" },
  },
  {
    what: "neither gateway answers",
    fault: {
      'up{job="gateways",pair="gateway",gateway="a"}': `0${FOR_LONG}`,
      'up{job="gateways",pair="gateway",gateway="b"}': `0${FOR_LONG}`,
    },
    ...{ fires: ["GatewaysDown"], notYet: "0m", at: "2m" },
  },
  {
    what: "one gateway does not answer",
    fault: { 'up{job="gateways",pair="gateway",gateway="b"}': `0${FOR_LONG}` },
    ...{ fires: ["GatewayAlone"], notYet: "9m", at: "11m" },
  },
  {
    what: "one gateway has no rules",
    fault: { 'postazioni_gateway_rules_loaded{pair="gateway",gateway="b"}': `0${FOR_LONG}` },
    ...{ fires: ["GatewayAlone"], notYet: "9m", at: "11m" },
  },
  {
    what: "both gateways hold the addresses",
    fault: { 'postazioni_gateway_master{pair="gateway",gateway="b"}': `1${FOR_LONG}` },
    ...{ fires: ["GatewaysDivided"], notYet: "0m", at: "2m" },
  },
  {
    what: "no gateway holds the addresses",
    fault: { 'postazioni_gateway_master{pair="gateway",gateway="a"}': `0${FOR_LONG}` },
    ...{ fires: ["GatewaysDivided"], notYet: "0m", at: "2m" },
  },
  {
    what: "half of all new connections are dropped",
    fault: { 'postazioni_gateway_packets_total{pair="gateway",kind="denied"}': `0+6000${FOR_LONG}` },
    ...{ fires: ["GatewayDropsFast", "GatewayDropsSlow"], notYet: "1m", at: "20m" },
  },
  {
    what: "two of a hundred new connections are dropped",
    fault: { 'postazioni_gateway_packets_total{pair="gateway",kind="denied"}': `0+120${FOR_LONG}` },
    ...{ fires: ["GatewayDropsSlow"], notYet: "10m", at: "20m" },
  },
  {
    what: "neither access machine answers",
    fault: { 'up{job="access",machine="a"}': `0${FOR_LONG}`, 'up{job="access",machine="b"}': `0${FOR_LONG}` },
    ...{ fires: ["AccessDown"], notYet: "0m", at: "2m" },
  },
  {
    what: "one access machine does not answer",
    fault: { 'up{job="access",machine="b"}': `0${FOR_LONG}` },
    ...{ fires: ["AccessAlone"], notYet: "9m", at: "11m" },
  },
  {
    what: "an access machine's certificate is not renewed",
    fault: {
      // Three days and half an hour: three days before its end comes at 30m.
      'postazioni_access_certificate_not_after_timestamp_seconds{job="access-certificates",machine="a"}': `${String(3 * DAY + 1800)}${FOR_LONG}`,
    },
    ...{ fires: ["AccessCertificateNotRenewed"], notYet: "45m", at: "50m" },
  },
  {
    what: "all ten seats of a floating pool are taken",
    fault: { 'haproxy_sticktable_used{job="access",name="remoto_seats",machine="a"}': `10${FOR_LONG}` },
    ...{ fires: ["SeatsAllTaken"], notYet: "4m", at: "6m" },
  },
  {
    what: "one seat less answers than people have",
    fault: {
      'haproxy_backend_active_servers{job="access",proxy="remoto",machine="a"}': `9${FOR_LONG}`,
      'haproxy_backend_active_servers{job="access",proxy="remoto",machine="b"}': `9${FOR_LONG}`,
    },
    ...{ fires: ["SeatsAllTaken"], notYet: "4m", at: "6m" },
  },
  {
    what: "somebody is turned away",
    fault: { 'haproxy_backend_sessions_total{job="access",proxy="turned_away",machine="a"}': `7x9 8${FOR_LONG}` },
    ...{ fires: ["PeopleTurnedAway"], notYet: "9m", at: "13m" },
  },
  {
    what: "somebody forges addresses",
    fault: {
      'postazioni_gateway_packets_total{pair="gateway",kind="flow",flow="x"}': `0+600000${FOR_LONG}`,
      'postazioni_gateway_packets_total{pair="gateway",kind="spoofed"}': `0+120${FOR_LONG}`,
    },
    ...{ fires: ["SourcesForged"], notYet: "4m", at: "8m" },
  },
  {
    what: "Vault is sealed",
    fault: { vault_core_unsealed: `0${FOR_LONG}` },
    ...{ fires: ["VaultSealed"], notYet: "0m", at: "2m" },
  },
  {
    what: "Vault does not answer",
    fault: { 'up{job="vault",instance="v"}': `0${FOR_LONG}`, vault_core_unsealed: MISSING },
    ...{ fires: ["VaultSealed"], notYet: "0m", at: "2m" },
  },
  {
    what: "a certificate ends in three weeks",
    fault: {
      'postazioni_certificate_not_after_timestamp_seconds{certificate="vcenter"}': `${String(21 * DAY)}${FOR_LONG}`,
    },
    ...{ fires: ["CertificateExpires"], notYet: "4m", at: "6m" },
  },
  {
    what: "a certificate has ended",
    fault: { 'postazioni_certificate_not_after_timestamp_seconds{certificate="vcenter"}': `60${FOR_LONG}` },
    ...{ fires: ["CertificateExpires", "CertificateExpired"], notYet: "0m", at: "6m" },
  },
  {
    what: "the jobs' token ends today",
    fault: { postazioni_token_expires_timestamp_seconds: `3600${FOR_LONG}` },
    ...{ fires: ["TokenExpires"], notYet: "4m", at: "6m" },
  },
  {
    what: "an account should have been rotated two days ago",
    fault: { 'postazioni_account_rotation_due_timestamp_seconds{account="join-anagrafe"}': `-172800${FOR_LONG}` },
    ...{ fires: ["AccountUnrotated"], notYet: "4m", at: "6m" },
  },
  {
    what: "a secret is missing",
    fault: { 'postazioni_secrets{kind="secret",state="missing"}': `1${FOR_LONG}` },
    ...{ fires: ["SecretNotRight"], notYet: "4m", at: "6m" },
  },
  {
    what: "nobody has asked Vault for two days",
    fault: { postazioni_secrets_checked_timestamp_seconds: `-172800${FOR_LONG}` },
    ...{ fires: ["StateUnknown"], notYet: "4m", at: "6m" },
  },
  {
    what: "the state of the secrets is not there",
    fault: { postazioni_secrets_checked_timestamp_seconds: MISSING },
    ...{ fires: ["StateUnknown"], notYet: "4m", at: "6m" },
  },
  {
    what: "something was changed outside Terraform",
    fault: { postazioni_drift_resources: `2${FOR_LONG}` },
    ...{ fires: ["DriftFound"], notYet: "4m", at: "6m" },
  },
  {
    what: "nobody has looked for drift for two days",
    fault: { postazioni_drift_checked_timestamp_seconds: `-172800${FOR_LONG}` },
    ...{ fires: ["DriftUnknown"], notYet: "4m", at: "6m" },
  },
  {
    what: "a target does not answer",
    fault: { 'up{job="textfiles",instance="t"}': `0${FOR_LONG}` },
    ...{ fires: ["TargetMissing"], notYet: "9m", at: "11m" },
  },
  {
    what: "the city's state is missing",
    fault: {
      'postazioni_seats_released{pool="anagrafe"}': MISSING,
      'postazioni_seats_released{pool="tecnica"}': MISSING,
    },
    ...{ fires: ["TargetMissing"], notYet: "9m", at: "11m" },
  },
];
