import { join } from "node:path";
import { gatewayPlans } from "../environments/network/gateway-plan";
import { loadCities } from "../environments/load";
import type { City } from "../environments/model/city";
import { networkPlan, reachOf } from "../environments/network/network-plan";
import { REPOSITORY } from "../runtime/paths";
import type { Progress } from "../runtime/progress";
import { probesBetween } from "../proof/probes-between";
import { prove } from "../proof/proof";
import type { SentProbe } from "../proof/proof";
import { ANY_ADDRESS } from "../segmentation/address";
import { NONE } from "../segmentation/intervals";
import { table } from "./table";
import { stopwatch } from "./timed";

const FILES = { milan: "environments/milan.yaml", "a small city": "test/fixtures/gateway.yaml" } as const;

/** Number and time of the proof's packets, and how many of them contradict the analysis. */
export async function benchProof(progress: Progress, signal: AbortSignal): Promise<string> {
  const rows: (string | number)[][] = [];
  const lines: string[] = [];
  for (const [name, file] of Object.entries(FILES)) {
    const { row, line } = await progress.step(`Packets through ${name}`, (say) => measure(name, file, say, signal));
    rows.push(row);
    lines.push(...line);
  }
  const heading = ["city", "TCP", "UDP", "ICMP", "arrived", "forged", "of them arrived", "s", "packets a second"];
  return [table([[...heading, "differences"], ...rows]), ...lines].join("\n\n");
}

async function measure(
  name: string,
  file: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<{ row: (string | number)[]; line: string[] }> {
  const [city] = loadCities([join(REPOSITORY, file)]);
  const gateways = city === undefined ? [] : gatewayPlans(city);
  if (city === undefined || gateways.length === 0) throw new Error(`${file} has no gateway`);
  const [{ sent, arrived, forged, differences, probes }, seconds] = await stopwatch(() =>
    prove({ reach: reachOf(city), gateways, say, signal }),
  );
  const { tcp, udp, icmp } = sent;
  const rate = Math.round((tcp + udp + icmp) / seconds);
  const forgedArrived = differences.filter((difference) => difference.forged).length;
  const row = [name, tcp, udp, icmp, arrived, forged, forgedArrived, seconds, rate, differences.length];
  return { row, line: monitoringLine(city, name, probes) };
}

/** The packets from where the Prometheus server stands; nothing where the city has no monitoring. */
function monitoringLine(city: City, name: string, probes: readonly SentProbe[]): string[] {
  const from = city.monitoring?.from;
  if (from === undefined) return [];
  const { arrived, refused } = probesBetween(probes, networkPlan(city).endpoints.get(from) ?? NONE, ANY_ADDRESS);
  const what = [...arrived].map(([flow, number]) => `${flow}: ${String(number)}`).sort();
  return [
    `In ${name} the Prometheus server stands in ${from}. Of the packets from there through the gateway ` +
      `${String(refused)} did not arrive, and these did: ${what.join("; ")}.`,
  ];
}
