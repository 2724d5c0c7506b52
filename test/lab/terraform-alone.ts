import type { LabSession } from "../../lab/session";
import type { StackAction } from "../../lab/stack-runs";
import { CommandError } from "../../runtime/errors";
import { synthesizeHere } from "./synthesis";

/** A city's id, a stack's name, or several of them. */
export type Selector = string | readonly string[];

/**
 * Synthesizes in this process and has Terraform apply stacks, each after those that it stands on. cdktf's program, which does the same,
 * takes five seconds a call: with it deploy `deployment.test.ts` and `commands.test.ts`.
 * @throws CommandError with Terraform's own errors
 */
export async function deployHere(session: LabSession, selector: Selector): Promise<void> {
  await synthesizeHere(session);
  await runAll("apply", session, selected(session, selector));
}

/** Destroys stacks, people's machines too. @throws CommandError with Terraform's own errors */
export async function destroyHere(session: LabSession, selector: Selector): Promise<void> {
  await synthesizeHere(session.with({ POSTAZIONI_TEARDOWN: "true" }));
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
