import { join, resolve } from "node:path";
import { z } from "zod";
import { stackName } from "../environments/stack-names";
import { cdktfDeploy, cdktfDestroy, cdktfSynth, deployedStacks, orphanedStacks, stackNames } from "./cdktf";
import { dependencies } from "../terraform/manifest";
import type { CdktfContext } from "./cdktf";
import { childEnvironment } from "./child-environment";
import { ciToken } from "./ci-identity";
import type { CiClaims } from "./ci-identity";
import { InputError } from "../runtime/errors";
import { waitForLock } from "../runtime/lock";
import { labPaths } from "./paths";
import type { LabPaths } from "./paths";
import { planStacks } from "./plan";
import type { StackPlan } from "./plan";
import { runOrThrow } from "../runtime/process";
import { silent } from "../runtime/progress";
import type { Progress, Say } from "../runtime/progress";
import { Redactor } from "../runtime/redactor";
import { runStacks } from "./stack-runs";
import type { StackAction, StackRun } from "./stack-runs";
import { releaseStateKeys } from "./state-keys";
import { sideBySide } from "../terraform/clone-budget";
import { shortLived } from "../terraform/run";
import { VaultClient } from "../vault/client";
import { vaultInventory } from "./vault-inventory";
import type { VaultInventory } from "./vault-inventory";

/** Everything needed to work with a running lab, credentials included. It is passed in memory only. */
export const sessionSchema = z.object({
  directory: z.string(),
  started: z.string().describe("ISO 8601 time."),
  cities: z.array(
    z.object({
      id: z.string(),
      vcenter: z.string(),
      namespace: z.string().optional(),
      clonesAtATime: z.int().min(1).describe("The most machines that are cloned at a time."),
    }),
  ),
  programs: z.object({ vcenter: z.string(), terraform: z.string(), terraformVersion: z.string() }),
  providers: z.string().describe("Where the providers came from."),
  variables: z.record(z.string(), z.string()),
  guarded: z
    .object({ user: z.string(), password: z.string() })
    .optional()
    .describe("The vCenters' second login, which may do what permissions give it, and nothing at first."),
  secrets: z.array(z.string()),
});

/** @see sessionSchema */
export type SessionData = z.output<typeof sessionSchema>;

/** Progress and abort signal of an operation. */
export interface Watch {
  /** @default - none */
  readonly progress?: Progress;
  /** @default - none */
  readonly signal?: AbortSignal | undefined;
}

/** Operations on a running lab of this or another process. */
export class LabSession {
  public readonly paths: LabPaths;
  /** A client of the lab's Vault with the root token. */
  public readonly vault: VaultClient;
  private readonly redactor: Redactor;

  public constructor(public readonly data: SessionData) {
    this.paths = labPaths(data.directory);
    this.redactor = new Redactor(data.secrets);
    this.vault = new VaultClient(data.variables.VAULT_ADDR ?? "", data.variables.VAULT_TOKEN);
  }

  /** Ids of the cities, sorted. */
  public get cities(): string[] {
    return this.data.cities.map(({ id }) => id).sort();
  }

  /** Every secret value of the lab, to search for leaks. */
  public get secrets(): readonly string[] {
    return this.redactor.secrets;
  }

  /** The variables that point a tool at the lab; with a city's id also at its vCenter. */
  public environment(city?: string): Record<string, string> {
    const target = this.data.cities.find(({ id }) => id === (city ?? this.cities[0]));
    if (target === undefined)
      throw new InputError(`${city ?? "no city"} is not in the lab, which has ${this.cities.join(", ")}`);
    return { ...this.data.variables, GOVC_URL: `https://${target.vcenter}/sdk` };
  }

  /** A client of a city's namespace, or of the root namespace, with the root token. */
  public vaultOf(city: string): VaultClient {
    return this.vault.within(this.data.cities.find(({ id }) => id === city)?.namespace);
  }

  /** The same lab, with extra variables for child processes. */
  public with(variables: Readonly<Record<string, string>>): LabSession {
    return new LabSession({ ...this.data, variables: { ...this.data.variables, ...variables } });
  }

  /**
   * The same lab, with the vCenters' second login for cdktf and Terraform.
   * @throws Error where the lab has none
   */
  public guarded(): LabSession {
    const { guarded } = this.data;
    if (guarded === undefined) throw new Error("the lab has no second login");
    return this.with({ VSPHERE_USER: guarded.user, VSPHERE_PASSWORD: guarded.password });
  }

  /** Deploys stacks with the real cdktf: a city's id, a stack's name, or several of them. */
  public async deploy(selector: string | readonly string[], watch: Watch = {}): Promise<void> {
    const patterns = this.patterns(selector);
    await this.work(`Deploy ${patterns.join(" ")}`, watch, (context) => cdktfDeploy(context, patterns));
  }

  /** Destroys stacks with the real cdktf. */
  public async destroy(selector: string | readonly string[], watch: Watch = {}): Promise<void> {
    const patterns = this.patterns(selector);
    await this.work(`Destroy ${patterns.join(" ")}`, watch, async (context) => {
      const cities = this.cities.filter((city) =>
        patterns.some((pattern) => matches(pattern, stackName(city, "secrets"))),
      );
      await releaseStateKeys(cities, (city) => this.vaultOf(city));
      await cdktfDestroy(context, patterns);
    });
  }

  /**
   * Makes Terraform apply or destroy stacks of the last synthesis, in the order of their dependencies. After a failure
   * the others go on.
   */
  public async runStacks(action: StackAction, stacks: readonly string[], watch: Watch = {}): Promise<StackRun[]> {
    const { terraform } = this.data.programs;
    const title = `${action === "apply" ? "Apply" : "Destroy"} ${String(stacks.length)} stacks`;
    return this.work(title, watch, async (context) => {
      const secrets = this.cities.filter((city) => stacks.includes(stackName(city, "secrets")));
      if (action === "destroy") await releaseStateKeys(secrets, (city) => this.vaultOf(city));
      return runStacks(context, { action, terraform, stacks, dependencies: dependencies(this.paths.output) });
    });
  }

  /** Synthesizes again, so that plans use the current files. */
  public async synth(watch: Watch = {}): Promise<void> {
    await this.work("Synthesize", watch, cdktfSynth);
  }

  /** Plans stacks of the last synthesis: a city's id, a stack's name, or several of them. */
  public async plan(selector: string | readonly string[], watch: Watch = {}): Promise<StackPlan[]> {
    const patterns = this.patterns(selector);
    const { terraform } = this.data.programs;
    return this.work(`Plan ${patterns.join(" ")}`, watch, (context) =>
      planStacks(context, terraform, this.matching(patterns)),
    );
  }

  /** Names of the stacks of the last synthesis and of deployed ones. */
  public stacks(): string[] {
    return [...new Set([...stackNames(this.paths), ...deployedStacks(this.paths)])].sort();
  }

  /** Names of the deployed stacks. */
  public deployed(): string[] {
    return deployedStacks(this.paths);
  }

  /** Names of the deployed stacks that were not in the last synthesis. */
  public orphaned(): string[] {
    return orphanedStacks(this.paths);
  }

  /** The content of a city's vCenter. */
  public async snapshot(city: string): Promise<unknown> {
    return JSON.parse(await this.askVcenter(city, "snapshot")) as unknown;
  }

  /** Saves a city's vCenter to a new folder, as `govc object.save` does. */
  public async saveVcenter(city: string, folder: string): Promise<void> {
    await this.askVcenter(city, "save", resolve(folder));
  }

  /** A city's resources in Vault: names, never values. */
  public async vaultInventory(city: string): Promise<VaultInventory> {
    return vaultInventory(this.vaultOf(city), city);
  }

  /** A signed identity token as a CI job gets it. @see ciToken */
  public async ciToken(audience: string, claims: CiClaims, life?: string): Promise<string> {
    const token = await ciToken(this.vault, audience, claims, life);
    this.redactor.add(token);
    return token;
  }

  private async askVcenter(city: string, command: string, ...args: string[]): Promise<string> {
    const { stdout } = await runOrThrow(`the ${command} of ${city}'s vCenter`, {
      command: this.data.programs.vcenter,
      args: [command, ...args],
      env: childEnvironment(this.paths, this.environment(city)),
      logFile: join(this.paths.logs, `${command}-${city}.log`),
      redactor: this.redactor,
    });
    return stdout;
  }

  /** Runs one operation on the synthesized stacks at a time, across processes. */
  private async work<T>(title: string, watch: Watch, work: (context: CdktfContext) => Promise<T>): Promise<T> {
    const { progress = silent, signal } = watch;
    return progress.step(title, async (say) => {
      const release = await waitForLock(this.paths.workLock, signal, () => {
        say("waiting for another command that works on the stacks");
      });
      try {
        return await work(this.context(say, signal));
      } finally {
        release();
      }
    });
  }

  private context(say: Say, signal: AbortSignal | undefined): CdktfContext {
    const env = { ...childEnvironment(this.paths, this.environment()), ...shortLived() };
    const budget = Math.min(...this.data.cities.map(({ clonesAtATime }) => clonesAtATime));
    return { paths: this.paths, env, redactor: this.redactor, signal, say, sideBySide: sideBySide(budget) };
  }

  private matching(patterns: readonly string[]): string[] {
    const stacks = this.stacks();
    for (const pattern of patterns) {
      if (stacks.some((stack) => matches(pattern, stack))) continue;
      throw new InputError(`there is no stack ${pattern}; the lab has ${stacks.join(", ") || "none yet"}`);
    }
    return stacks.filter((stack) => patterns.some((pattern) => matches(pattern, stack)));
  }

  private patterns(selector: string | readonly string[]): string[] {
    const names = typeof selector === "string" ? [selector] : selector;
    return names.map((name) => {
      if (this.cities.includes(name)) return `${name}-*`;
      if (this.cities.some((city) => name.startsWith(`${city}-`))) return name;
      throw new InputError(`${name} is neither a city of the lab (${this.cities.join(", ")}) nor a stack of one`);
    });
  }
}

function matches(pattern: string, stack: string): boolean {
  return pattern.endsWith("*") ? stack.startsWith(pattern.slice(0, -1)) : stack === pattern;
}
