import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { LabSession } from "../../lab/session";
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

/**
 * One stack in two versions, before and after a change of the city's file, in Terraform's own hands: so that each phase takes
 * about a second, and can be done by whoever is to be tried.
 */
export class LifeCycle {
  private standing: Standing = "absent";

  private constructor(
    private readonly lab: LabSession,
    private readonly stack: string,
    private readonly sweep: () => Promise<void>,
    private readonly release: () => Promise<void>,
  ) {}

  /**
   * Synthesizes the stack, changes the file and synthesizes again. Nothing stands of it yet.
   * @param change edits the file
   * @param sweep removes what a phase that was refused left behind: a provider that may not finish what it began keeps it in
   *     no state
   * @param release lets be destroyed what nobody may destroy who has not said so. @default - there is nothing of that kind
   */
  public static async of(
    lab: LabSession,
    stack: string,
    change: () => void,
    sweep: () => Promise<void>,
    release: () => Promise<void> = () => Promise.resolve(),
  ): Promise<LifeCycle> {
    const life = new LifeCycle(lab, stack, sweep, release);
    await life.keep("before");
    change();
    await life.keep("after");
    return life;
  }

  /** Brings the stack to where a phase begins, with the lab's own login, and does the phase with another. @throws LabError */
  public async run(phase: Phase, login: Readonly<Record<string, string>>): Promise<void> {
    const { from, to } = WAYS[phase];
    await this.bring(from);
    // A phase that fails may have done a part of its work.
    if (phase !== "plan") this.standing = "unknown";
    await this.act(phase, login);
    this.standing = to;
  }

  private async bring(wanted: Standing): Promise<void> {
    if (this.standing === wanted) return;
    if (this.standing === "unknown") await this.removeAll();
    if (wanted === "absent" && this.standing !== "absent") await this.act("destroy", {});
    if (wanted === "made") await this.act("create", {});
    this.standing = wanted;
  }

  private async removeAll(): Promise<void> {
    await this.sweep();
    rmSync(join(this.lab.paths.state, `${this.stack}.tfstate`), { force: true });
    this.standing = "absent";
  }

  private async act(phase: Phase, login: Readonly<Record<string, string>>): Promise<void> {
    if (phase === "destroy") await this.release();
    const folder = this.folder(phase === "change" ? "after" : "before");
    await terraformIn(folder, this.lab, COMMANDS[phase], login);
  }

  /** Out of reach of the next synthesis, and as deep as cdktf's own: the states are named relative to the folder. */
  private folder(version: "before" | "after"): string {
    return join(this.lab.paths.directory, "phases", version, this.stack);
  }

  private async keep(version: "before" | "after"): Promise<void> {
    await this.lab.synth();
    await terraform(this.lab, this.stack, ["init", "-input=false"]);
    const folder = this.folder(version);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    cpSync(join(this.lab.paths.output, "stacks", this.stack), folder, { recursive: true });
  }
}
