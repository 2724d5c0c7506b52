import { childEnvironment } from "../lab/child-environment";
import { CommandError } from "../runtime/errors";
import { run } from "../runtime/process";
import { Redactor } from "../runtime/redactor";
import type { BenchLab, Watch } from "./bench-lab";
import { deploymentShares, programShares } from "./process-cpu";
import { tenths } from "./timed";

/** Runs a program, and says in its last two lines how much processor time it took with its children. */
const TIMED = '"$@" > /dev/null; code=$?; times; exit $code';

/** A program that is measured. */
export interface Measured {
  readonly title: string;
  /** The program and its arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** Exit codes after which it did what is measured. */
  readonly done: readonly number[];
}

/** What a program took. */
export interface Ran {
  /** Processor time with all its children, to a tenth: what else the machine does is not counted. */
  readonly seconds: number;
  /** The most memory that one process had of Node, Terraform and the providers, in MiB. */
  readonly peakMib: Readonly<Record<"node" | "core" | "provider", number>>;
}

/** Runs a program in the lab's environment. @throws CommandError where it did not do what is measured */
export async function ranIn(
  { title, args, cwd, done }: Measured,
  { lab }: BenchLab,
  { progress, signal }: Watch,
): Promise<Ran> {
  const [{ code, stdout, tail }, shares] = await progress.step(title, () =>
    programShares(() =>
      run({
        ...{ command: "sh", args: ["-c", TIMED, "sh", ...args], cwd, signal },
        env: childEnvironment(lab.paths, lab.environment("catania")),
        redactor: new Redactor(lab.secrets),
      }),
    ),
  );
  if (!done.includes(code ?? 1)) throw new CommandError(`${title} ended with ${String(code)}: ${tail.join("; ")}`);
  const { node, core, provider } = deploymentShares(shares);
  const peakMib = { node: node.peakMib, core: core.peakMib, provider: provider.peakMib };
  return { seconds: secondsIn(stdout), peakMib };
}

function secondsIn(stdout: string): number {
  const [, children = ""] = stdout.trim().split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => 60 * Number(minutes) + Number(rest),
  );
  return tenths(1000 * parts.reduce((sum, part) => sum + part, 0));
}
