import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../runtime/paths";
import { interfaceNamed, ownAddresses } from "../gateway";
import type { GatewayPlan, Member } from "../gateway";

/** What writes a gateway's figures, as it runs there. */
export const METRICS_SCRIPT = readFileSync(join(REPOSITORY, "segmentation", "render", "gateway-metrics.sh"), "utf8");

const PROGRAM = "/usr/local/sbin/gateway-metrics.sh";
/** The timer that starts it. */
export const METRICS_TIMER = "postazioni-metrics.timer";
/** Debian's unit of node_exporter, which the template has where a city has monitoring. */
export const NODE_EXPORTER = "prometheus-node-exporter";

/** A file of a gateway: its path, its text, and whether it is a program. */
export interface MetricsFile {
  readonly path: string;
  readonly text: string;
  readonly program?: true;
}

/**
 * The files that let Prometheus see a gateway: node_exporter on its own management address alone, and a timer that writes the
 * rules' counters where Debian's node_exporter reads them. None where the city has no monitoring.
 */
export function metricsFiles(gateway: GatewayPlan, member: Member): MetricsFile[] {
  if (gateway.metricsPort === undefined) return [];
  const management = interfaceNamed(gateway, gateway.management);
  const [own] = ownAddresses(management, 4);
  const virtual = management.addresses.find(({ family }) => family === 4)?.virtual ?? "";
  const listen = `${own?.[member] ?? ""}:${String(gateway.metricsPort)}`;
  return [
    { path: PROGRAM, text: METRICS_SCRIPT, program: true },
    { path: "/etc/systemd/system/postazioni-metrics.service", text: service(virtual) },
    { path: `/etc/systemd/system/${METRICS_TIMER}`, text: TIMER },
    { path: `/etc/default/${NODE_EXPORTER}`, text: `ARGS="--web.listen-address=${listen}"\n` },
  ];
}

function service(virtual: string): string {
  return lines([
    "[Unit]",
    "Description=The gateway's figures",
    "",
    "[Service]",
    "Type=oneshot",
    `ExecStart=${PROGRAM} ${virtual}`,
  ]);
}

const TIMER = lines([
  ...["[Timer]", "OnBootSec=15s", "OnUnitActiveSec=15s", "AccuracySec=1s", ""],
  ...["[Install]", "WantedBy=timers.target"],
]);

function lines(texts: readonly string[]): string {
  return [...texts, ""].join("\n");
}
