import { readFileSync } from "node:fs";
import { citiesAsDeployed } from "../environments/deployed";
import { machineFolder } from "../environments/folder-names";
import type { DeployedCity } from "../environments/model/city";
import { CommandError } from "../runtime/errors";
import type { LabSession } from "../lab/session";
import type { Progress } from "../runtime/progress";
import { issueFirstSecrets } from "../secrets/first-secret";
import type { SeatOutcome } from "../secrets/first-secret";
import { poolSeats } from "../secrets/pool-seats";
import { VaultRoles } from "../secrets/vault-roles";
import type { VaultPort } from "../secrets/vault-roles";
import { Soap } from "../vcenter/soap";
import { VcenterClient } from "../vcenter/vcenter-client";
import type { VcenterLogin } from "../vcenter/vcenter-client";
import { escapeXml } from "../access/vsphere/xml-text";
import { childText } from "../vcenter/xml";
import { withLab } from "./bench-lab";
import type { BenchLab, Watch } from "./bench-lab";
import type { LabCity } from "./lab-city";
import { table } from "./table";
import { elapsed, tenths } from "./timed";

const SEATS = 1000;
/** Where the simulator's inventory has the machines: a city's file may not adopt from the city's own folder. */
const MADE_IN = "Bench";
const CONNECTIONS = 8;
const SECONDS = 1800;
const POLL_MS = 100;
const CITY: LabCity = {
  seatsPerStack: SEATS,
  pools: [
    {
      ...{ name: "first", code: "fst", seats: SEATS, assignment: "dedicated" },
      adopt: Array.from({ length: SEATS }, (_, index) => ({
        seat: index + 1,
        machine: `${MADE_IN}/${seatName(index)}`,
      })),
    },
  ],
};

/** Time and API calls to issue the first secrets of a large pool, and to check them again. */
export async function benchFirstSecrets(progress: Progress, signal: AbortSignal): Promise<string> {
  return withLab(CITY, { progress, signal }, async (bench) => {
    await bench.make("catania-secrets");
    const city = cityIn(bench.environments);
    const login = loginOf(bench.lab);
    await progress.step(`Put ${String(SEATS)} machines into their pool's folder`, () => moveMachines(login, city));
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
  const issuing = { ...common, vault: city.platform.vault.address, seconds: SECONDS, again: new Set<string>() };
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

/** Moves all machines by one call, as a person would. */
async function moveMachines(login: VcenterLogin, city: DeployedCity): Promise<void> {
  const client = await VcenterClient.logIn(login);
  const soap = new Soap(login);
  const [pool] = poolSeats(city);
  const made = await client.machinesIn(`${machineFolder(city)}/${MADE_IN}`);
  if (pool === undefined || made === undefined) throw new CommandError("the simulator made no machines");
  const { user, password } = login;
  const credentials = `<userName>${escapeXml(user)}</userName><password>${escapeXml(password)}</password>`;
  await soap.call("Login", "SessionManager", "SessionManager", credentials);
  const path = `<inventoryPath>${escapeXml(pool.folder)}</inventoryPath>`;
  const found = await soap.call("FindByInventoryPath", "SearchIndex", "SearchIndex", path);
  const list = made.map(({ id }) => `<list type="VirtualMachine">${escapeXml(id)}</list>`).join("");
  await soap.call("MoveIntoFolder_Task", "Folder", childText(found, "returnval") ?? "", list);
  while ((await client.machinesIn(pool.folder))?.length !== SEATS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  soap.close();
  await client.logOut();
}

function loginOf(lab: LabSession): VcenterLogin {
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.environment();
  const [city] = lab.data.cities;
  const ca = readFileSync(lab.paths.certificates, "utf8");
  return { server: city?.vcenter ?? "", user, password, ca, connections: CONNECTIONS };
}

function cityIn(environments: string): DeployedCity {
  const [city] = citiesAsDeployed(environments, undefined);
  if (city === undefined) throw new CommandError("there is no city's file");
  return city;
}

function seatName(index: number): string {
  return `ct-fst-${String(index + 1).padStart(4, "0")}`;
}
