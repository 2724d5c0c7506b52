import { REPOSITORY } from "../../lab/paths";
import { run } from "../../lab/process";
import { Redactor } from "../../lab/redactor";
import type { TestLab } from "./test-lab";

/** How a command ended. */
export interface Typed {
  readonly code: number | null;
  /** What it printed, without what it said on standard error. */
  readonly lines: readonly string[];
  /** The last lines of both outputs. */
  readonly told: string;
}

/** Types `npm run secrets -- ...` as a job of Milan's CI with the role secrets. @param more variables beside the lab's */
export async function typeSecrets(
  lab: TestLab,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Typed> {
  const result = await run({
    command: "node",
    args: ["cli/bootstrap.mjs", "secrets", ...args, "--environments", lab.environments],
    cwd: REPOSITORY,
    env: {
      ...process.env,
      ...lab.session.environment("milan"),
      POSTAZIONI_OVERLAY: lab.session.paths.overlay,
      VAULT_TOKEN: more.VAULT_TOKEN ?? (await lab.branchToken("milan", "secrets")),
      ...more,
    },
    redactor: new Redactor(),
  });
  return { code: result.code, lines: result.stdout.trim().split("\n"), told: result.tail.join("\n") };
}
