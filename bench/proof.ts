import { join } from "node:path";
import { gatewayPlans } from "../environments/network/gateway-plan";
import { loadCities } from "../environments/load";
import { reachOf } from "../environments/network/network-plan";
import { REPOSITORY } from "../runtime/paths";
import type { Progress } from "../runtime/progress";
import { prove } from "../proof/proof";
import { table } from "./table";
import { stopwatch } from "./timed";

const FILES = { milan: "environments/milan.yaml", "a small city": "test/fixtures/gateway.yaml" } as const;

/** Number and time of the proof's packets, and how many of them contradict the analysis. */
export async function benchProof(progress: Progress, signal: AbortSignal): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const [name, file] of Object.entries(FILES)) {
    rows.push(await progress.step(`Packets through ${name}`, (say) => measure(name, file, say, signal)));
  }
  return table([
    ["city", "TCP", "UDP", "ICMP", "arrived", "forged", "of them arrived", "s", "packets a second", "differences"],
    ...rows,
  ]);
}

async function measure(
  name: string,
  file: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<(string | number)[]> {
  const [city] = loadCities([join(REPOSITORY, file)]);
  const gateways = city === undefined ? [] : gatewayPlans(city);
  if (city === undefined || gateways.length === 0) throw new Error(`${file} has no gateway`);
  const [{ sent, arrived, forged, differences }, seconds] = await stopwatch(() =>
    prove({ reach: reachOf(city), gateways, say, signal }),
  );
  const { tcp, udp, icmp } = sent;
  const rate = Math.round((tcp + udp + icmp) / seconds);
  const forgedArrived = differences.filter((difference) => difference.forged).length;
  return [name, tcp, udp, icmp, arrived, forged, forgedArrived, seconds, rate, differences.length];
}
