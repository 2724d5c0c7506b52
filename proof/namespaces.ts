import { spawn, spawnSync } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";

/** Flags of unshare: for an ordinary user where user namespaces are permitted, and for root. */
const ROOT: readonly string[] = [];
const WAYS: readonly (readonly string[])[] = [["--user", "--map-root-user"], ROOT];
/** With a process namespace, so that everything started inside ends with it. */
const SPACES = ["--net", "--mount", "--pid", "--fork", "--kill-child"] as const;
/** `ip netns` keeps names in /run, which must be this namespace's own. cat ends with its input. */
const HOLD = "mount -t tmpfs tmpfs /run; read pid rest < /proc/self/stat; echo $pid; exec cat";

/** With the folders of nft and ip, which Debian leaves out of an ordinary user's PATH. */
const PATH = `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;
const ENVIRONMENT = { ...process.env, PATH };

/** Network namespaces are not permitted. */
export class NoNamespaces extends Error {
  public constructor(reason: string) {
    super(
      `no network namespaces can be made here: ${reason}; the packet proof needs user namespaces open to everybody ` +
        "(sysctl kernel.unprivileged_userns_clone=1 on Debian, user.max_user_namespaces above 0) or root",
    );
    this.name = "NoNamespaces";
  }
}

/** Why network namespaces are not permitted on this machine, and the repair; undefined where they are. */
export function namespaceObstacle(): string | undefined {
  const { reason } = wayIn();
  return reason === undefined ? undefined : new NoNamespaces(reason).message;
}

/**
 * A network namespace without a connection to outside: nothing sent in it leaves it. It is removed, with everything in
 * it, when this process ends, however it ends.
 */
export class Namespaces {
  private constructor(
    private readonly holder: ChildProcessWithoutNullStreams,
    private readonly pid: string,
  ) {}

  /**
   * @param asRoot whether other users are to be there inside, which root alone can have @default false
   * @throws NoNamespaces where the kernel does not permit it
   */
  public static async open(asRoot = false): Promise<Namespaces> {
    const { flags, reason } = wayIn(asRoot ? [ROOT] : WAYS);
    if (flags === undefined) throw new NoNamespaces(reason ?? "unknown");
    const holder = spawn("unshare", [...flags, ...SPACES, "sh", "-ec", HOLD], { env: ENVIRONMENT });
    holder.stderr.resume();
    const [first] = (await Promise.race([once(holder.stdout, "data"), once(holder, "exit")])) as [unknown];
    if (!Buffer.isBuffer(first)) throw new NoNamespaces("unshare ended");
    return new Namespaces(holder, first.toString().trim());
  }

  /**
   * Runs a shell script inside.
   * @throws Error with what it printed, where it fails
   */
  public script(text: string): Promise<void> {
    return ended(this.enter(["sh", "-s"]), text);
  }

  /**
   * Runs a program in one of the network namespaces that a script made with `ip netns add`.
   * @throws Error with what it printed, where it fails
   */
  public run(name: string, command: readonly string[]): Promise<void> {
    return ended(this.start(name, command));
  }

  /** Starts a program in one of the network namespaces that a script made with `ip netns add`. */
  public start(name: string, command: readonly string[]): ChildProcessWithoutNullStreams {
    return this.enter(["ip", "netns", "exec", name, ...command]);
  }

  /** Removes it and everything in it. */
  public async close(): Promise<void> {
    this.holder.stdin.end();
    if (this.holder.exitCode === null) await once(this.holder, "exit");
  }

  private enter(command: readonly string[]): ChildProcessWithoutNullStreams {
    const target = ["--target", this.pid, "--net", "--mount", "--pid"];
    const user = this.isUserNamespace ? ["--user", "--preserve-credentials"] : [];
    const child = spawn("nsenter", [...target, ...user, "--", ...command], { env: ENVIRONMENT });
    // One that ends before it has read everything breaks the pipe; its exit and what it printed say why.
    child.stdin.on("error", () => undefined);
    return child;
  }

  private get isUserNamespace(): boolean {
    return this.holder.spawnargs.includes("--user");
  }
}

async function ended(child: ChildProcessWithoutNullStreams, input = ""): Promise<void> {
  const printed: Buffer[] = [];
  child.stderr.on("data", (data: Buffer) => printed.push(data));
  child.stdout.resume();
  child.stdin.end(input);
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`a script failed in the namespace: ${Buffer.concat(printed).toString()}`);
}

function wayIn(ways = WAYS): { flags?: readonly string[]; reason?: string } {
  let reason = "";
  for (const flags of ways) {
    const { status, stderr, error } = spawnSync("unshare", [...flags, ...SPACES, "true"], { encoding: "utf8" });
    if (status === 0) return { flags };
    reason = error?.message ?? stderr.trim();
  }
  return { reason };
}
