import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../runtime/errors";
import { until } from "../runtime/until";
import type { Inventory } from "./inventory";
import type { LabPaths } from "./paths";
import type { Redactor } from "../runtime/redactor";
import type { SavedVcenter } from "./saved-vcenter";
import { startService } from "./service";
import type { Service } from "./service";

/** The running simulated vCenter of a city. */
export interface Vcenter {
  readonly city: string;
  readonly service: Service;
  /** host:port */
  readonly address: string;
  /** Its certificate, in PEM. */
  readonly certificate: string;
}

/** A login of a simulated vCenter. */
export interface VcenterLogin {
  readonly user: string;
  readonly password: string;
}

/** Options of a simulated vCenter. */
export interface VcenterOptions {
  /** Path of the simulator's binary. */
  readonly program: string;
  /** The city's id. */
  readonly city: string;
  /** Its initial content. */
  readonly inventory: Inventory;
  /** A saved vCenter in its place; of the inventory then only what the saved one lacks. */
  readonly saved?: SavedVcenter | undefined;
  /** Milliseconds that each clone takes. @default - none */
  readonly cloneMs?: number | undefined;
  readonly paths: LabPaths;
  /** Has all privileges. */
  readonly login: VcenterLogin;
  /** Has only what permissions grant, at first nothing. */
  readonly guarded: VcenterLogin;
  readonly redactor: Redactor;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

const readySchema = z.object({ address: z.string(), certificate: z.string() });
type Ready = z.output<typeof readySchema>;

const SERVE = ["serve", "--listen", "127.0.0.1:0", "--lifeline"];
const POLL_MS = 20;
const READY_MS = 120_000;
/** For each machine that it makes before: on a busy machine one took more than 20 ms (measured with 12,000). */
const READY_MS_A_MACHINE = 60;

/** Starts a city's vCenter with its inventory. */
export async function startVcenter(options: VcenterOptions): Promise<Vcenter> {
  const { city: id, paths } = options;
  const inventory = join(paths.run, `${id}.inventory.json`);
  writeFileSync(inventory, JSON.stringify(options.inventory, undefined, 2));
  const { service, value } = await startService(
    {
      name: `vCenter of ${id}`,
      command: options.program,
      args: [...SERVE, "--inventory", inventory, ...savedFlags(options), ...paceFlags(options)],
      env: { ...options.env, ...logins(options) },
      logFile: join(paths.logs, `vcenter-${id}.log`),
      redactor: options.redactor,
      signal: options.signal,
    },
    (ended, lines) => announced(options, ended, lines),
  );
  return { city: id, service, ...value };
}

function paceFlags({ cloneMs }: VcenterOptions): string[] {
  return cloneMs === undefined ? [] : ["--clone-time", `${String(cloneMs)}ms`];
}

function savedFlags({ saved, paths }: VcenterOptions): string[] {
  if (saved === undefined) return [];
  if (saved.deployed === undefined) return ["--saved", saved.folder];
  const names = join(paths.run, `${saved.city}.deployed.json`);
  writeFileSync(names, JSON.stringify(saved.deployed, undefined, 2));
  return ["--saved", saved.folder, "--without", names];
}

function logins({ login, guarded }: VcenterOptions): Record<string, string> {
  return {
    VCENTER_USER: login.user,
    VCENTER_PASSWORD: login.password,
    VCENTER_GUARDED_USER: guarded.user,
    VCENTER_GUARDED_PASSWORD: guarded.password,
  };
}

async function announced(
  { city, inventory }: VcenterOptions,
  signal: AbortSignal,
  lines: readonly string[],
): Promise<Ready> {
  const within = READY_MS + READY_MS_A_MACHINE * inventory.machines.length;
  const told = (): Ready | undefined => lines.map(parseReady).find((ready) => ready !== undefined);
  const ready = await until(told, { within, pause: POLL_MS, signal });
  if (ready !== undefined) return ready;
  throw new CommandError(`the vCenter of ${city} did not become ready`);
}

function parseReady(line: string): Ready | undefined {
  try {
    return readySchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
