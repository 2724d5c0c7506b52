import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { citiesAsDeployed } from "../../environments/deployed";
import { loadOverlay } from "../../environments/load";
import { synthesizedStacks } from "../../lab/cdktf";
import type { LabSession } from "../../lab/session";
import type { StackAction } from "../../lab/stack-runs";
import { CommandError } from "../../runtime/errors";
import { synthesize } from "../../stacks/synthesize";

/** A city's id, a stack's name, or several of them. */
export type Selector = string | readonly string[];

/**
 * The lab's stacks without cdktf's program, which takes five seconds a call to do the same: the app's own function synthesizes them in
 * this process, and Terraform itself applies them. With cdktf do `deployment.test.ts` and `commands.test.ts`.
 *
 * Synthesizes every city's stacks as the session's variables say; those that no file declares any more are removed, as cdktf does.
 */
export function synthesizeHere({ paths, data: { variables } }: LabSession): void {
  const { POSTAZIONI_ENVIRONMENTS: environments = "", POSTAZIONI_TEARDOWN: teardown } = variables;
  const overlay = loadOverlay(paths.overlay);
  const cities = citiesAsDeployed(environments, overlay);
  synthesize({ cities, overlay, teardown: teardown === "true", output: paths.output });
  const declared = synthesizedStacks(paths);
  const folder = join(paths.output, "stacks");
  for (const left of readdirSync(folder).filter((name) => !declared.includes(name)))
    rmSync(join(folder, left), { recursive: true });
}

/** Synthesizes and applies stacks, each after those that it stands on. @throws CommandError with Terraform's own errors */
export async function deployHere(session: LabSession, selector: Selector): Promise<void> {
  synthesizeHere(session);
  await runAll("apply", session, selected(session, selector));
}

/** Destroys stacks, people's machines too. @throws CommandError with Terraform's own errors */
export async function destroyHere(session: LabSession, selector: Selector): Promise<void> {
  synthesizeHere(session.with({ POSTAZIONI_TEARDOWN: "true" }));
  const deployed = session.deployed();
  await runAll(
    "destroy",
    session,
    selected(session, selector).filter((stack) => deployed.includes(stack)),
  );
}

function selected(session: LabSession, selector: Selector): string[] {
  const wanted = typeof selector === "string" ? [selector] : selector;
  const stacks = session.stacks();
  return wanted.flatMap((name) => {
    const found = session.cities.includes(name) ? stacks.filter((stack) => stack.startsWith(`${name}-`)) : [name];
    const missing = found.find((stack) => !stacks.includes(stack));
    if (missing !== undefined || found.length === 0) throw new Error(`there is no stack ${missing ?? `of ${name}`}`);
    return found;
  });
}

async function runAll(action: StackAction, session: LabSession, stacks: readonly string[]): Promise<void> {
  const failed = (await session.runStacks(action, stacks)).filter(({ code }) => code !== 0);
  const [first] = failed;
  if (first === undefined) return;
  const lines = failed.flatMap(({ stack, errors }) => errors.map((error) => `${stack}: ${error}`));
  throw new CommandError(`terraform ${action} failed:\n${lines.join("\n")}`, first.logFile, lines);
}
