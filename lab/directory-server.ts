import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { directoryContents, hashed, managerDn, randomPassword } from "./directory-entries";
import type { DirectoryAccount, DirectoryContents, DirectoryPeople } from "./directory-entries";
import { CommandError } from "../runtime/errors";
import { freePort } from "./free-port";
import { ownership } from "../runtime/keeper";
import { exitOf, run } from "../runtime/process";
import { Redactor } from "../runtime/redactor";
import { inTemporaryFolder } from "../runtime/temporary-folder";
import { until } from "../runtime/until";
import { startService, withLifeline } from "./service";
import type { Service } from "./service";

/** Options of a directory. */
export interface DirectoryOptions extends DirectoryPeople {
  /** Folder for its own temporary folder, which is removed when it stops. */
  readonly folder: string;
  /** Gets every password before the server is started. */
  readonly redactor: Redactor;
  /** @default - this process's */
  readonly env?: NodeJS.ProcessEnv;
  /** Aborts the start. @default - none */
  readonly signal?: AbortSignal | undefined;
}

/** Debian's folder of slapd, which is not in an ordinary user's PATH. */
const SYSTEM_FOLDERS = "/usr/sbin:/sbin";
const SCHEMAS = ["core", "cosine", "nis", "inetorgperson"];
const MOST_BYTES = 64 * 2 ** 20;
const INVALID_CREDENTIALS = 49;
const POLL_MS = 50;
const READY_MS = 120_000;

/** A running slapd: a real LDAP directory on loopback, which ends with this process. */
export class DirectoryServer {
  public constructor(
    /** `ldap://127.0.0.1:PORT` */
    public readonly url: string,
    /** Base DN. */
    public readonly base: string,
    /** Account with full access. */
    public readonly admin: DirectoryAccount,
    /** All other accounts, by short name. */
    public readonly accounts: ReadonlyMap<string, DirectoryAccount>,
    private readonly parts: { readonly service: Service; readonly home: string; readonly env: NodeJS.ProcessEnv },
  ) {}

  /** Its process. */
  public get service(): Service {
    return this.parts.service;
  }

  /**
   * Whether a password is right for a distinguished name. It is passed in a file that only its owner can read and that
   * is removed afterwards.
   * @throws CommandError when the directory does not answer, or with anything other than yes or no
   */
  public async bind(dn: string, password: string): Promise<boolean> {
    return bind(this.url, { dn, password }, this.parts);
  }

  /** An account by its short name. @throws CommandError for an unknown name */
  public account(name: string): DirectoryAccount {
    const found = this.accounts.get(name);
    if (found === undefined) throw new CommandError(`the directory has no account ${name}`);
    return found;
  }

  /** Stops it and removes its folder. */
  public async stop(): Promise<void> {
    await this.parts.service.stop();
    rmSync(this.parts.home, { recursive: true, force: true });
  }
}

/**
 * Starts Debian's slapd with units for people, services and groups, a service account for each pool, and the given
 * users. Every password is random and in this process's memory only; the files have salted hashes.
 * @throws InputError for invalid names; CommandError with its log when it does not start
 */
export async function startDirectory(options: DirectoryOptions): Promise<DirectoryServer> {
  const contents = directoryContents(options);
  const admin = { dn: `cn=admin,${contents.base}`, password: randomPassword() };
  for (const { password } of [admin, ...contents.accounts.values()]) options.redactor.add(password);
  const home = mkdtempSync(join(options.folder, "directory-"));
  const { PATH = "", ...others } = options.env ?? process.env;
  const env = { ...others, PATH: `${PATH}:${SYSTEM_FOLDERS}` };
  try {
    const config = writeConfig(home, contents.base, admin);
    await load(config, contents.ldif, env);
    return await serve({ ...options, env }, { home, config, contents, admin });
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

interface Prepared {
  readonly home: string;
  readonly config: string;
  readonly contents: DirectoryContents;
  readonly admin: DirectoryAccount;
}

/** With `-d 0` it stays in the foreground and logs nothing. */
async function serve(
  { env, redactor, signal }: DirectoryOptions & { readonly env: NodeJS.ProcessEnv },
  { home, config, contents, admin }: Prepared,
): Promise<DirectoryServer> {
  const url = `ldap://127.0.0.1:${String(await freePort())}`;
  const { service } = await startService(
    {
      name: "slapd",
      ...withLifeline("slapd", ["-f", config, "-h", url, "-d", "0"]),
      env,
      logFile: join(home, "slapd.log"),
      redactor,
      signal,
    },
    (ended) => answers(url, admin, { home, env }, ended),
  );
  return new DirectoryServer(url, contents.base, admin, contents.accounts, { service, home, env });
}

/** Nobody can read passwords or their hashes, and nothing is readable without a bind. */
function writeConfig(home: string, base: string, admin: DirectoryAccount): string {
  const data = join(home, "data");
  mkdirSync(data, { mode: 0o700 });
  const file = join(home, "slapd.conf");
  const lines = [
    ...SCHEMAS.map((schema) => `include /etc/ldap/schema/${schema}.schema`),
    `pidfile ${JSON.stringify(join(home, "slapd.pid"))}`,
    "modulepath /usr/lib/ldap",
    "moduleload back_mdb",
    "loglevel 0",
    "database mdb",
    `maxsize ${String(MOST_BYTES)}`,
    `suffix ${JSON.stringify(base)}`,
    `rootdn ${JSON.stringify(admin.dn)}`,
    `rootpw ${hashed(admin.password)}`,
    `directory ${JSON.stringify(data)}`,
    `access to dn.children="ou=services,${base}" attrs=userPassword by dn.exact="${managerDn(base)}" write by anonymous auth`,
    "access to attrs=userPassword by anonymous auth by * none",
    "access to * by users read by * none",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  return file;
}

/** The entries go to standard input of `slapadd`. */
async function load(config: string, ldif: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn("slapadd", ["-q", "-f", config], {
    env: { ...env, ...ownership() },
    stdio: ["pipe", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (data: Buffer) => (told += data.toString()));
  // A missing program breaks the pipe too; its exit says why.
  child.stdin.on("error", () => undefined);
  child.stdin.end(ldif);
  const code = await exitOf(child, "slapadd (apt-get install slapd)");
  if (code !== 0) throw new CommandError(`slapadd failed with exit code ${String(code)}: ${told.trim()}`);
}

async function answers(
  url: string,
  admin: DirectoryAccount,
  place: { readonly home: string; readonly env: NodeJS.ProcessEnv },
  signal: AbortSignal,
): Promise<void> {
  const look = (): Promise<boolean> => bind(url, admin, place).catch(() => false);
  if (await until(look, { within: READY_MS, pause: POLL_MS, signal })) return;
  throw new CommandError(`slapd did not answer within ${String(READY_MS / 1000)} s`);
}

async function bind(
  url: string,
  { dn, password }: DirectoryAccount,
  { home, env }: { readonly home: string; readonly env: NodeJS.ProcessEnv },
): Promise<boolean> {
  return inTemporaryFolder(resolve(home, "bind-"), async (folder) => {
    const file = join(folder, "password");
    writeFileSync(file, password, { mode: 0o600 });
    const args = ["-x", "-H", url, "-D", dn, "-y", file];
    const { code, tail } = await run({ command: "ldapwhoami", args, env, redactor: new Redactor() });
    if (code === 0) return true;
    if (code === INVALID_CREDENTIALS) return false;
    throw new CommandError(`ldapwhoami failed with exit code ${String(code)}: ${tail.join(" ")}`);
  });
}
