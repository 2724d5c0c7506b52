import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { synthesizeLab } from "../../cli/lab-synthesis";
import { CommandError } from "../../runtime/errors";
import { LabSession } from "../../lab/session";
import { terraform, terraformIn } from "./plan-changes";

/** What is done to a stack in its life: looked at, made, changed after the file was, and removed. */
export type Phase = "plan" | "create" | "change" | "destroy";

type Standing = "absent" | "made" | "changed" | "unknown";

const WAYS: Readonly<Record<Phase, { readonly from: Standing; readonly to: Standing }>> = {
  plan: { from: "made", to: "made" },
  create: { from: "absent", to: "made" },
  change: { from: "made", to: "changed" },
  destroy: { from: "made", to: "absent" },
};
/** More than there are resources in a stack that wait for nothing. */
const PARALLELISM = "-parallelism=30";
const COMMON = ["-input=false", "-no-color", "-lock=false", PARALLELISM];
const COMMANDS: Readonly<Record<Phase, readonly string[]>> = {
  // The plan fails where it is not empty.
  plan: ["plan", "-detailed-exitcode", ...COMMON],
  create: ["apply", "-auto-approve", ...COMMON],
  change: ["apply", "-auto-approve", ...COMMON],
  destroy: ["destroy", "-auto-approve", ...COMMON],
};

/** What a stack needs beyond its state and its file. */
export interface Ways {
  /** Removes what a phase that was refused left behind and no state knows. @default - what the state knows goes */
  readonly sweep?: () => Promise<void>;
  /** Removes what is left of a stack once all that its state knows is gone. @default - nothing is */
  readonly leftovers?: (stack: string) => Promise<void>;
  /** Lets be destroyed what nobody may destroy who has not said so. @default - there is nothing of that kind */
  readonly release?: () => Promise<void>;
}

/**
 * One stack in two versions, before and after a change of the city's file, in Terraform's own hands: so that each phase takes
 * about a second, and can be done by whoever is to be tried.
 */
export class LifeCycle {
  private standing: Standing = "absent";

  private constructor(
    private readonly lab: LabSession,
    /** Its name. */
    public readonly stack: string,
    private readonly ways: Ways,
  ) {}

  /**
   * Synthesizes stacks, changes the file and synthesizes again. Nothing stands of them yet.
   * @param change edits the file
   * @param ways what a stack needs beyond its state and its file. @default - nothing
   */
  public static async of(
    lab: LabSession,
    stacks: readonly string[],
    change: () => void,
    ways: Ways = {},
  ): Promise<LifeCycle[]> {
    // Otherwise Terraform would refuse to destroy people's machines.
    const variables = { ...lab.data.variables, POSTAZIONI_TEARDOWN: "true" };
    const session = new LabSession({ ...lab.data, variables });
    const lives = stacks.map((stack) => new LifeCycle(session, stack, ways));
    await synthesizeLab(session);
    for (const life of lives) await life.keep("before");
    change();
    await synthesizeLab(session);
    for (const life of lives) await life.keep("after");
    return lives;
  }

  /** Makes the stack with the lab's own login, for others to stand on. */
  public async make(): Promise<void> {
    await this.bring("made");
  }

  /** Brings the stack to where a phase begins, with the lab's own login, and does the phase with another. @throws CommandError */
  public async run(phase: Phase, login: Readonly<Record<string, string>>): Promise<void> {
    const { from, to } = WAYS[phase];
    await this.bring(from);
    // A phase that fails may have done a part of its work.
    if (phase !== "plan") this.standing = "unknown";
    await this.act(phase, login);
    this.standing = to;
  }

  /** Goes back from the changed version to the one before, with a login. @throws CommandError */
  public async back(login: Readonly<Record<string, string>>): Promise<void> {
    await this.bring("changed");
    this.standing = "unknown";
    await this.act("create", login);
    this.standing = "made";
  }

  /** Whether a phase left nothing to do, as a plan sees it. */
  public async isDone(phase: Exclude<Phase, "destroy">): Promise<boolean> {
    try {
      await terraformIn(this.folder(phase === "change" ? "after" : "before"), this.lab, COMMANDS.plan);
      return true;
    } catch (error) {
      if (error instanceof CommandError) return false;
      throw error;
    }
  }

  /** By way of nothing at all: not every change can be taken back, as that of a disk that grew. */
  private async bring(wanted: Standing): Promise<void> {
    if (this.standing === wanted) return;
    if (this.standing !== "absent") await this.removeAll();
    if (wanted === "made") await this.act("create", {});
    this.standing = wanted;
  }

  private async removeAll(): Promise<void> {
    if (this.ways.sweep === undefined) {
      await this.destroyWhatStands();
      await this.ways.leftovers?.(this.stack);
    } else {
      await this.ways.sweep();
      rmSync(join(this.lab.paths.state, `${this.stack}.tfstate`), { force: true });
    }
    this.standing = "absent";
  }

  /**
   * Half of a change may have been made, so neither version of the file tells what stands: a disk must not shrink, and
   * Terraform takes the order in which things go from the file. What one version leaves, the other one removes.
   */
  private async destroyWhatStands(): Promise<void> {
    try {
      await terraformIn(this.folder("after"), this.lab, COMMANDS.destroy);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      await terraformIn(this.folder("before"), this.lab, COMMANDS.destroy);
    }
  }

  private async act(phase: Phase, login: Readonly<Record<string, string>>): Promise<void> {
    if (phase === "destroy") await this.ways.release?.();
    const folder = this.folder(phase === "change" ? "after" : "before");
    await terraformIn(folder, this.lab, COMMANDS[phase], login);
  }

  /** Out of reach of the next synthesis, and as deep as cdktf's own: the states are named relative to the folder. */
  private folder(version: "before" | "after"): string {
    return join(this.lab.paths.directory, "phases", version, this.stack);
  }

  private async keep(version: "before" | "after"): Promise<void> {
    await terraform(this.lab, this.stack, ["init", "-input=false"]);
    const folder = this.folder(version);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    cpSync(join(this.lab.paths.output, "stacks", this.stack), folder, { recursive: true });
  }
}
