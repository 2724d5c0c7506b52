import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { IS_CHECKOUT, PROJECT } from "../runtime/paths";
import { variable } from "../runtime/variable";

/** Paths of the tools that all labs share. */
export interface SharedPaths {
  readonly tools: string;
  readonly cache: string;
  readonly mirror: string;
  /** Terraform's plugin cache, used only for providers from the registry. */
  readonly plugins: string;
  readonly stamps: string;
  /** Logs of the builds, and the builds' lock. */
  readonly logs: string;
  readonly tmp: string;
  readonly lock: string;
}

/** Paths of one lab. */
export interface LabPaths {
  readonly directory: string;
  /** Mode 0700: it contains the socket, which gives out credentials. */
  readonly run: string;
  readonly logs: string;
  readonly tmp: string;
  readonly home: string;
  /** Terraform's states. The stacks refer to them relative to `output`, so both lie side by side. */
  readonly state: string;
  readonly output: string;
  readonly socket: string;
  readonly lock: string;
  /** Lock on `output` while cdktf or Terraform runs. */
  readonly workLock: string;
  readonly overlay: string;
  readonly cliConfig: string;
  /** The certificates of the simulated vCenters, concatenated. */
  readonly certificates: string;
}

/** The default lab's folder. */
export const LAB_DIRECTORY = join(PROJECT, ".lab");

/**
 * The folder of the tools: POSTAZIONI_CACHE, which any number of repositories may share. By default that of the user's caches
 * (XDG Base Directory Specification), and in a checkout of the toolkit the lab's own.
 */
export const TOOLS_DIRECTORY = toolsDirectory();

function toolsDirectory(): string {
  const named = variable("POSTAZIONI_CACHE");
  if (named !== undefined) return resolve(named);
  return IS_CHECKOUT ? LAB_DIRECTORY : join(variable("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "postazioni");
}

/** The paths that every lab shares, whatever its own folder. */
export function sharedPaths(): SharedPaths {
  const tools = join(TOOLS_DIRECTORY, "tools");
  return {
    tools,
    cache: join(TOOLS_DIRECTORY, "cache"),
    mirror: join(TOOLS_DIRECTORY, "mirror"),
    plugins: join(TOOLS_DIRECTORY, "plugins"),
    stamps: join(tools, "stamps"),
    logs: join(tools, "logs"),
    tmp: join(tools, "tmp"),
    lock: join(tools, "install.lock"),
  };
}

/** The paths of a lab in a folder. */
export function labPaths(directory: string = LAB_DIRECTORY): LabPaths {
  const run = join(resolve(directory), "run");
  return {
    directory: resolve(directory),
    run,
    logs: join(run, "logs"),
    tmp: join(resolve(directory), "tmp"),
    home: join(resolve(directory), "home"),
    state: join(resolve(directory), "state"),
    output: join(resolve(directory), "cdktf.out"),
    socket: join(run, "lab.sock"),
    lock: join(run, "lab.lock"),
    workLock: join(run, "work.lock"),
    overlay: join(run, "overlay.json"),
    cliConfig: join(run, "terraform.rc"),
    certificates: join(run, "vcenters.pem"),
  };
}
