import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "../../lab/free-port";
import { REPOSITORY } from "../../runtime/paths";
import { run, runOrThrow } from "../../runtime/process";
import type { ChildResult } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import { startService, withLifeline } from "../../lab/service";
import type { Service } from "../../lab/service";
import type { SshTrust } from "../../segmentation/gateway";
import { sshAuthority } from "../../segmentation/render/ssh-authority";

const SCRIPT = join(REPOSITORY, "boot", "ssh-authority.sh");
/** Where sshd's settings are on a machine. */
const FOLDER = "/etc/ssh";
const SSHD = "/usr/sbin/sshd";
const READY_MS = 120_000;
const POLL_MS = 50;

/** Who logs in: a key, and maybe what an authority signed of it. */
export interface SshIdentity {
  /** File of the private key; its public half is beside it. */
  readonly key: string;
  readonly certificate?: string;
}

/** Whom a machine believes, and which account of it the tests' own stands for. */
export interface BelievingMachine extends SshTrust {
  readonly account: string;
}

/** Makes a key of a person's, in a folder. */
export async function makeKey(folder: string, name: string): Promise<string> {
  const key = join(folder, name);
  await program("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key]);
  return key;
}

/**
 * A real sshd on loopback that was taught whom to believe as a desktop or a gateway is. It runs as whoever runs the tests, so his
 * is the one account that can be logged in to; it is made to stand for an account of the role.
 */
export class SshMachine {
  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly service: Service,
  ) {}

  /** A desktop: its own script reads its guestinfo and writes sshd's settings. */
  public static desktop(machine: BelievingMachine): Promise<SshMachine> {
    return SshMachine.start(async (folder) => {
      await runScript(folder, machine);
      const principals = join(folder, "postazioni-principals");
      writeFileSync(join(principals, userInfo().username), readFileSync(join(principals, machine.account)));
    });
  }

  /** A gateway: cloud-init writes its files, and its unit fetches the key. */
  public static gateway(machine: BelievingMachine): Promise<SshMachine> {
    return SshMachine.start(async (folder) => {
      for (const [path, content] of sshAuthority(machine).files) {
        const file = path.replace(FOLDER, folder);
        mkdirSync(dirname(file), { recursive: true });
        const own = content.replace(`User ${machine.account}`, `User ${userInfo().username}`);
        writeFileSync(file, own.replaceAll(FOLDER, folder));
        // The lab's server is on this machine, and speaks http.
        const started = own.replaceAll(FOLDER, folder).replaceAll("=https", "=http");
        for (const [, command = ""] of started.matchAll(/^ExecStart=(.*)$/gm)) {
          const [name = "", ...args] = command.split(" ");
          await program(name, args);
        }
      }
    });
  }

  private static async start(prepare: (folder: string) => Promise<void>): Promise<SshMachine> {
    const folder = mkdtempSync(join(tmpdir(), "ssh-machine-"));
    await prepare(folder);
    const port = await freePort();
    await makeKey(folder, "host");
    writeFileSync(join(folder, "sshd_config"), configuration(folder, port));
    // Root's sshd wants this folder, which Debian's service makes.
    if (userInfo().uid === 0) mkdirSync("/run/sshd", { recursive: true });
    const { service } = await startService(
      { name: "sshd", ...withLifeline(SSHD, arguments_(folder)), env: {}, redactor: new Redactor() },
      (ended) => listens(folder, ended),
    );
    const known = `[127.0.0.1]:${String(port)} ${readFileSync(join(folder, "host.pub"), "utf8")}`;
    writeFileSync(join(folder, "known_hosts"), known);
    return new SshMachine(folder, port, service);
  }

  /** What a person sees who logs in and says who he is. @param login by default the account that stands for the role's */
  public logIn({ key, certificate }: SshIdentity, login = userInfo().username): Promise<ChildResult> {
    const options = ["BatchMode=yes", "IdentitiesOnly=yes", "PreferredAuthentications=publickey"];
    const host = ["StrictHostKeyChecking=yes", `UserKnownHostsFile=${join(this.folder, "known_hosts")}`];
    const signed = certificate === undefined ? [] : [`CertificateFile=${certificate}`];
    const settings = [...options, ...host, ...signed].flatMap((option) => ["-o", option]);
    const args = ["-F", "none", ...settings, "-i", key, "-p", String(this.port), `${login}@127.0.0.1`, "echo in"];
    return run({ command: "ssh", args, env: { PATH: process.env.PATH }, redactor: new Redactor() });
  }

  /** What its sshd wrote so far. */
  public log(): string {
    return readFileSync(join(this.folder, "log"), "utf8");
  }

  public async stop(): Promise<void> {
    await this.service.stop();
    rmSync(this.folder, { recursive: true });
  }
}

/** Runs the machine's own script, whose VMware Tools read this guestinfo, after a first login. */
async function runScript(folder: string, { publicKey, principals }: SshTrust): Promise<void> {
  const tools = join(folder, "bin");
  mkdirSync(tools);
  const [, vault = "", city = ""] = /^(.*)\/v1\/([^/]+)\//.exec(publicKey) ?? [];
  const values = Object.entries({ vault, city, ssh: principals.join(",") });
  const cases = values.map(([key, value]) => `*info-get\\ guestinfo.postazioni.${key}) echo '${value}' ;;`);
  writeFileSync(join(tools, "vmtoolsd"), ["#!/bin/sh", 'case "$2" in', ...cases, "esac", ""].join("\n"));
  for (const silent of ["logger", "systemctl"]) writeFileSync(join(tools, silent), "#!/bin/sh\n");
  for (const name of ["vmtoolsd", "logger", "systemctl"]) chmodSync(join(tools, name), 0o755);
  const place = join(folder, "vault");
  writeFileSync(place, `${vault} ${city}\n`);
  const paths = { POSTAZIONI_SSH_FOLDER: folder, POSTAZIONI_VAULT_FILE: place };
  const settings = { POSTAZIONI_VAULT_PROTOCOL: "http", POSTAZIONI_WAIT_SECONDS: "0" };
  const env = { PATH: `${tools}:/usr/bin:/bin`, ...paths, ...settings };
  await runOrThrow("ssh-authority.sh", { command: "/bin/sh", args: [SCRIPT], env, redactor: new Redactor() });
}

/** Of the rest the defaults: what is said is what an account without root's rights, or a test, makes necessary. */
function configuration(folder: string, port: number): string {
  return [
    `Include ${join(folder, "sshd_config.d", "*.conf")}`,
    "ListenAddress 127.0.0.1",
    `Port ${String(port)}`,
    `HostKey ${join(folder, "host")}`,
    `PidFile ${join(folder, "pid")}`,
    "PermitRootLogin prohibit-password",
    // The folder for temporary files is everybody's.
    "StrictModes no",
    "UsePAM no",
    "",
  ].join("\n");
}

function arguments_(folder: string): string[] {
  return ["-D", "-f", join(folder, "sshd_config"), "-E", join(folder, "log")];
}

async function listens(folder: string, ended: AbortSignal): Promise<void> {
  const end = Date.now() + READY_MS;
  while (!ended.aborted && Date.now() < end) {
    if (readIfThere(join(folder, "log")).includes("Server listening")) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`sshd (apt-get install openssh-server) does not listen: ${readIfThere(join(folder, "log"))}`);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function program(command: string, args: readonly string[]): Promise<void> {
  await runOrThrow(command, { command, args, env: { PATH: process.env.PATH }, redactor: new Redactor() });
}
