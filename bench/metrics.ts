import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { citiesAsDeployed } from "../environments/deployed";
import { freePort } from "../lab/free-port";
import { CommandError } from "../runtime/errors";
import { REPOSITORY } from "../runtime/paths";
import type { Progress } from "../runtime/progress";
import { poolSeats } from "../secrets/pool-seats";
import { withLab } from "./bench-lab";
import type { BenchLab, Watch } from "./bench-lab";
import type { LabCity } from "./lab-city";
import { loginOf, madePool, moveMachines } from "./made-machines";
import { median, table } from "./table";
import { elapsed, tenths } from "./timed";

const SCRAPES = 5;
const CLUSTERS = ["catania-vdi-a", "catania-vdi-b"];
const POOLS = ["first", "second", "third", "fourth"];
/** vSphere's maximum of 1,024 machines a host, with one host lost. */
const HOSTS = 12;
const SEATS = [12_000];
const START_MS = 60_000;

/** What one scrape of `npm run metrics` takes, by the seats of a city. */
export async function benchMetrics(progress: Progress, signal: AbortSignal): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const seats of SEATS) {
    rows.push(
      await withLab(cityOf(seats), { progress, signal }, (bench) => measure(bench, seats, { progress, signal })),
    );
  }
  return table([["seats", "first scrape, s", "scrape, s", "series", "KB", "peak memory, MB"], ...rows]);
}

function cityOf(seats: number): LabCity {
  const pools = POOLS.map((name, index) => ({
    ...madePool(name, `b0${String(index)}`, Math.floor(seats / POOLS.length)),
    cluster: CLUSTERS[index % CLUSTERS.length] ?? "",
  }));
  return { seatsPerStack: 1000, held: true, monitored: true, hosts: HOSTS, pools };
}

async function measure(bench: BenchLab, seats: number, { progress }: Watch): Promise<(string | number)[]> {
  const [city] = citiesAsDeployed(bench.environments, undefined);
  if (city === undefined) throw new CommandError("there is no city's file");
  const pools = poolSeats(city);
  await progress.step(`Put ${String(seats)} machines into their pools' folders`, async () => {
    for (const pool of pools) await moveMachines(loginOf(bench.lab), city, pool);
  });
  const made = pools.reduce((sum, pool) => sum + pool.seats.length, 0);
  return progress.step(`${String(SCRAPES + 1)} scrapes`, async () => [made, ...(await scraped(bench))]);
}

/** Scrapes the command as Prometheus does, one after the other. */
async function scraped({ lab, environments }: BenchLab): Promise<number[]> {
  const address = `127.0.0.1:${String(await freePort())}`;
  const args = ["cli/bootstrap.mjs", "metrics", "catania", "--environments", environments, "--listen", address];
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...lab.environment() };
  const child = spawn(process.execPath, args, { cwd: REPOSITORY, env, stdio: ["ignore", "ignore", "pipe"] });
  try {
    await once(child.stderr, "data", { signal: AbortSignal.timeout(START_MS) });
    const [first, firstMs] = await elapsed(() => scrape(address));
    const times: number[] = [];
    for (let turn = 0; turn < SCRAPES; turn += 1) times.push((await elapsed(() => scrape(address)))[1]);
    const series = first.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
    return [tenths(firstMs), tenths(median(times)), series, Math.round(first.length / 1000), peakMb(String(child.pid))];
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

/** The most memory that a process had so far, in MB: Linux' VmHWM, in KiB. */
function peakMb(pid: string): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round((Number(kib) * 1024) / 1e6);
}

async function scrape(address: string): Promise<string> {
  const answer = await fetch(`http://${address}/metrics`);
  const text = await answer.text();
  if (!answer.ok) throw new CommandError(text);
  return text;
}
