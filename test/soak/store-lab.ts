import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../../lab/child-environment";
import { startLab } from "../../lab/lab";
import type { Lab } from "../../lab/lab";
import { LAB_DIRECTORY } from "../../lab/paths";
import { installStore } from "../../lab/tools/state-stores";
import { REPOSITORY } from "../../runtime/paths";
import { consul } from "../fixtures/state-stores/consul";
import { http } from "../fixtures/state-stores/http";
import { postgres } from "../fixtures/state-stores/postgres";
import { s3 } from "../fixtures/state-stores/s3";
import type { StateStore } from "../fixtures/state-stores/state-store";
import { typedHere } from "../fixtures/typed-here";
import { synthesizeLab } from "../../cli/lab-synthesis";
import { terraform } from "../lab/plan-changes";
import { snapshotSchema } from "../lab/vcenter-snapshot";

/** Kinds of stores of states. */
export const BACKENDS = ["local", "pg", "s3", "http", "consul"] as const;
/** @see BACKENDS */
export type Backend = (typeof BACKENDS)[number];

/** The city of examples/small, whose seats are a floating pool here: their machines may be replaced and removed. */
const CITY = "valchiara";
/** Its stack of machines. */
export const DESKTOPS = `${CITY}-desktops-uffici-01`;
const MOST_SEATS = 3;
/** A clone takes long enough for something to happen meanwhile. */
const CLONE_MS = 1500;
const SMALL = join(REPOSITORY, "examples/small/environments/valchiara.yaml");
/** Of sh: the folder $1 is on a disk of its own, a tmpfs, which has $2 KiB left. */
const FULL_DISK =
  'set -e; copy=$(mktemp -d); cp -a "$1/." "$copy"; kib=$(($(du -sk "$copy" | cut -f1) + 1024)); ' +
  'mount -t tmpfs -o size="$kib"k full "$1"; cp -a "$copy/." "$1"; rm -r "$copy"; ' +
  'cat /dev/zero > "$1/.full" 2>/dev/null || true; truncate -s -"$2"K "$1/.full"; ';
/** What Terraform says when it begins to change something. */
const CHANGING = /(?:Creating|Destroying|Modifying)\.\.\./;
const quiet = { signal: undefined, say: (): void => undefined };

/** The part of a lab's overlay that tests change. */
export interface Overlay {
  /** Where the servers of each city are. */
  readonly endpoints: Readonly<Record<string, { readonly vsphere: string; readonly vault: string }>>;
}

/** What Terraform does with a stack. */
export type Action = "apply" | "destroy";

/** A run that something is to happen to. */
export interface Dying {
  readonly child: ChildProcess;
  /** Once it changes something; at the latest once it has ended. */
  readonly changing: Promise<void>;
  readonly ended: Promise<unknown>;
}

/** A command in a process of its own, and how it ends. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string }>;
}

/** A city by its id and its file. */
export interface LabCity {
  readonly id: string;
  readonly text: string;
}

/** A lab of one small city whose states are in one kind of store. */
export class StoreLab {
  private constructor(
    public readonly session: Lab,
    public readonly store: StateStore | undefined,
    private readonly environments: string,
    private readonly city: string,
  ) {}

  /** Starts store and lab, and deploys everything but the machines. */
  public static async start(backend: Backend): Promise<StoreLab> {
    const lab = await StoreLab.begin(backend, { id: CITY, text: cityFile({ seats: MOST_SEATS, version: "2026.11" }) });
    for (const stack of [`${CITY}-foundation`, `${CITY}-network`]) await lab.apply(stack);
    await lab.terraform(DESKTOPS, ["init", "-input=false"]);
    return lab;
  }

  /** Starts store and lab, and synthesizes the city. */
  public static async begin(backend: Backend, { id, text }: LabCity): Promise<StoreLab> {
    const directory = join(LAB_DIRECTORY, `test-states-${backend}`);
    const environments = join(directory, "environments");
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(environments, { recursive: true });
    writeFileSync(join(environments, `${id}.yaml`), text);
    const store = await storeOf(backend);
    await store?.start();
    const providers = process.env.POSTAZIONI_TEST_PROVIDERS;
    const session = await startLab({ environments, directory, seatsPerPool: MOST_SEATS, cloneMs: CLONE_MS, providers });
    const lab = new StoreLab(session, store, environments, id);
    lab.overlay((said) => ({ ...said, ...(store && { state: store.state }) }));
    await lab.synthesize();
    return lab;
  }

  /** Changes what the lab says instead of the city's file, such as where its servers are. */
  public overlay(change: (said: Overlay) => object): void {
    const { overlay } = this.session.paths;
    writeFileSync(overlay, JSON.stringify(change(JSON.parse(readFileSync(overlay, "utf8")) as Overlay)));
  }

  public async stop(): Promise<void> {
    await this.session.stop();
    await this.store?.stop();
  }

  /** Changes the city's file, and synthesizes it. */
  public async declare(city: Declared): Promise<void> {
    writeFileSync(join(this.environments, `${CITY}.yaml`), cityFile(city));
    await this.synthesize();
  }

  /** Synthesizes the city as its file is now; stores of secrets may be destroyed, as each test begins with none. */
  public async synthesize(): Promise<void> {
    await synthesizeLab(this.session.with({ POSTAZIONI_TEARDOWN: "true" }));
  }

  /** What Terraform prints in a stack's folder. */
  public terraform(stack: string, args: readonly string[]): Promise<string> {
    return terraform(this.session, stack, args, this.store?.variables);
  }

  public async apply(stack: string): Promise<void> {
    await this.terraform(stack, ["init", "-input=false"]);
    await this.terraform(stack, ["apply", "-auto-approve", "-input=false", "-no-color", "-lock-timeout=60s"]);
  }

  public async destroy(stack: string): Promise<void> {
    await this.terraform(stack, ["init", "-input=false"]);
    await this.terraform(stack, ["destroy", "-auto-approve", "-input=false", "-no-color", "-lock-timeout=60s"]);
  }

  /** A run of Terraform or cdktf that something is to happen to. Each is a process group of its own. */
  public dying(by: "terraform" | "cdktf", stack: string, action: Action): Dying {
    const env = childEnvironment(this.session.paths, {
      ...this.session.environment(this.city),
      ...this.store?.variables,
    });
    const cdktf = join(REPOSITORY, "node_modules/cdktf-cli/bundle/bin/cdktf.js");
    const { output } = this.session.paths;
    const verb = action === "apply" ? "deploy" : action;
    const [program = "", ...args] =
      by === "terraform"
        ? ["terraform", action, "-auto-approve", "-input=false", "-lock-timeout=60s"]
        : [process.execPath, cdktf, verb, stack, "--auto-approve", "--ignore-missing-stack-dependencies"];
    const more = by === "terraform" ? [] : ["--skip-synth", "--skip-provider-lock", "--output", output];
    const cwd = by === "terraform" ? this.folder(stack) : REPOSITORY;
    const child = spawn(program, [...args, ...more], { cwd, env, detached: true, stdio: ["ignore", "pipe", "ignore"] });
    const changing = new Promise<void>((resolve) => {
      child.stdout.on("data", (data: Buffer) => {
        if (CHANGING.test(data.toString())) resolve();
      });
      child.once("exit", () => {
        resolve();
      });
    });
    return { child, changing, ended: once(child, "exit") };
  }

  /** The folder of a synthesized stack. */
  public folder(stack: string): string {
    return join(this.session.paths.output, "stacks", stack);
  }

  /** A command of the city while the disk of the folder that it works in has some kilobytes left. */
  public typedOnFullDisk(folder: string, spareKib: number, ...args: readonly string[]): Started["ended"] {
    const script = `${FULL_DISK}shift 2; exec "$@"`;
    return this.started(args, {}, ["unshare", "-rm", "sh", "-c", script, "sh", folder, String(spareKib)]).ended;
  }

  /** A deployment as a person confirms it who reads what would be destroyed. */
  public async deploy(): Promise<{ readonly code: number | null; readonly out: string }> {
    const ended = await this.typed("deploy", "--yes");
    const [, destroyed] = /--destroys (\d+) does/.exec(ended.out) ?? [];
    return destroyed === undefined ? ended : this.typed("deploy", "--yes", "--destroys", destroyed);
  }

  /** A command of the city in a process of its own. @param more variables beside the lab's @param by what starts it */
  public started(
    [command = "", ...args]: readonly string[],
    more: NodeJS.ProcessEnv = {},
    by: readonly string[] = [],
  ): Started {
    const environment = { ...this.session.environment(this.city), ...this.store?.variables, ...more };
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
    const node = [process.execPath, join(REPOSITORY, "cli/bootstrap.mjs"), command, this.city, ...args];
    const [program = "", ...typed] = [...by, ...node];
    const child = spawn(program, typed, { env });
    let out = "";
    for (const output of [child.stdout, child.stderr]) output.on("data", (data: Buffer) => (out += data.toString()));
    return { child, ended: once(child, "close").then(([code]) => ({ code: code as number | null, out })) };
  }

  /** An apply while the disk of local states has a few kilobytes left: a tmpfs in a namespace of its own. @returns its exit code */
  public async applyOnFullDisk(): Promise<number | null> {
    const script = `${FULL_DISK}exec terraform apply -auto-approve -input=false`;
    const env = childEnvironment(this.session.paths, this.session.environment(this.city));
    const args = ["-rm", "sh", "-c", script, "sh", this.session.paths.state, "8"];
    const child = spawn("unshare", args, { cwd: this.folder(DESKTOPS), env, stdio: "ignore" });
    const [code] = (await once(child, "exit")) as [number | null];
    return code;
  }

  /** A command of the city as its user types it. */
  public async typed(...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string }> {
    const variables = { ...this.session.environment(this.city), ...this.store?.variables };
    const { code, out, err } = await typedHere([args[0] ?? "", this.city, ...args.slice(1)], variables);
    return { code, out: `${out}${err}` };
  }

  /** Names of the machines that stand under seats' names, doubles included. */
  public async machines(): Promise<string[]> {
    return (await this.instances()).map(([name]) => name);
  }

  /** The same, each with what tells it from another machine of its name. @param prefix of seats' names */
  public async instances(prefix = "vx-uff-"): Promise<[name: string, uuid: string][]> {
    const { virtualMachines } = snapshotSchema.parse(await this.session.snapshot(this.city));
    return virtualMachines
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, instanceUuid }): [string, string] => [name, instanceUuid])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** What changes between deployments. */
export interface Declared {
  readonly seats: number;
  readonly version: string;
}

function cityFile({ seats, version }: Declared): string {
  return readFileSync(SMALL, "utf8")
    .replace("assignment: dedicated", "assignment: floating")
    .replace("seats: 20", `seats: ${String(seats)}`)
    .replace(
      /^( *)"2026\.11": .*$/m,
      '$1"2026.11": { template: win11-office-2026-11 }\n$1"2026.12": { template: win11-office-2026-12 }',
    )
    .replace('imageVersion: "2026.11"', `imageVersion: "${version}"`);
}

async function storeOf(backend: Backend): Promise<StateStore | undefined> {
  switch (backend) {
    case "local":
      return undefined;
    case "pg":
      return postgres();
    case "http":
      return http();
    case "s3":
      return s3(await installStore("s3", quiet));
    case "consul":
      return consul(await installStore("consul", quiet));
  }
}
