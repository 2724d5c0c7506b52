import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../runtime/paths";
import type { TestLab } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";
import { eventually } from "../fixtures/eventually";

/** A deployment in a process of its own, which others may meet. */
export type Started = ReturnType<Deployments["started"]>;

/** Deployments of a city in a lab. */
export class Deployments {
  public constructor(
    private readonly lab: TestLab,
    private readonly city = "catania",
  ) {}

  /** Types a deployment, and waits for its end. */
  public typed(...args: string[]) {
    return typedInLab(this.lab, "deploy", [this.city, ...args]);
  }

  /** Begins a deployment. @param more variables beside the lab's */
  public started(args: readonly string[], more: NodeJS.ProcessEnv = {}) {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, ...this.lab.session.environment(this.city), ...more };
    const child = spawn(process.execPath, ["cli/bootstrap.mjs", "deploy", this.city, ...args], {
      cwd: REPOSITORY,
      env,
    });
    let said = "";
    for (const output of [child.stdout, child.stderr]) output.on("data", (data: Buffer) => (said += data.toString()));
    const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
      child.once("close", (code) => {
        resolve({ code, said });
      });
    });
    return { child, ended };
  }

  /** Waits until the log of a stack's apply has such a line, or the deployment has ended. */
  public applying(deployment: Started, stack: string, text: RegExp): Promise<void> {
    return written(deployment, this.output("logs", `${stack}-apply.log`), text);
  }

  /** Removes the logs of deployments before. */
  public forgetLogs(): void {
    rmSync(this.output("logs"), { recursive: true, force: true });
  }

  /** A path in the folder that deployments work in. */
  public output(...names: string[]): string {
    return join(this.lab.session.paths.directory, "deploy.out", ...names);
  }

  /** Processes that work there, or in a folder of it, such as Terraform. */
  public workers(...names: string[]): number[] {
    const folder = this.output(...names);
    return readdirSync("/proc")
      .filter((pid) => /^\d+$/.test(pid) && cwdOf(pid).startsWith(folder))
      .map(Number);
  }

  /** Locks of states. */
  public locks(): string[] {
    return readdirSync(this.lab.session.paths.state).filter((name) => name.endsWith(".lock.info"));
  }

  /** The file of a stack's state. */
  public stateOf(stack: string): string {
    return join(this.lab.session.paths.state, `${stack}.tfstate`);
  }

  /** Names of all machines, sorted. */
  public async machines(): Promise<string[]> {
    return (await this.lab.snapshot(this.city)).virtualMachines.map(({ name }) => name).sort();
  }

  /** Another checkout on the same states, and the variables that lead there. */
  public otherPlace(): { readonly folder: string; readonly variables: NodeJS.ProcessEnv } {
    const folder = join(this.lab.session.paths.directory, "other");
    mkdirSync(folder, { recursive: true });
    if (!existsSync(join(folder, "state"))) symlinkSync(this.lab.session.paths.state, join(folder, "state"));
    return { folder, variables: { CDKTF_OUTPUT: join(folder, "cdktf.out") } };
  }
}

/** Waits until a file of a deployment has such a line, or the deployment has ended. */
export async function written({ child }: Started, file: string, text: RegExp): Promise<void> {
  const isWritten = (): boolean => existsSync(file) && text.test(readFileSync(file, "utf8"));
  await eventually(() => isWritten() || child.exitCode !== null);
}

function cwdOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}
