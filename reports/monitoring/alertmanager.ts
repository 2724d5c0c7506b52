import type { Monitoring } from "../../environments/model/monitoring";

type Owner = Monitoring["owners"][number];

/** Alertmanager's configuration: each owner is a receiver, and gets its own alerts, together by pool, cluster or pair. */
export function alertmanagerConfig({ owners, mail }: Monitoring): object {
  const [first] = owners.filter(({ answers }) => answers.includes("monitoring"));
  return {
    ...(mail !== undefined && {
      global: { smtp_smarthost: mail.smarthost, smtp_from: mail.from, smtp_require_tls: true },
    }),
    route: {
      // What has no owner is a fault of the monitoring itself.
      receiver: first?.name ?? "",
      group_by: ["city", "alertname", "pool", "cluster", "pair", "datastore", "certificate"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "12h",
      routes: [watchdog(first?.name ?? ""), ...owners.map(routeOf)],
    },
    inhibit_rules: INHIBITED,
    receivers: owners.map(receiverOf),
  };
}

/** Repeated so often that whoever misses it for a quarter of an hour may alarm. */
function watchdog(receiver: string): object {
  return {
    matchers: ['alertname="Watchdog"'],
    receiver,
    group_wait: "0s",
    group_interval: "1m",
    repeat_interval: "5m",
  };
}

function routeOf({ name }: Owner): object {
  return { matchers: [`owner="${name}"`], receiver: name };
}

function receiverOf({ name, webhook, email }: Owner): object {
  return {
    name,
    ...(webhook !== undefined && { webhook_configs: [{ url: webhook, send_resolved: true }] }),
    ...(email !== undefined && { email_configs: [{ to: email, send_resolved: true }] }),
  };
}

/** An urgent alert, the alerts that it silences (a pattern), and the label of the thing that both are about. */
const URGENT: readonly (readonly [urgent: string, silenced: string, thing: string])[] = [
  ["SeatsUnusableFast", "SeatsUnusableSlow", "pool"],
  ["SeatsLateFast", "SeatsLateSlow", "pool"],
  ["GatewayDropsFast", "GatewayDropsSlow", "pair"],
  ["DatastoreFull", "DatastoreLow|DatastoreFills", "datastore"],
  ["CertificateExpired", "CertificateExpires", "certificate"],
];

const INHIBITED = URGENT.map(([urgent, silenced, thing]) => ({
  source_matchers: [`alertname="${urgent}"`],
  target_matchers: [`alertname=~"${silenced}"`],
  equal: ["city", thing],
}));
