import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { planRules } from "../../access/identities/ci-rules";
import { identities } from "../../access/identities/identities";
import type { PolicyRule } from "../../access/policy";
import { policyDocument } from "../../access/policy-document";
import { vaultPaths } from "../../access/vault-paths";
import { PolicyEvaluator } from "../../access/evaluation/evaluate";
import type { AccessRequest } from "../../access/evaluation/decision";
import { accessPlan } from "../../environments/secrets/access-plan";
import { LabSession } from "../../lab/session";
import { deployed } from "../fixtures/deployed";
import { sampleOf, soakTest } from "../fixtures/soak";
import { BROKEN, OF_OTHERS } from "./apply-capabilities";
import { AuditLog } from "./audit-log";
import { LifeCycle } from "./life-cycle";
import type { Phase } from "./life-cycle";
import { deployHere, destroyHere } from "./terraform-alone";
import { editCity, TestLab } from "./test-lab";
import { eachCapability, eachRule, isAbout, weakened } from "./weakened-policy";
import type { Weakening } from "./weakened-policy";

const MINUTE = 60_000;
/** The only one that whoever logs in has. */
const POLICY = "least";
const PHASES: readonly Phase[] = ["plan", "create", "change", "destroy"];
/** Where the want of a capability is felt first; where it is not, the other phases are tried. */
const FIRST: Readonly<Record<string, readonly Phase[]>> = {
  create: ["create"],
  update: ["create", "change"],
  sudo: ["create", "destroy"],
  delete: ["destroy"],
};

/** What leaves the city's file with the change. */
const GONE = {
  pool: "    - { pool: tecnica, code: tcx, seats: 5 }\n",
  ssh: "      - { name: night, machines: [gateways], logins: [notte], teams: [network-team], minutes: 20 }\n",
};

jest.setTimeout(60 * MINUTE);

let lab: TestLab;
let stack: LifeCycle;
let audit: AuditLog;
let login: { readonly VAULT_TOKEN: string };
/** The rules of CI's role apply, before and after the change. */
let before: readonly PolicyRule[];
let after: readonly PolicyRule[];
/** What the roles ask of Vault in each phase while nothing is taken from them. */
const asked: Record<"apply" | "plan", Partial<Record<Phase, readonly AccessRequest[]>>> = { apply: {}, plan: {} };

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    editCity(environments, "milan", "  ssh:\n", "  stateKey: { rotateEveryDays: 90 }\n  ssh:\n");
    editCity(
      environments,
      "milan",
      "    - { pool: anagrafe, code: anx",
      `${GONE.pool}    - { pool: anagrafe, code: anx`,
    );
    editCity(
      environments,
      "milan",
      "      - { name: gateways, machines",
      `${GONE.ssh}      - { name: gateways, machines`,
    );
  });
  const ways = { sweep, release };
  before = apply();
  [stack] = (await LifeCycle.of(lab.session, ["milan-secrets"], changeEveryKind, ways)) as [LifeCycle];
  after = apply();
  audit = new AuditLog(lab.session.paths);
  const token = await lab.session.vault.post("auth/token/create", { policies: [POLICY], no_default_policy: true });
  login = { VAULT_TOKEN: (token as { auth: { client_token: string } }).auth.client_token };
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** One thing of every kind that the stack keeps and the city's file says something of. */
function changeEveryKind(): void {
  lab.edit("milan", "  name: Milano\n", "  name: Milano Nuova\n");
  lab.edit("milan", "  domain: vdi.", "  domain: desktops.");
  lab.edit("milan", "secrets:\n", "secrets:\n  passwordLength: 30\n  certificateDays: 20\n  loginMinutes: 15\n");
  lab.edit("milan", "keep: 10 }", "keep: 12 }\n  requestsPerSecond: { desktops: 300 }");
  lab.edit("milan", "    branch: main", "    branch: trunk");
  lab.edit("milan", "rotateEveryDays: 90", "rotateEveryDays: 30");
  lab.edit("milan", "teams: [network-team], minutes: 30", "teams: [network-team], minutes: 45");
  lab.edit("milan", "  people:\n", "  people:\n    loginMinutes: 30\n");
  for (const gone of Object.values(GONE)) lab.edit("milan", gone, "");
}

/** What the city's file gives CI's role apply now. */
function apply(): readonly PolicyRule[] {
  const found = identities(accessPlan(deployed(lab.city("milan")))).find(({ id }) => id === "ci:apply");
  if (found === undefined) throw new Error("there is no role apply");
  return found.policy.rules.filter(({ path }) => !/transit\/(?:datakey|decrypt)/.test(path));
}

/** Takes everything of the city out of Vault. */
async function sweep(): Promise<void> {
  const { vault } = lab.session;
  for (const store of ["sys/mounts", "sys/auth"]) {
    const { data } = (await vault.get(store)) as { data: object };
    for (const path of Object.keys(data)) if (path.startsWith("milan/")) await vault.delete(`${store}/${path}`);
  }
  for (const kind of ["policies/acl", "policies/password", "quotas/rate-limit"]) {
    for (const name of await vault.list(`sys/${kind}`))
      if (name.startsWith("milan-")) await vault.delete(`sys/${kind}/${name}`);
  }
}

/** Unmounts the stores of secrets, as an administrator of Vault does: CI may not. */
async function release(): Promise<void> {
  const { keyValue, pki, directory, ssh, transit } = vaultPaths("milan");
  for (const store of [keyValue, pki, directory, ssh, transit]) await lab.session.vault.delete(`sys/mounts/${store}`);
}

/** Whoever logs in may do this from now on. */
async function allow(rules: readonly PolicyRule[]): Promise<void> {
  await lab.session.vault.post(`sys/policies/acl/${POLICY}`, { policy: policyDocument(rules) });
}

type Rules = (phase: Phase) => readonly PolicyRule[];

/** Does a phase and keeps what was asked of Vault for it. */
async function recorded(role: "apply" | "plan", phase: Phase): Promise<void> {
  audit.asked(POLICY);
  await stack.run(phase, login);
  asked[role][phase] = audit.asked(POLICY);
}

/** In which of the phases first something is asked that Vault refuses for want of what was taken. */
function refused(role: "apply" | "plan", rules: Rules, weakening: Weakening, phases: readonly Phase[]): string {
  const isRefused = (phase: Phase): boolean => {
    const evaluator = new PolicyEvaluator([{ name: POLICY, rules: weakened(rules(phase), weakening) }]);
    const denied = (asked[role][phase] ?? []).filter((request) => !evaluator.decide(request).allowed);
    return denied.some(({ path }) => weakening.paths.some((rule) => isAbout(rule, path)));
  };
  return phases.find(isRefused) ?? "nothing";
}

/** What fails first of the phases for want of what was taken; a failure for another reason is an error. */
async function broken(rules: Rules, weakening: Weakening, phases: readonly Phase[]): Promise<Phase | "nothing"> {
  for (const phase of phases) {
    await allow(weakened(rules(phase), weakening));
    audit.denied();
    try {
      await stack.run(phase, login);
    } catch (error) {
      const denied = audit.denied();
      if (weakening.paths.some((rule) => denied.some((path) => isAbout(rule, path)))) return phase;
      throw error;
    }
  }
  return "nothing";
}

async function allBroken(
  rules: Rules,
  weakenings: readonly Weakening[],
  phases: readonly Phase[],
): Promise<Record<string, string>> {
  const table: Record<string, string> = {};
  for (const weakening of weakenings)
    table[weakening.taken] = await broken(rules, weakening, inTurn(weakening, phases));
  return table;
}

/** First those in which the want of a capability is felt first. */
function inTurn({ capability }: Weakening, phases: readonly Phase[]): Phase[] {
  const usual = FIRST[capability ?? ""] ?? [];
  return [...new Set([...usual.filter((phase) => phases.includes(phase)), ...phases])];
}

function allRefused(
  role: "apply" | "plan",
  rules: Rules,
  weakenings: readonly Weakening[],
  phases: readonly Phase[],
): Record<string, string> {
  const entries = weakenings.map((weakening): [string, string] => [
    weakening.taken,
    refused(role, rules, weakening, inTurn(weakening, phases)),
  ]);
  return Object.fromEntries(entries);
}

/** What the policy is while a phase runs: it changes before what it is needed for. */
const applying: Rules = (phase) => (phase === "change" ? after : before);

/** The table as it is with the providers at hand. */
function expected(table: Readonly<Record<string, string>>): Record<string, string> {
  const others = OF_OTHERS.filter((taken) => taken in table).map((taken) => [taken, "nothing"]);
  return { ...table, ...(Object.fromEntries(others) as Record<string, string>) };
}

describe("CI's role apply", () => {
  soakTest("deploys the secrets' stack, finds nothing to change, and destroys all but stores of secrets", async () => {
    await allow(after);
    const variables = { ...lab.session.data.variables, ...login };
    const session = new LabSession({ ...lab.session.data, variables });
    await deployHere(session, "milan-secrets");
    expect(await session.plan(["milan-secrets"])).toMatchObject([{ result: "unchanged" }]);
    await expect(destroyHere(session, "milan-secrets")).rejects.toThrow("403");
    expect((await lab.session.vaultInventory("milan")).mounts.map(({ path }) => path)).toEqual(
      ["directory", "kv", "pki", "ssh", "transit"].map((store) => `milan/${store}/`),
    );
    await release();
    await destroyHere(session, "milan-secrets");
    expect(session.deployed()).toEqual([]);
  });

  test("follows a change of the city's file", async () => {
    for (const phase of ["create", "plan", "change", "destroy"] as const) {
      await allow(applying(phase));
      await recorded("apply", phase);
    }
    expect(await lab.session.vault.list("sys/policies/password")).toEqual([]);
  });

  soakTest("follows a change with the policy that the former file gave it, which changes first", async () => {
    const { vault } = lab.session;
    await stack.run("create", {});
    const policies = { policies: ["milan-ci-apply"], no_default_policy: true };
    const token = (await vault.post("auth/token/create", policies)) as { auth: { client_token: string } };
    const own = { VAULT_TOKEN: token.auth.client_token };
    await stack.run("change", own);
    expect(await stack.isDone("change")).toBe(true);
    const { policies: left } = await lab.session.vaultInventory("milan");
    expect(left.filter((name) => name.includes("tecnica"))).toEqual(["milan-pool-tecnica", "milan-team-owner-tecnica"]);
    await stack.back(own);
    expect((await lab.session.vaultInventory("milan")).policies).toContain("milan-pool-tecnica-surge");
  });

  test("has no capability without which Vault would refuse nothing of what it asks", () => {
    expect(allRefused("apply", applying, eachCapability(before), PHASES)).toEqual(expected(BROKEN));
  });

  soakTest("fails without a capability", async () => {
    expect(await allBroken(applying, eachCapability(before), PHASES)).toEqual(expected(BROKEN));
  });

  test("has no rule without which Vault would refuse nothing of what it asks", () => {
    const table = allRefused("apply", applying, eachRule(before), PHASES);
    const needless = Object.keys(table).filter((taken) => table[taken] === "nothing");
    const others = expected(Object.fromEntries(Object.keys(BROKEN).map((taken) => [taken, "there"])));
    const only = (rule: string): boolean =>
      Object.entries(others).every(([taken, what]) => !taken.startsWith(`${rule} `) || what === "nothing");
    expect(needless).toEqual(Object.keys(table).filter(only));
  });
});

describe("CI's role plan", () => {
  const rules = planRules({ city: "milan", quotas: true });
  const planning: Rules = () => rules;

  test("plans the secrets' stack", async () => {
    await allow(rules);
    await expect(recorded("plan", "plan")).resolves.toBeUndefined();
  });

  test("has no capability without which Vault would refuse nothing of what it asks", () => {
    expect(rules.flatMap(({ capabilities }) => capabilities)).toEqual(rules.map(() => "read"));
    const weakenings = eachCapability(rules);
    const table = Object.fromEntries(weakenings.map(({ taken }) => [taken, "plan"]));
    expect(allRefused("plan", planning, weakenings, ["plan"])).toEqual(expected(table));
  });

  test("fails without a capability", async () => {
    const tried = sampleOf(eachCapability(rules), () => "plan");
    const table = Object.fromEntries(tried.map(({ taken }) => [taken, "plan"]));
    expect(await allBroken(planning, tried, ["plan"])).toEqual(expected(table));
  });
});
