import { z } from "zod";
import { slug } from "./primitives";
import { hostAndPort, hostName, httpsUrl } from "./urls";

/** What alerts are about; each topic has one owner. */
export const TOPICS = ["desktops", "platform", "network", "secrets", "configuration", "monitoring"] as const;

/** @see TOPICS */
export type Topic = (typeof TOPICS)[number];

/** Names of all alerts, as Prometheus and Alertmanager show them; reports/monitoring/ says when each fires. */
export const ALERTS = [
  ...["SeatsUnusableFast", "SeatsUnusableSlow", "SeatsLateFast", "SeatsLateSlow", "FirstSecretMisused"],
  ...["HostsLost", "HeadroomLost", "MemoryHeadroomLow", "DatastoreLow", "DatastoreFull", "DatastoreFills"],
  ...["GatewaysDown", "GatewayAlone", "GatewaysDivided", "GatewayDropsFast", "GatewayDropsSlow", "SourcesForged"],
  ...["AccessDown", "AccessAlone", "AccessCertificateNotRenewed", "SeatsAllTaken", "PeopleTurnedAway"],
  ...["VaultSealed", "CertificateExpires", "CertificateExpired", "TokenExpires", "AccountUnrotated", "SecretNotRight"],
  ...["DriftFound", "DriftUnknown", "StateUnknown", "TargetMissing", "Watchdog"],
] as const satisfies readonly string[];

/** @see ALERTS */
export type AlertName = (typeof ALERTS)[number];

/** How urgent an alert is: somebody is called now, or somebody looks in working hours. */
export const SEVERITIES = ["critical", "warning"] as const;

/** @see SEVERITIES */
export type Severity = (typeof SEVERITIES)[number];

const port = z.int().min(1).max(65_535);
const days = z.int().min(1).max(3650);
/**
 * 100 would leave no budget, and no rate at which it burns; below 93.06 even a total failure would not burn it 14.4 times
 * too fast, so that the fast alert never fired (reports/monitoring/burn-rates.ts).
 */
const objective = z.number().min(94).max(99.99);
const share = z.number().min(0.1).max(99);
const mailAddress = z
  .string()
  .max(254)
  .regex(/^[A-Za-z0-9][\w.+-]*@[a-z0-9.-]+$/, "one mail address, such as vdi@comune.milano.example")
  .refine((text) => hostName.safeParse(text.slice(text.indexOf("@") + 1)).success, "a mail address of a full domain");

const ownerSchema = z
  .strictObject({
    name: slug.describe("Name of the owner, which alerts have as a label."),
    webhook: httpsUrl
      .optional()
      .describe("URL that Alertmanager posts alerts to; a login or token never stands here. By default none."),
    email: mailAddress.optional().describe("Mail address of a team, never of a person; by default none."),
    answers: z.array(z.enum(TOPICS)).min(1).describe("The topics whose alerts it answers."),
  })
  .refine(({ webhook, email }) => webhook !== undefined || email !== undefined, {
    error: "webhook, email, or both: an owner without a receiver hears nothing",
    params: { repair: "say where its alerts go" },
  })
  .describe("A team that answers alerts.");

const mailSchema = z
  .strictObject({
    smarthost: hostAndPort.describe("Mail server that Alertmanager sends by; TLS is required."),
    from: mailAddress.describe("Sender of the mails."),
  })
  .describe("How mails leave; needed where an owner has an email.");

const portsSchema = z
  .strictObject({
    state: port.default(9272).describe("Of npm run metrics, on the Prometheus server itself."),
    windows: port.default(9182).describe("Of windows_exporter on Windows seats."),
    linux: port.default(9100).describe("Of node_exporter on Linux seats."),
    gateways: port.default(9100).describe("Of node_exporter on the gateways."),
    textfiles: port
      .default(9100)
      .describe("Of node_exporter on the Prometheus server, which reads the files that jobs write."),
  })
  .describe("Ports of exporters, where they are not the usual ones.");

const levelFields = {
  usablePercent: objective.default(99).describe("Percent of the released seats that can be used, over 30 days."),
  readyPercent: objective.default(95).describe("Percent of the released seats that are ready in time, over 30 days."),
  readyMinutes: z
    .int()
    .min(5)
    .max(10_080)
    .default(60)
    .describe("Minutes from a machine's making until it has joined the domain."),
};

const levelsSchema = z
  .strictObject({
    ...levelFields,
    passedPercent: objective
      .default(99)
      .describe("Percent of new connections and single packets that gateways pass and do not drop, over 30 days."),
    pools: z
      .array(
        z
          .strictObject({
            pool: slug.describe("Name of the pool."),
            usablePercent: levelFields.usablePercent.unwrap().optional().describe("By default the city's."),
            readyPercent: levelFields.readyPercent.unwrap().optional().describe("By default the city's."),
            readyMinutes: levelFields.readyMinutes.unwrap().optional().describe("By default the city's."),
          })
          .describe("Service levels of one pool."),
      )
      .default([])
      .describe("Pools whose levels are others."),
  })
  .describe("Service levels; alerts tell how fast their error budgets burn.");

const thresholdsSchema = z
  .strictObject({
    memoryHeadroomPercent: share
      .default(10)
      .describe("Percent of a cluster's memory that stays free after the failures that it tolerates."),
    datastoreFreePercent: share.default(20).describe("DatastoreLow: less than this percent of a datastore is free."),
    datastoreFullPercent: share.default(5).describe("DatastoreFull: less than this percent is free."),
    certificateDays: days.default(30).describe("CertificateExpires: so many days before its end."),
    certificateLastDays: days.default(7).describe("CertificateExpired: so many days before its end, and after it."),
    tokenHours: z.int().min(1).max(8760).default(24).describe("TokenExpires: so many hours before its end."),
    rotationHours: z
      .int()
      .min(1)
      .max(8760)
      .default(24)
      .describe("AccountUnrotated: so many hours after its rotation was due."),
    stateHours: z.int().min(1).max(720).default(26).describe("StateUnknown: the secrets' state is older than this."),
    driftHours: z.int().min(1).max(720).default(26).describe("DriftUnknown: the last look for drift is older."),
  })
  .describe("When alerts fire.");

/** What watches the city, and who is told. */
export const monitoringSchema = z
  .strictObject({
    handbook: httpsUrl.describe("Page of the city's handbook; each alert links to its runbook there."),
    from: slug.describe("Segment or network outside that the Prometheus server stands in."),
    owners: z.array(ownerSchema).min(1).describe("Who answers alerts; each topic has one owner."),
    mail: mailSchema.optional(),
    severities: z
      .array(
        z
          .strictObject({
            alert: z.enum(ALERTS).describe("Name of the alert."),
            severity: z.enum(SEVERITIES).describe("critical calls somebody now, warning waits for working hours."),
          })
          .describe("The severity of one alert."),
      )
      .default([])
      .describe("Alerts whose severity is another than usual."),
    ports: portsSchema.prefault({}),
    serviceLevels: levelsSchema.prefault({}),
    thresholds: thresholdsSchema.prefault({}),
  })
  .describe("Monitoring by Prometheus, Alertmanager and Grafana; by default a city has none.");

/** @see monitoringSchema */
export type Monitoring = z.output<typeof monitoringSchema>;
