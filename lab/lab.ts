import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { environmentFiles, loadCities } from "../environments/load";
import type { City } from "../environments/model/city";
import { forgetDeployments } from "./cdktf";
import { childEnvironment, labVariables } from "./child-environment";
import { prepareCiIdentity } from "./ci-identity";
import { serveControl } from "./control";
import type { Control } from "./control";
import { afterCleanUp, CommandError, messageOf } from "../runtime/errors";
import { keepFolder } from "../runtime/keeper";
import type { Keeper } from "../runtime/keeper";
import type { Inventory } from "./inventory";
import { inventoryOfVersions } from "./inventory-versions";
import { tryLock } from "../runtime/lock";
import type { Release } from "../runtime/lock";
import { makeNamespace } from "./vault-namespace";
import { writeOverlay } from "./overlay";
import { labPaths, sharedPaths } from "./paths";
import type { LabPaths } from "./paths";
import { silent } from "../runtime/progress";
import type { Progress, Say } from "../runtime/progress";
import { Redactor } from "../runtime/redactor";
import type { Service } from "./service";
import { LabSession } from "./session";
import type { SessionData } from "./session";
import { installTools } from "./tools/install";
import type { Tools } from "./tools/install";
import { providerSource, writeCliConfig } from "./tools/provider-source";
import { startVault } from "./vault-server";
import type { VaultServer } from "./vault-server";
import { checkSaved } from "./saved-vcenter";
import type { SavedVcenter } from "./saved-vcenter";
import { startVcenter } from "./vcenter";
import type { Vcenter, VcenterLogin } from "./vcenter";

/** Options of a lab. */
export interface LabOptions {
  /** Folder of the cities' files. */
  readonly environments: string;
  /** Folder of this lab; the tools are always shared. @default - .lab in the repository */
  readonly directory?: string | undefined;
  /** `built`, `registry`, or the path of a filesystem mirror. @default "built" */
  readonly providers?: string | undefined;
  /** Folders of other versions of the cities' files, whose needs the vCenters contain too. @default - none */
  readonly versions?: readonly string[] | undefined;
  /** A saved vCenter for one city, in place of what its file needs. @default - none */
  readonly saved?: SavedVcenter | undefined;
  /** Terraform or OpenTofu. @default - found on PATH, otherwise built */
  readonly terraform?: string | undefined;
  /** Maximum number of deployed seats of a pool; 0 for all. @default 2 */
  readonly seatsPerPool?: number | undefined;
  /** URLs of directories on loopback, by city's id, in place of the cities' own. @default - none */
  readonly directories?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds that each clone takes, for tests of what runs meanwhile. @default - none */
  readonly cloneMs?: number | undefined;
  /** Port of the Vault-compatible server; 0 for a free one. @default 0 */
  readonly vaultPort?: number | undefined;
  /** Aborts the start; what was started is stopped again. */
  readonly signal?: AbortSignal | undefined;
}

const SEATS_PER_POOL = 2;
const PASSWORD_BYTES = 24;

/** A lab of this process: its servers end with this process. */
export class Lab extends LabSession {
  /** Resolves once the lab was stopped, by `stop` or through its socket; `stop` tells whether completely. */
  public readonly stopped: Promise<void>;
  private resolveStopped: () => void = () => undefined;
  private stopping: Promise<void> | undefined;

  public constructor(
    data: SessionData,
    private readonly parts: Parts,
  ) {
    super(data);
    this.stopped = new Promise((resolve) => {
      this.resolveStopped = resolve;
    });
  }

  /**
   * Stops every server and unlocks the folder. States and logs stay until the next start.
   * @throws CommandError that lists all that could not be stopped or removed
   */
  public async stop(): Promise<void> {
    this.stopping ??= stopParts(this.parts, this.paths).finally(this.resolveStopped);
    return this.stopping;
  }

  /** The servers, and whether each is running. */
  public services(): { name: string; pid: number; running: boolean }[] {
    return this.parts.services.map((service) => ({ name: service.name, pid: service.pid, running: service.running() }));
  }

  /** Opens the lab's socket to other processes. */
  public async serve(): Promise<void> {
    this.parts.control = await serveControl(this.paths.socket, {
      environment: () => ({ ...this.data, secrets: [...this.secrets] }),
      services: () => this.services(),
      stop: () => this.stop(),
    });
  }
}

/** The parts of a running lab. */
interface Parts {
  readonly services: Service[];
  readonly release: Release;
  readonly keeper: Keeper;
  control: Control | undefined;
}

/**
 * Installs missing tools and starts a vCenter for every city and one Vault-compatible server.
 * @throws EnvironmentError when there is no city's file or one is wrong, before anything is started or written
 */
export async function startLab(options: LabOptions, progress: Progress = silent): Promise<Lab> {
  const cities = citiesOf(options);
  const source = providerSource(options.providers ?? "built");
  const { terraform, signal } = options;
  const tools = await installTools({ providers: source, terraform, signal }, progress);
  if (options.saved !== undefined) await checkSaved(tools.vcenter, options.saved, labPaths(options.directory), signal);
  return progress.step("Start the servers", (say) => startServers(cities, tools, options, say));
}

/** The cities of every version of the files. */
function citiesOf({ environments, versions = [] }: LabOptions): readonly City[] {
  return [environments, ...versions].flatMap((folder) => loadCities(environmentFiles(folder)));
}

/** The initial content of each city's vCenter, by city's id. */
function inventoriesOf(cities: readonly City[]): Inventories {
  const ids = new Set(cities.map(({ city }) => city.id));
  return new Map([...ids].map((id) => [id, inventoryOfVersions(cities.filter(({ city }) => city.id === id))]));
}

/** Each city with a namespace in Vault; a city whose versions differ is listed with each namespace. */
function namespacesOf(cities: readonly City[]): [city: string, namespace: string][] {
  return cities.flatMap(({ city, platform: { vault } }): [string, string][] =>
    vault?.namespace === undefined ? [] : [[city.id, vault.namespace]],
  );
}

type Inventories = ReadonlyMap<string, Inventory>;

async function startServers(cities: readonly City[], tools: Tools, options: LabOptions, say: Say): Promise<Lab> {
  const paths = labPaths(options.directory);
  const parts: Parts = { services: [], release: claim(paths), keeper: keepFolder(paths.tmp), control: undefined };
  try {
    prepareFolders(paths);
    const lab = await start(cities, tools, options, { paths, parts, say });
    await lab.serve();
    return lab;
  } catch (error) {
    throw await afterCleanUp(error, () => stopParts(parts, paths));
  }
}

/** The state of a start: folders, running parts, progress. */
interface Launch {
  readonly paths: LabPaths;
  readonly parts: Parts;
  readonly say: Say;
}

async function start(cities: readonly City[], tools: Tools, options: LabOptions, launch: Launch): Promise<Lab> {
  const { paths, parts, say } = launch;
  const { signal, saved, vaultPort = 0 } = options;
  const login = newLogin("svc-postazioni@lab.example");
  const guarded = newLogin(saved?.login ?? "guarded@lab.example");
  const redactor = new Redactor([login.password, guarded.password]);
  const env = childEnvironment(paths);
  const vcenters: Vcenter[] = [];
  for (const [city, inventory] of inventoriesOf(cities)) {
    say(`vCenter of ${city}`);
    const own = saved?.city === city ? saved : undefined;
    const logins = { login, guarded };
    const child = { program: tools.vcenter, paths, redactor, env, signal, cloneMs: options.cloneMs };
    const vcenter = await startVcenter({ ...child, ...logins, city, inventory, saved: own });
    parts.services.push(vcenter.service);
    vcenters.push(vcenter);
  }
  say("OpenBao");
  const vault = await startVault({ bao: tools.bao, paths, redactor, port: vaultPort, env, signal });
  parts.services.push(vault.service);
  const namespaces = await prepareVault(vault, cities);
  const providers = writeFiles(paths, vcenters, vault, options);
  return new Lab(
    sessionData({ cities, namespaces, paths, options, tools, providers, vcenters, vault, login, guarded, redactor }),
    parts,
  );
}

/** @returns the namespace of each city that has one, from the first version, which the lab starts with */
async function prepareVault({ client }: VaultServer, cities: readonly City[]): Promise<Map<string, string>> {
  await prepareCiIdentity(client);
  const namespaces = namespacesOf(cities);
  for (const namespace of new Set(namespaces.map(([, name]) => name))) await makeNamespace(client, namespace);
  return new Map(namespaces.reverse());
}

function newLogin(user: string): VcenterLogin {
  return { user, password: randomBytes(PASSWORD_BYTES).toString("base64url") };
}

/** @returns the providers' filesystem mirror; undefined for the registry */
function writeFiles(
  paths: LabPaths,
  vcenters: readonly Vcenter[],
  vault: VaultServer,
  options: LabOptions,
): string | undefined {
  const providers = providerSource(options.providers ?? "built");
  const seatsPerPool = options.seatsPerPool ?? SEATS_PER_POOL;
  const mirror = writeCliConfig(providers, paths, sharedPaths());
  writeFileSync(paths.certificates, vcenters.map(({ certificate }) => certificate).join(""));
  writeOverlay(paths, vcenters, vault.address, { providers, seatsPerPool, directories: options.directories });
  return mirror;
}

function sessionData(lab: {
  readonly cities: readonly City[];
  readonly namespaces: ReadonlyMap<string, string>;
  readonly paths: LabPaths;
  readonly options: LabOptions;
  readonly tools: Tools;
  readonly providers: string | undefined;
  readonly vcenters: readonly Vcenter[];
  readonly vault: VaultServer;
  readonly login: VcenterLogin;
  readonly guarded: VcenterLogin;
  readonly redactor: Redactor;
}): SessionData {
  const { paths, options, tools, providers, vault, login } = lab;
  const terraform = tools.terraform.command;
  return {
    directory: paths.directory,
    started: new Date().toISOString(),
    cities: lab.vcenters.map((vcenter) => sessionCity(vcenter, lab)),
    programs: { vcenter: tools.vcenter, terraform, terraformVersion: tools.terraform.version ?? "unknown" },
    providers: options.providers ?? "built",
    variables: labVariables({ paths, environments: options.environments, terraform, providers, vault, vsphere: login }),
    guarded: lab.guarded,
    secrets: lab.redactor.secrets,
  };
}

/** A city of the lab, with the smallest budget of its versions. */
function sessionCity(
  { city: id, address: vcenter }: Vcenter,
  lab: { readonly cities: readonly City[]; readonly namespaces: ReadonlyMap<string, string> },
): SessionData["cities"][number] {
  const versions = lab.cities.filter(({ city }) => city.id === id);
  const clonesAtATime = Math.min(...versions.map(({ platform }) => platform.vsphere.clonesAtATime));
  return { id, vcenter, namespace: lab.namespaces.get(id), clonesAtATime };
}

function claim(paths: LabPaths): Release {
  const release = tryLock(paths.lock);
  if (release !== undefined) return release;
  throw new CommandError(`a lab is already up in ${paths.directory}: use it, or end it with 'npm run lab -- down'`);
}

/** A lab's servers keep everything in memory, so the states of an earlier lab are wrong. */
function prepareFolders(paths: LabPaths): void {
  forgetDeployments(paths);
  for (const leftover of [paths.logs, paths.socket, paths.tmp, `${paths.run}/mirror`]) {
    rmSync(leftover, { recursive: true, force: true });
  }
  for (const folder of [paths.run, paths.logs, paths.tmp, paths.home])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(paths.run, 0o700);
}

/**
 * Stops all parts, even after a failure; the lock is released last, since it means that nothing of this lab is left.
 */
async function stopParts(parts: Parts, paths: LabPaths): Promise<void> {
  const stops = await Promise.allSettled(parts.services.map((service) => service.stop()));
  const failures = stops.filter((stop) => stop.status === "rejected").map(({ reason }) => messageOf(reason));
  const rest = [
    () => parts.control?.close(),
    () => {
      rmSync(paths.tmp, { recursive: true, force: true });
    },
    parts.keeper.release,
    parts.release,
  ];
  for (const step of rest) {
    try {
      step();
    } catch (error) {
      failures.push(messageOf(error));
    }
  }
  if (failures.length > 0) throw new CommandError(`the lab was not stopped wholly: ${failures.join("; ")}`);
}
