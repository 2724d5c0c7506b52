import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { CommandError } from "../../runtime/errors";
import type { Change } from "../../terraform/planned-changes";
import { Workplace } from "../fixtures/guide";
import type { Ended, GuideStep } from "../fixtures/guide";
import { planChanges, terraform } from "../lab/plan-changes";
import { CITY_FILES } from "../lab/test-lab";
import type { TestLab } from "../lab/test-lab";
import type { Snapshot } from "../lab/vcenter-snapshot";

type Machine = Snapshot["virtualMachines"][number];

/** A line that calls cdktf, and whether the guide says that it fails. */
interface Call {
  readonly command: string;
  readonly stack: string;
  readonly refused: boolean;
}

const CALL = /^npx cdktf (diff|deploy) (\S+)(?: --ignore-missing-stack-dependencies)?(; test \$\? = 1)?$/;
const DESKTOPS = /^([^-]+)-desktops-(.+)-\d\d$/;
const MACHINE = "vsphere_virtual_machine";
/** What a guide says for Terraform's words of a plan in JSON. */
const WORDS: Readonly<Record<string, string>> = { "delete create": "replace", delete: "destroy" };

/** A lab in which a guide is worked through: what it types of cdktf is done there by Terraform, all else by a shell. */
export class GuideLab {
  private readonly workplace = new Workplace();
  private readonly plans = new Map<string, Change[]>();
  private synthesized = "";

  /** @param prepare changes the files of the reader's own, as they are in the lab */
  public constructor(
    private readonly lab: TestLab,
    prepare: (environments: string) => void = () => undefined,
  ) {
    prepare(join(this.workplace.folder, "environments"));
    mkdirSync(join(this.workplace.folder, ".lab"));
    symlinkSync(lab.session.paths.state, join(this.workplace.folder, ".lab/state"));
  }

  /** Does a step of the guide. A plan is one line for each stack, and so is where its machines are once it is deployed. */
  public async take(step: GuideStep): Promise<Ended> {
    const calls = callsOf(step);
    if (calls.length === 0) {
      for (const file of this.files()) cpSync(file, join(this.lab.environments, basename(file)));
      return this.workplace.take(step);
    }
    const lines: string[] = [];
    for (const call of calls) {
      const { line, refused } = await this.call(call);
      lines.push(line);
      if (refused !== call.refused) return { output: lines.join("\n"), code: 1 };
    }
    return { output: lines.join("\n"), code: 0 };
  }

  /** Deploys stacks one after the other, without a guide that says so. */
  public async deploy(stacks: readonly string[]): Promise<void> {
    for (const stack of stacks) await this.apply(stack);
  }

  public remove(): void {
    this.workplace.remove();
  }

  private async call({ command, stack }: Call): Promise<{ line: string; refused: boolean }> {
    try {
      const line = command === "diff" ? await this.plan(stack) : await this.apply(stack);
      return { line, refused: false };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return { line: `${stack}: ${/Error: .*/.exec(error.message)?.[0] ?? error.message}`, refused: true };
    }
  }

  private async plan(stack: string): Promise<string> {
    await this.synthesize();
    const { changes } = await planChanges(this.lab.session, stack);
    this.plans.set(stack, changes);
    return planLine(stack, changes);
  }

  /** Applies the plan of a stack that was made last: no machine of any city comes or goes but those that it names. */
  private async apply(stack: string): Promise<string> {
    if (!this.plans.has(stack)) await this.plan(stack);
    const changes = this.plans.get(stack) ?? [];
    const before = await this.machines();
    await terraform(this.lab.session, stack, ["apply", "-input=false", "-no-color", "plan"]);
    this.plans.delete(stack);
    const now = await this.machines();
    const unnamed = [
      ...difference(strangers(now, before), seatsThat(["create", "delete create"], changes)),
      ...difference(strangers(before, now), seatsThat(["delete", "delete create"], changes)),
    ];
    return unnamed.length === 0 ? placesLine(stack, now) : `${stack}: came or went as well: ${unnamed.join(", ")}`;
  }

  /** Brings the files to the lab as they are now; the plans of before are no longer right. */
  private async synthesize(): Promise<void> {
    const files = this.files();
    const texts = files.map((file) => readFileSync(file, "utf8")).join("\0");
    if (texts === this.synthesized) return;
    for (const file of files) cpSync(file, join(this.lab.environments, basename(file)));
    await this.lab.synth();
    this.synthesized = texts;
    this.plans.clear();
  }

  /** The reader's; commands read those of the lab, which its variables name. */
  private files(): string[] {
    return CITY_FILES.map((name) => join(this.workplace.folder, "environments", name));
  }

  private async machines(): Promise<Machine[]> {
    const snapshots = await Promise.all(this.lab.cities.map((city) => this.lab.snapshot(city)));
    return snapshots.flatMap(({ virtualMachines }) => virtualMachines);
  }
}

/** Names of the machines that are not among the others, by vCenter's own identity of them. */
function strangers(machines: readonly Machine[], others: readonly Machine[]): string[] {
  const known = new Set(others.map(({ instanceUuid }) => instanceUuid));
  return machines.filter(({ instanceUuid }) => !known.has(instanceUuid)).map(({ name }) => name);
}

function seatsThat(actions: readonly string[], changes: readonly Change[]): string[] {
  return changes.filter((change) => change.type === MACHINE && actions.includes(change.actions)).map(nameOf);
}

/** What is in one of two lists alone. */
function difference(one: readonly string[], other: readonly string[]): string[] {
  return [...one.filter((name) => !other.includes(name)), ...other.filter((name) => !one.includes(name))];
}

/** The calls of cdktf of a step, which are all of its lines or none. */
function callsOf({ kind, content }: GuideStep): Call[] {
  const lines = content.trimEnd().split("\n");
  if (kind === "diff" || !lines.some((line) => line.startsWith("npx cdktf"))) return [];
  return lines.map((line) => {
    const [, command, stack, refused] = CALL.exec(line) ?? [];
    if (command === undefined || stack === undefined) throw new Error(`no call of cdktf that a guide knows: ${line}`);
    return { command, stack, refused: refused !== undefined };
  });
}

/** A plan in one line: `milan-desktops-anagrafe-01: replace mi-ana-0002, mi-ana-0004`. */
function planLine(stack: string, changes: readonly Change[]): string {
  const parts = [...new Set(changes.map(({ actions }) => actions))].sort().map((actions) => {
    const names = changes.filter((change) => change.actions === actions).map(nameOf);
    return `${WORDS[actions] ?? actions} ${[...new Set(names)].sort().join(", ")}`;
  });
  return `${stack}: ${parts.join("; ") || "no changes"}`;
}

/** A machine by its seat, all else by its kind. */
function nameOf({ type, key }: Change): string {
  return type === MACHINE && key !== undefined ? key : type;
}

/** Where the machines of a stack's pool are: `anagrafe: 8 machines in milano-vdi-a on vsan-vdi-a`; nothing of another stack. */
function placesLine(stack: string, machines: readonly Machine[]): string {
  const [, city, pool] = DESKTOPS.exec(stack) ?? [];
  if (city === undefined || pool === undefined) return "";
  const own = machines.filter(({ folder }) => folder.includes(`/vm/${city}/`) && folder.endsWith(`/${pool}`));
  if (own.length === 0) return `${pool}: no machine`;
  const places = new Set(own.map(placeOf));
  return `${pool}: ${String(own.length)} machines in ${[...places].sort().join(", ")}`;
}

function placeOf({ resourcePool = "", datastores }: Machine): string {
  return `${resourcePool.split("/")[3] ?? ""} on ${datastores.join(" and ")}`;
}
