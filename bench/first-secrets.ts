import { citiesAsDeployed } from "../environments/deployed";
import type { DeployedCity } from "../environments/model/city";
import { CommandError } from "../runtime/errors";
import type { Progress } from "../runtime/progress";
import { issueFirstSecrets } from "../secrets/first-secret";
import type { SeatOutcome } from "../secrets/first-secret";
import { poolSeats } from "../secrets/pool-seats";
import { VaultRoles } from "../secrets/vault-roles";
import type { VaultPort } from "../secrets/vault-roles";
import { VcenterClient } from "../vcenter/vcenter-client";
import { withLab } from "./bench-lab";
import type { BenchLab, Watch } from "./bench-lab";
import type { LabCity } from "./lab-city";
import { loginOf, madePool, moveMachines } from "./made-machines";
import { table } from "./table";
import { elapsed, tenths } from "./timed";

const SEATS = 1000;
const SECONDS = 1800;
const CITY: LabCity = {
  seatsPerStack: SEATS,
  pools: [madePool("first", "fst", SEATS)],
};

/** Time and API calls to issue the first secrets of a large pool, and to check them again. */
export async function benchFirstSecrets(progress: Progress, signal: AbortSignal): Promise<string> {
  return withLab(CITY, { progress, signal }, async (bench) => {
    await bench.make("catania-secrets");
    const city = cityIn(bench.environments);
    const login = loginOf(bench.lab);
    await progress.step(`Put ${String(SEATS)} machines into their pool's folder`, async () => {
      for (const pool of poolSeats(city)) await moveMachines(login, city, pool);
    });
    const first = await measure(bench, city, { progress, signal }, "issued");
    const again = await measure(bench, city, { progress, signal }, "waiting");
    return table([
      ["run", "seats", "s", "seats a second", "calls of Vault a seat", "calls of vCenter a seat"],
      first,
      again,
    ]);
  });
}

async function measure(
  { lab }: BenchLab,
  city: DeployedCity,
  { progress, signal }: Watch,
  expected: SeatOutcome["result"],
): Promise<(string | number)[]> {
  const [pool] = poolSeats(city);
  const machines = await VcenterClient.logIn(loginOf(lab));
  const vault = counted(lab.vault);
  if (pool === undefined) throw new CommandError("the city has no seats");
  const common = { roles: new VaultRoles(vault.port, city.city.id), machines, city: city.city.id, signal };
  const issuing = { ...common, vault: city.platform.vault?.address ?? "", seconds: SECONDS, again: new Set<string>() };
  const [outcomes, milliseconds] = await elapsed(() =>
    progress.step(`First secrets, ${expected}`, () => issueFirstSecrets(pool, issuing)),
  );
  const calls = machines.calls;
  await machines.logOut();
  const other = outcomes.find(({ result }) => result !== expected);
  if (other !== undefined) throw new CommandError(`${other.seat}: ${other.result} ${other.reason}`);
  const rate = Math.round((SEATS * 1000) / milliseconds);
  return [expected, outcomes.length, tenths(milliseconds), rate, aSeat(vault.calls()), aSeat(calls)];
}

function aSeat(calls: number): number {
  return Math.round((calls * 100) / SEATS) / 100;
}

function counted(vault: VaultPort): { readonly port: VaultPort; readonly calls: () => number } {
  let calls = 0;
  const count = <A extends unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      calls += 1;
      return call(...args);
    };
  };
  const port = {
    get: count((path: string) => vault.get(path)),
    post: count((path: string, body?: unknown) => vault.post(path, body)),
    postWrapped: count((path: string, body: unknown, seconds: number) => vault.postWrapped(path, body, seconds)),
  };
  return { port, calls: () => calls };
}

function cityIn(environments: string): DeployedCity {
  const [city] = citiesAsDeployed(environments, undefined);
  if (city === undefined) throw new CommandError("there is no city's file");
  return city;
}
