import type { AlertName, Monitoring } from "../../environments/model/monitoring";

/** How old what is known may become before an alert. */
type Hours = Pick<Monitoring["thresholds"], "driftHours" | "stateHours">;

const DAYS = "within days";
const MONTH = "within the month";

/** Those that say the same whatever the file's thresholds are. */
const FIXED = {
  SeatsUnusableFast: burning("the seats of {{ $labels.pool }} cannot be used", DAYS),
  SeatsUnusableSlow: burning("the seats of {{ $labels.pool }} cannot be used", MONTH),
  SeatsLateFast: burning("the seats of {{ $labels.pool }} are not ready in time", DAYS),
  SeatsLateSlow: burning("the seats of {{ $labels.pool }} are not ready in time", MONTH),
  FirstSecretMisused: "{{ $value }} first secrets of {{ $labels.pool }} were opened by somebody else",
  HostsLost: "{{ $value }} hosts of {{ $labels.cluster }} do not answer vCenter",
  HeadroomLost: "{{ $labels.cluster }} has {{ $value }} hosts left after the failures that it has to tolerate",
  MemoryHeadroomLow:
    "after the failures that {{ $labels.cluster }} tolerates {{ $value | humanizePercentage }} of its memory is used",
  DatastoreLow: "{{ $value | humanizePercentage }} of {{ $labels.datastore }} is free",
  DatastoreFull:
    "{{ $value | humanizePercentage }} of {{ $labels.datastore }} is free: clones fail, and machines with thin disks stop",
  DatastoreFills: "{{ $labels.datastore }} is full within 4 days, as it fills now",
  GatewaysDown: "neither gateway of {{ $labels.pair }} answers",
  GatewayAlone: "one gateway of {{ $labels.pair }} carries alone: the other does not answer, or has no rules",
  GatewaysDivided: "{{ $value }} gateways of {{ $labels.pair }} hold the virtual addresses",
  GatewayDropsFast: burning("new connections at the gateways {{ $labels.pair }} are dropped", DAYS),
  GatewayDropsSlow: burning("new connections at the gateways {{ $labels.pair }} are dropped", MONTH),
  SourcesForged: "{{ $value | humanize }} packets a second at {{ $labels.pair }} come from forged addresses",
  AccessDown: "neither access machine answers: nobody reaches a seat",
  AccessAlone: "one access machine carries alone: the other does not answer",
  AccessCertificateNotRenewed:
    "{{ $labels.machine }} does not renew its certificate, which ends in three days: look at its journal",
  SeatsAllTaken: "no seat of {{ $labels.pool }} is free: who comes is turned away",
  PeopleTurnedAway:
    "{{ $value | humanize }} times somebody was turned away: no seat was free, or his connection file is of no use",
  VaultSealed: "Vault is sealed, or does not answer: no machine and no job logs in",
  CertificateExpires: "the certificate of {{ $labels.certificate }} ends in {{ $value | humanizeDuration }}",
  CertificateExpired:
    "the certificate of {{ $labels.certificate }} ends in {{ $value | humanizeDuration }}, or has ended",
  TokenExpires: "the token of the jobs that look after Vault ends in {{ $value | humanizeDuration }}",
  AccountUnrotated: "the password of {{ $labels.account }} was to be rotated {{ $value | humanizeDuration }} ago",
  SecretNotRight: "{{ $value }} of kind {{ $labels.kind }} are {{ $labels.state }} in Vault",
  DriftFound: "{{ $value }} resources were changed outside Terraform",
  TargetMissing: "{{ $value }} targets of {{ $labels.job }} do not answer, or the city's state is missing",
  Watchdog: "always fires: whoever no longer gets it knows that the monitoring itself is down",
};

/** One line for each alert; Prometheus fills in the braces. */
export const alerts = ({ driftHours, stateHours }: Hours): Readonly<Record<AlertName, string>> => ({
  ...FIXED,
  DriftUnknown: `nobody has looked for drift for ${String(driftHours)} hours: npm run drift fails, or does not run`,
  StateUnknown: `the state of the secrets is older than ${String(stateHours)} hours: npm run secrets -- status fails, or does not run`,
});

function burning(wrong: string, pace: string): string {
  return `{{ $value | humanizePercentage }} of ${wrong}: the budget burns ${pace}`;
}
