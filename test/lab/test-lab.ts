import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentFiles, loadCities } from "../../environments/load";
import type { DeclaredCity } from "../../environments/model/city";
import { addressText, rangeOf } from "../../segmentation/address";
import type { CiClaims } from "../../lab/ci-identity";
import type { DirectoryServer } from "../../lab/directory-server";
import { startLab } from "../../lab/lab";
import type { Lab } from "../../lab/lab";
import type { VaultClient } from "../../vault/client";
import { LAB_DIRECTORY } from "../../lab/paths";
import { REPOSITORY } from "../../runtime/paths";
import type { Change } from "../../terraform/planned-changes";
import { CITIES } from "../fixtures/city-files";
import { ciJobs } from "./ci-jobs";
import { bytesOf, filesBelow } from "./files-below";
import { planChanges } from "./plan-changes";
import { seenFrom } from "./seen-from";
import { synthesizeHere } from "./synthesis";
import { deployHere, destroyHere } from "./terraform-alone";
import type { Selector } from "./terraform-alone";
import { snapshotSchema } from "./vcenter-snapshot";
import type { Snapshot } from "./vcenter-snapshot";
import { ciOf } from "../fixtures/optional-parts";

/** Of each of jest's workers its own, for they test side by side. */
const DIRECTORY = join(LAB_DIRECTORY, `test-${process.env.JEST_WORKER_ID ?? "1"}`);

/** The cities' files, in their folder. */
export const CITY_FILES = ["milan.yaml", "milan.assignments.csv", "catania.yaml", "catania.assignments.csv"];
const SHIPPED = join(REPOSITORY, "environments");

interface RoleId {
  readonly data: { readonly role_id: string };
}
interface SecretId {
  readonly data: { readonly secret_id: string };
}
interface Login {
  readonly auth: { readonly client_token: string };
}

/** A lab of both of the tests' own cities on copies of their files, which a test may edit; beside a lab that a developer has standing. */
export class TestLab {
  /** Folder of the copies. */
  public readonly environments = join(DIRECTORY, "environments");

  /** The cities as they were read last, and the bytes that they were read from. */
  private read: { readonly bytes: string; readonly cities: readonly DeclaredCity[] } | undefined;

  private constructor(public readonly session: Lab) {}

  /**
   * Copies the cities' files and starts a lab that deploys at most so many seats of a pool.
   * @param prepare changes the copies before the vCenters are filled from them
   * @param directories URLs of directories that stand for the cities' own
   * @param cloneMs milliseconds that each clone takes
   */
  public static async start(
    seatsPerPool: number,
    prepare: (environments: string) => void = () => undefined,
    directories?: Readonly<Record<string, string>>,
    cloneMs?: number,
  ): Promise<TestLab> {
    const environments = join(DIRECTORY, "environments");
    removeOutputs();
    rmSync(environments, { recursive: true, force: true });
    mkdirSync(environments, { recursive: true });
    copyCities(CITIES, environments);
    prepare(environments);
    // CI tests with the providers that are built; a developer may name others.
    const providers = process.env.POSTAZIONI_TEST_PROVIDERS;
    const options = { environments, directory: DIRECTORY, seatsPerPool, providers, directories, cloneMs };
    return new TestLab(await startLab(options));
  }

  public get cities(): string[] {
    return this.session.cities;
  }

  public stop(): Promise<void> {
    return this.session.stop();
  }

  /** A city as its file says it now; files that did not change are not read again, which takes a fifth of a second. */
  public city(id: string): DeclaredCity {
    const bytes = bytesOf(filesBelow(this.environments));
    if (this.read?.bytes !== bytes) this.read = { bytes, cities: loadCities(environmentFiles(this.environments)) };
    const city = this.read.cities.find((candidate) => candidate.city.id === id);
    if (city === undefined) throw new Error(`no city ${id}`);
    return city;
  }

  /** Changes a city's file; what is to be replaced must be there. */
  public edit(city: string, from: string | RegExp, to: string): void {
    editCity(this.environments, city, from, to);
  }

  /** What stands in a city's vCenter. */
  public async snapshot(city: string): Promise<Snapshot> {
    return snapshotSchema.parse(await this.session.snapshot(city));
  }

  /** Everything that stands in a city's vCenter and Vault, to be compared with itself. */
  public async standing(city: string): Promise<unknown> {
    return { vcenter: await this.session.snapshot(city), vault: await this.session.vaultInventory(city) };
  }

  /** Synthesizes the cities as their files are now. @see synthesizeHere */
  public async synth(): Promise<void> {
    await synthesizeHere(this.session);
  }

  /** Synthesizes and applies stacks. @see deployHere */
  public deploy(selector: Selector): Promise<void> {
    return deployHere(this.session, selector);
  }

  /** Destroys stacks. @see destroyHere */
  public destroy(selector: Selector): Promise<void> {
    return destroyHere(this.session, selector);
  }

  /**
   * Stacks of a city whose plan is not empty, with what would change; nothing is listed of a stack that is new.
   * @param among the only stacks that are planned. @default - all of the city's
   */
  public async changes(city: string, among?: readonly string[]): Promise<Record<string, Change[]>> {
    await synthesizeHere(this.session);
    const stacks = this.session.stacks();
    const changed = (await this.session.plan(among?.filter((stack) => stacks.includes(stack)) ?? city)).filter(
      ({ result }) => result !== "unchanged",
    );
    const entries: [string, Change[]][] = [];
    for (const { stack, result } of changed) {
      entries.push([stack, result === "changes" ? (await planChanges(this.session, stack)).changes : []]);
    }
    return Object.fromEntries(entries);
  }

  /** Vault as a desktop of a pool asks it, or a gateway by its role: logged in with a secret id, from the last address of its range. */
  public async desktop(city: string, pool: string): Promise<VaultClient> {
    const vault = this.session.vaultOf(city);
    const role = `auth/${city}/approle/role/${pool}`;
    const roleId = (await vault.get(`${role}/role-id`)) as RoleId;
    const secretId = (await vault.post(`${role}/secret-id`)) as SecretId;
    const body = { role_id: roleId.data.role_id, secret_id: secretId.data.secret_id };
    const machine = seenFrom(vault.as(undefined), await this.machineAddress(city, pool));
    const login = (await machine.post(`auth/${city}/approle/login`, body)) as Login;
    return machine.as(login.auth.client_token);
  }

  /** An address from which Vault lets machines of a role log in: what was deployed says which. */
  public async machineAddress(city: string, role: string): Promise<string> {
    const answer = await this.session.vaultOf(city).get(`auth/${city}/approle/role/${role}`);
    const [range = ""] =
      (answer as { data: { secret_id_bound_cidrs: string[] | null } }).data.secret_id_bound_cidrs ?? [];
    return addressText(rangeOf(range).last);
  }

  /** The Vault token that a job of a city's CI gets with such claims. */
  public async ciLogin(city: string, role: string, claims: CiClaims): Promise<string> {
    const jwt = await this.session.ciToken(ciOf(this.city(city)).audience, claims);
    return this.login(`auth/${city}/ci/login`, { role, jwt }, this.session.vaultOf(city));
  }

  /** The Vault token that the job of the protected branch gets whose role it is. */
  public branchToken(city: string, role: string): Promise<string> {
    const { plan, approved } = ciJobs(this.city(city));
    return this.ciLogin(city, role, role === "plan" ? plan : approved);
  }

  /** The Vault token that a person of a directory gets by an LDAP method of a city. */
  public async personToken(city: string, method: string, directory: DirectoryServer, name: string): Promise<string> {
    return this.login(`auth/${city}/${method}/login/${name}`, { password: directory.account(name).password });
  }

  /** The Vault token that a login gives. @param vault a client of the namespace that the path is in */
  public async login(path: string, body: object, vault = this.session.vault): Promise<string> {
    const login = (await vault.as(undefined).post(path, body)) as Login;
    return login.auth.client_token;
  }
}

function copyCities(from: string, to: string): void {
  for (const file of CITY_FILES) cpSync(join(from, file), join(to, file));
}

/** Puts the cities that the repository ships in place of the tests' own. */
export function useShipped(environments: string): void {
  copyCities(SHIPPED, environments);
}

/** Takes pools out of Milan, with their accounts and people: a stack costs seconds each time that the whole city is planned. */
export function withoutPools(environments: string, names: readonly string[]): void {
  const codes = loadCities(environmentFiles(environments)).flatMap(({ pools }) =>
    pools.filter(({ name }) => names.includes(name)).map(({ code }) => code),
  );
  for (const name of names.flatMap((pool) => [pool, `join-${pool}`])) {
    editCity(environments, "milan", new RegExp(String.raw`^( *)- name: ${name}\n(?:\1  .*\n)*`, "m"), "");
  }
  const csv = join(environments, "milan.assignments.csv");
  const lines = readFileSync(csv, "utf8").split("\n");
  writeFileSync(csv, lines.filter((line) => !codes.some((code) => line.startsWith(`mi-${code}-`))).join("\n"));
}

/** Changes a city's file in a folder; what is to be replaced must be there. */
export function editCity(environments: string, city: string, from: string | RegExp, to: string): void {
  const file = join(environments, `${city}.yaml`);
  const text = readFileSync(file, "utf8");
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${String(from)} is not in ${file}`);
  writeFileSync(file, edited);
}

/** What commands of a file's tests left: the next file's are to find no provider, plan or log of theirs. */
function removeOutputs(): void {
  if (!existsSync(DIRECTORY)) return;
  for (const name of readdirSync(DIRECTORY).filter((one) => one.endsWith(".out")))
    rmSync(join(DIRECTORY, name), { recursive: true, force: true });
}
