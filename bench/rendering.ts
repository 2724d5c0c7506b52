import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gatewayPlan } from "../environments/network/gateway-plan";
import { loadCities } from "../environments/load";
import type { City } from "../environments/model/city";
import { networkPlan } from "../environments/network/network-plan";
import type { Progress } from "../runtime/progress";
import { installAerleon, runAerleon } from "../lab/tools/aerleon";
import { aerleon } from "../segmentation/render/aerleon";
import { nftables } from "../segmentation/render/nftables";
import { largeNetwork } from "./large-network";
import { median, table } from "./table";

const RUNS = 3;
/** A city with gateways has at most ten VLANs. */
const SEGMENTS = 9;
const FLOWS = [100, 300, 1000] as const;
const NFTABLES = {
  ipv4: { families: [4], targets: { nftables: "inet forward" } },
  ipv6: { families: [6], targets: { nftables: "inet6 forward" } },
} as const;

/** The same policy as an nftables ruleset: rendered here, and by Aerleon's own generator from the files made for it. */
export async function benchRendering(progress: Progress, signal: AbortSignal): Promise<string> {
  await progress.step("Aerleon", (say) => installAerleon({ signal, say }));
  const rows: (string | number)[][] = [];
  for (const flows of FLOWS) rows.push(await progress.step(`${String(flows)} flows`, () => measure(flows)));
  return table([["flows", "ruleset here, ms", "Aerleon's files here, ms", "Aerleon, ms", "times"], ...rows]);
}

async function measure(flows: number): Promise<(string | number)[]> {
  const city = cityWith(flows);
  const plan = networkPlan(city);
  const gateway = gatewayPlan(city);
  if (gateway === undefined) throw new Error("the measured city has no gateway");
  const own: number[] = [];
  const files: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    own.push(elapsed(() => nftables(plan, gateway)));
    files.push(elapsed(() => aerleon(city.city.name, plan, NFTABLES)));
    theirs.push(await aerleonTime(aerleon(city.city.name, plan, NFTABLES)));
  }
  const [here, there] = [median(own), median(theirs)];
  return [flows, Math.round(here), Math.round(median(files)), Math.round(there), Math.round(there / here)];
}

function cityWith(flows: number): City {
  const folder = mkdtempSync(join(tmpdir(), "rendering-"));
  try {
    const file = join(folder, "large.yaml");
    writeFileSync(file, largeNetwork(SEGMENTS, flows));
    const [city] = loadCities([file]);
    if (city === undefined) throw new Error("the measured file is no city");
    return withGateways(city);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Its first segment is the management's; one more is the uplink. */
function withGateways(city: City): City {
  const uplink = { name: "uplink", zone: "transit" as const, vlan: 99, subnet: "10.99.0.0/28", external: false };
  const gateway = {
    template: "none",
    guestId: "debian12_64Guest",
    firmware: "efi" as const,
    ...{ cpus: 2, memoryGib: 4, diskGib: 8, waitForGuest: false, virtualRouterId: 1, dhcpServers: [] },
    clusters: ["catania-vdi-a", "catania-vdi-b"] as [string, string],
    ...{ uplink: "uplink", nextHop: "10.99.0.14", management: "segment-0" },
  };
  return { ...city, network: { ...city.network, gateway, segments: [...city.network.segments, uplink] } };
}

async function aerleonTime(files: ReadonlyMap<string, string>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "rendering-"));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const start = performance.now();
    await runAerleon(folder);
    return performance.now() - start;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function elapsed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
