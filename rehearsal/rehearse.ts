import { environmentFiles, loadCities } from "../environments/load";
import type { DeclaredCity } from "../environments/model/city";
import type { LabSession, Watch } from "../lab/session";
import type { StackAction } from "../lab/stack-runs";
import { replaceCityFiles } from "./city-files";
import { measured, skipped } from "./measure";
import { planOutcome, runOutcome } from "./outcome";
import type { StackOutcome, Step, StepName } from "./step";

/** Terraform's message when it refuses to destroy a person's machine or a store. */
const PROTECTED = "Instance cannot be destroyed";
const TEARDOWN_NOTE =
  "Terraform refuses the way back, as it takes machines of people or stores away that the change made; it was taken with POSTAZIONI_TEARDOWN=true";

/** Input of a rehearsal, in a lab that runs on a folder of its own. */
export interface RehearsalInput {
  /** The city's id. */
  readonly city: string;
  /** Folder of the cities' files that the lab deploys; each step writes its own there. */
  readonly environments: string;
  /** Folder of the base's files; undefined for an empty base. */
  readonly base: string | undefined;
  /** Folder of the files of the change. */
  readonly change: string;
  readonly watch: Watch;
  /** Synthesizes every city of the lab from its current files, with the session's variables. */
  readonly synthesize: (session: LabSession) => Promise<void>;
}

/** The city with an id, if a folder's files declare it. @throws EnvironmentError where a file is wrong */
export function cityIn(folder: string, id: string): DeclaredCity | undefined {
  return loadCities(environmentFiles(folder)).find(({ city }) => city.id === id);
}

/**
 * Deploys the base and then the change, plans again, and reverts. The revert is tried after a failed change too: that
 * is when it is needed.
 * @param session deploys with the login whose permissions are rehearsed
 */
export async function rehearse(session: LabSession, input: RehearsalInput): Promise<Step[]> {
  const { base, change } = input;
  const steps: Step[] = [];
  if (base !== undefined) {
    const first = await deployed("base", base, session, input);
    steps.push(first);
    if (first.result === "failed") return [...steps, ...afterBase("the base could not be deployed")];
  }
  const before = new Set(session.deployed());
  const then = await deployed("change", change, session, input);
  steps.push(then);
  if (then.result === "failed") steps.push(skipped("second plan", "the change could not be deployed"));
  else steps.push(await planned("second plan", session, input));
  if (base === undefined) return [...steps, await destroyed(session, input)];
  return [...steps, ...(await wentBack(base, before, session, input))];
}

function afterBase(why: string): Step[] {
  return (["change", "second plan", "way back", "plan of the base"] as const).map((step) => skipped(step, why));
}

function deployed(step: StepName, files: string, session: LabSession, input: RehearsalInput): Promise<Step> {
  return measured(step, () => deploy(files, session, input));
}

async function deploy(files: string, session: LabSession, input: RehearsalInput): Promise<StackOutcome[]> {
  const { city, environments, synthesize } = input;
  replaceCityFiles(files, environments);
  await synthesize(session);
  const orphaned = new Set(session.orphaned());
  const declared = session.stacks().filter((stack) => stack.startsWith(`${city}-`) && !orphaned.has(stack));
  return run("apply", declared, session, input);
}

async function run(
  action: StackAction,
  stacks: readonly string[],
  session: LabSession,
  { watch }: RehearsalInput,
): Promise<StackOutcome[]> {
  return (await session.runStacks(action, stacks, watch)).map(runOutcome);
}

function planned(step: StepName, session: LabSession, { city, watch }: RehearsalInput): Promise<Step> {
  return measured(step, async () => (await session.plan(city, watch)).map(planOutcome));
}

/** Where Terraform protects people's machines or stores from the revert, it is repeated with the protection removed. */
async function wentBack(
  base: string,
  before: ReadonlySet<string>,
  session: LabSession,
  input: RehearsalInput,
): Promise<Step[]> {
  const attempt = (by: LabSession): Promise<Step> => measured("way back", () => goBack(base, before, by, input));
  let step = await attempt(session);
  if (step.stacks.some(({ errors }) => errors.some((error) => error.includes(PROTECTED)))) {
    const again = await attempt(session.with({ POSTAZIONI_TEARDOWN: "true" }));
    step = { ...again, seconds: step.seconds + again.seconds, notes: [TEARDOWN_NOTE] };
  }
  if (step.result === "failed") return [step, skipped("plan of the base", "the base could not be deployed again")];
  return [step, await planned("plan of the base", session, input)];
}

/** Destroys the stacks that the change added, while its files still declare them, and deploys the base again. */
async function goBack(
  base: string,
  before: ReadonlySet<string>,
  session: LabSession,
  input: RehearsalInput,
): Promise<StackOutcome[]> {
  const { change, environments, synthesize } = input;
  const added = session.deployed().filter((stack) => !before.has(stack));
  if (added.length === 0) return deploy(base, session, input);
  replaceCityFiles(change, environments);
  await synthesize(session);
  const gone = await run("destroy", added, session, input);
  if (gone.some(({ result }) => result === "failed")) return gone;
  return [...gone, ...(await deploy(base, session, input))];
}

/** Synthesized again without the protection of people's machines and stores, as for destroying a real city. */
async function destroyed(session: LabSession, input: RehearsalInput): Promise<Step> {
  const step = await measured("destroy", async () => {
    await input.synthesize(session.with({ POSTAZIONI_TEARDOWN: "true" }));
    return run("destroy", session.deployed(), session, input);
  });
  const left = session.deployed();
  if (step.result === "failed" || left.length === 0) return step;
  return { ...step, result: "failed", error: `the stacks ${left.join(", ")} still have something in their states` };
}
