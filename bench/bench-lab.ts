import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../lab/child-environment";
import { startLab } from "../lab/lab";
import type { Lab } from "../lab/lab";
import { LAB_DIRECTORY } from "../lab/paths";
import { PROVIDERS } from "../terraform/home";
import { plannedChanges } from "../terraform/planned-changes";
import type { Change } from "../terraform/planned-changes";
import { runOrThrow } from "../runtime/process";
import type { Progress } from "../runtime/progress";
import { Redactor } from "../runtime/redactor";
import { variable } from "../runtime/variable";
import { writeLabCity } from "./lab-city";
import type { LabCity } from "./lab-city";
import { elapsed } from "./timed";
import { inTemporaryFolder } from "../runtime/temporary-folder";

const PLAN = "bench.tfplan";

/** Progress and abort signal of a benchmark. */
export interface Watch {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** A lab of one city, and Terraform in its stacks. */
export class BenchLab {
  public constructor(
    /** The lab itself. */
    public readonly lab: Lab,
    private readonly watch: Watch,
  ) {}

  /** The folder of the city's file. */
  public get environments(): string {
    return environmentsIn(this.lab.paths.directory);
  }

  /** The folder of a stack. */
  public folder(stack: string): string {
    return join(this.lab.paths.output, "stacks", stack);
  }

  /** The file of a stack's state. */
  public stateFile(stack: string): string {
    return join(this.lab.paths.state, `${stack}.tfstate`);
  }

  /** Writes another city's file, and synthesizes it. */
  public async change(city: LabCity): Promise<void> {
    writeLabCity(environmentsIn(this.lab.paths.directory), city);
    await this.lab.synth(this.watch);
  }

  /** Output of Terraform in a stack's folder. @throws CommandError when it fails */
  public async terraform(stack: string, ...args: readonly string[]): Promise<string> {
    return this.run(stack, args, {});
  }

  private async run(stack: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
    const { stdout } = await runOrThrow(`terraform ${args[0] ?? ""} of ${stack}`, {
      command: this.lab.data.programs.terraform,
      args,
      cwd: this.folder(stack),
      env: childEnvironment(this.lab.paths, { ...this.lab.environment(), ...env }),
      redactor: new Redactor(this.lab.secrets),
      signal: this.watch.signal,
    });
    return stdout;
  }

  /** Milliseconds of a Terraform command in a stack's folder. */
  public async time(stack: string, command: string, ...args: readonly string[]): Promise<number> {
    return this.timeWith({}, stack, command, ...args);
  }

  /** The same with more variables. */
  public async timeWith(
    env: Readonly<Record<string, string>>,
    stack: string,
    command: string,
    ...args: readonly string[]
  ): Promise<number> {
    const title = `terraform ${command} of ${stack}`;
    const [, milliseconds] = await elapsed(() =>
      this.watch.progress.step(title, () => this.run(stack, [command, "-input=false", "-no-color", ...args], env)),
    );
    return milliseconds;
  }

  /** Milliseconds of a plan, and its changes. The plan is saved for `apply`. */
  public async plan(stack: string): Promise<[number, Change[]]> {
    const milliseconds = await this.time(stack, "plan", `-out=${PLAN}`);
    return [milliseconds, plannedChanges(await this.terraform(stack, "show", "-json", PLAN))];
  }

  /** Milliseconds to apply the last plan. */
  public async apply(stack: string): Promise<number> {
    return this.time(stack, "apply", PLAN);
  }

  /** Deploys a stack's machines. */
  public async make(stack: string): Promise<void> {
    await this.terraform(stack, "init", "-input=false");
    await this.time(stack, "apply", "-auto-approve");
  }
}

/**
 * Starts a lab of a city with foundation and network deployed, runs work with it, and removes it. It has its own
 * folder, so that benchmarks may run side by side. The providers are those of the mirror in POSTAZIONI_PROVIDERS;
 * without it they are built.
 */
export async function withLab<T>(city: LabCity, watch: Watch, work: (lab: BenchLab) => Promise<T>): Promise<T> {
  mkdirSync(LAB_DIRECTORY, { recursive: true });
  return inTemporaryFolder(join(LAB_DIRECTORY, "bench-"), async (directory) => {
    writeLabCity(environmentsIn(directory), city);
    return await withStarted(directory, watch, work);
  });
}

async function withStarted<T>(directory: string, watch: Watch, work: (lab: BenchLab) => Promise<T>): Promise<T> {
  const providers = variable(PROVIDERS);
  const options = {
    environments: environmentsIn(directory),
    directory,
    seatsPerPool: 0,
    signal: watch.signal,
    providers,
  };
  const lab = await startLab(options, watch.progress);
  try {
    await lab.deploy(["catania-foundation", "catania-network"], watch);
    return await work(new BenchLab(lab, watch));
  } finally {
    await lab.stop();
  }
}

function environmentsIn(directory: string): string {
  return join(directory, "environments");
}
