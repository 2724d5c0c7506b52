import { REPOSITORY } from "../../runtime/paths";
import { run } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import { typedHere } from "../fixtures/typed-here";
import type { TestLab } from "./test-lab";

/** How a command ended. */
export interface Typed {
  readonly code: number | null;
  /** What it printed, without what it said on standard error. */
  readonly stdout: string;
  /** The last lines of both outputs. */
  readonly told: string;
}

/** `npm run <script> -- ...` as its user types it against Milan in the lab, in a process of its own. @param more variables beside the lab's */
export async function startedInLab(
  lab: TestLab,
  script: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Typed> {
  const { PATH, HOME } = process.env;
  const { code, stdout, tail } = await run({
    command: "npm",
    args: ["run", "--silent", script, "--", ...args],
    cwd: REPOSITORY,
    env: { PATH, HOME, ...lab.session.environment("milan"), ...more },
    // Nothing is taken out: a secret that is told must be seen.
    redactor: new Redactor(),
  });
  return { code, stdout, told: tail.join("\n") };
}

/** The same in this process, where a process of its own is not what is tested. */
export async function typedInLab(
  lab: TestLab,
  script: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Typed> {
  const { code, out, err } = await typedHere([script, ...args], { ...lab.session.environment("milan"), ...more });
  return { code, stdout: out.replace(/\n$/, ""), told: err + out };
}

/** `npm run secrets -- ...` as a job of Milan's CI with the role secrets types it. */
export async function typeSecrets(
  lab: TestLab,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Omit<Typed, "stdout"> & { readonly lines: readonly string[] }> {
  const login = more.VAULT_TOKEN === undefined ? { VAULT_TOKEN: await lab.branchToken("milan", "secrets") } : {};
  const { code, stdout, told } = await typedInLab(lab, "secrets", args, { ...login, ...more });
  return { code, lines: stdout.trim().split("\n"), told };
}
