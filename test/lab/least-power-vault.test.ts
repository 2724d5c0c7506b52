import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { planRules } from "../../access/identities/ci-rules";
import { identities } from "../../access/identities/identities";
import type { PolicyRule } from "../../access/policy";
import { policyDocument } from "../../access/policy-document";
import { vaultPaths } from "../../access/vault-paths";
import { accessPlan } from "../../environments/secrets/access-plan";
import { withSurge } from "../../environments/seats/surge";
import { LabSession } from "../../lab/session";
import { AuditLog } from "./audit-log";
import { LifeCycle } from "./life-cycle";
import type { Phase } from "./life-cycle";
import { deployHere, destroyHere } from "./terraform-alone";
import { editCity, TestLab } from "./test-lab";
import { eachCapability, eachRule, isAbout, weakened } from "./weakened-policy";
import type { Weakening } from "./weakened-policy";

const MINUTE = 60_000;
const PHASES: readonly Phase[] = ["plan", "create", "change", "destroy"];
/** Where the want of a capability is felt first; where it is not, the other phases are tried. */
const FIRST: Readonly<Record<string, readonly Phase[]>> = {
  create: ["create"],
  update: ["create", "change"],
  sudo: ["create", "destroy"],
  delete: ["destroy"],
};

/**
 * Which phase Vault refuses without each of the capabilities. Two roles are removed with their store, or once they have left the
 * file: if that were not allowed before, a pool that leaves would give CI more, and close the gate `privilege`.
 */
const BROKEN: Readonly<Record<string, Phase | "nothing">> = {
  "auth/milan/approle/role/+ read": "change",
  "auth/milan/approle/role/+ delete": "change",
  "auth/milan/approle/role/… create": "create",
  "auth/milan/approle/role/… read": "plan",
  "auth/milan/approle/role/… update": "change",
  "auth/milan/approle/role/… delete": "destroy",
  "auth/milan/approle/role/+/role-id read": "plan",
  "auth/milan/ci/config read": "plan",
  "auth/milan/ci/config update": "create",
  "auth/milan/ci/role/… create": "create",
  "auth/milan/ci/role/… read": "plan",
  "auth/milan/ci/role/… update": "change",
  "auth/milan/ci/role/… delete": "destroy",
  "auth/milan/…/config read": "plan",
  "auth/milan/…/config update": "create",
  "auth/milan/…/groups/+ read": "plan",
  "auth/milan/…/groups/+ update": "create",
  "auth/milan/…/groups/+ delete": "destroy",
  "auth/token/lookup-self read": "plan",
  "milan/pki/config/auto-tidy read": "plan",
  "milan/pki/config/auto-tidy update": "create",
  "milan/pki/config/crl read": "plan",
  "milan/pki/config/crl update": "create",
  "milan/kv/config read": "plan",
  "milan/kv/config update": "create",
  "milan/pki/config/urls read": "plan",
  "milan/pki/config/urls update": "create",
  "milan/pki/roles/+ read": "change",
  "milan/pki/roles/+ delete": "change",
  "milan/pki/roles/… read": "plan",
  "milan/pki/roles/… update": "create",
  "milan/pki/roles/… delete": "nothing",
  "milan/ssh/config/ca read": "plan",
  "milan/ssh/config/ca update": "create",
  "milan/ssh/roles/+ read": "change",
  "milan/ssh/roles/+ delete": "change",
  "milan/ssh/roles/… read": "plan",
  "milan/ssh/roles/… update": "create",
  "milan/ssh/roles/… delete": "nothing",
  "milan/transit/keys/state read": "plan",
  "milan/transit/keys/state update": "create",
  "milan/transit/keys/state/config update": "create",
  "sys/auth read": "plan",
  "sys/auth/milan/… update": "create",
  "sys/auth/milan/… delete": "destroy",
  "sys/auth/milan/… sudo": "create",
  "sys/mounts read": "plan",
  "sys/mounts/auth/milan/* read": "plan",
  "sys/mounts/auth/milan/* update": "create",
  "sys/mounts/milan/… read": "plan",
  "sys/mounts/milan/… update": "create",
  "sys/mounts/milan/…/tune update": "change",
  "sys/policies/acl/milan-* read": "change",
  "sys/policies/acl/milan-* delete": "change",
  "sys/policies/acl/… read": "plan",
  "sys/policies/acl/… update": "create",
  "sys/policies/acl/… delete": "destroy",
  "sys/policies/password/milan-accounts read": "plan",
  "sys/policies/password/milan-accounts update": "create",
  "sys/policies/password/milan-accounts delete": "destroy",
  "sys/quotas/rate-limit/… read": "plan",
  "sys/quotas/rate-limit/… update": "create",
  "sys/quotas/rate-limit/… delete": "destroy",
};
/** What only the other one of the two providers asks for: 5.6.0 of a lab that builds 3.3.1, and the other way round. */
const OF_OTHERS =
  process.env.POSTAZIONI_TEST_PROVIDERS === undefined
    ? ["auth/token/lookup-self read", "sys/mounts/milan/… read"]
    : ["sys/auth read", "sys/mounts read"];

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

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    editCity(environments, "milan", "  ssh: #", "  stateKey: { rotateEveryDays: 90 }\n  ssh: #");
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
  const token = await lab.session.vault.post("auth/token/create", { policies: ["least"], no_default_policy: true });
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
  lab.edit("milan", "  people: #", "  people:\n    loginMinutes: 30 #");
  for (const gone of Object.values(GONE)) lab.edit("milan", gone, "");
}

/** What the city's file gives CI's role apply now. */
function apply(): readonly PolicyRule[] {
  const found = identities(accessPlan(withSurge(lab.city("milan")))).find(({ id }) => id === "ci:apply");
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
  await lab.session.vault.post("sys/policies/acl/least", { policy: policyDocument(rules) });
}

type Rules = (phase: Phase) => readonly PolicyRule[];

/** What fails first of the phases for want of what was taken; a failure for another reason is an error. */
async function broken(rules: Rules, weakening: Weakening, phases: readonly Phase[]): Promise<Phase | "nothing"> {
  for (const phase of phases) {
    await allow(weakened(rules(phase), weakening));
    audit.denials();
    try {
      await stack.run(phase, login);
    } catch (error) {
      const denied = audit.denials().map(({ path }) => path);
      if (weakening.paths.some((path) => denied.some((refused) => isAbout(path, refused)))) return phase;
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
  for (const weakening of weakenings) {
    const usual = FIRST[weakening.capability ?? ""] ?? [];
    const inTurn = new Set([...usual.filter((phase) => phases.includes(phase)), ...phases]);
    table[weakening.taken] = await broken(rules, weakening, [...inTurn]);
  }
  return table;
}

/** What the policy is while a phase runs: it changes before what it is needed for. */
const applying: Rules = (phase) => (phase === "change" ? after : before);

/** The table as it is with the providers at hand. */
function expected(table: Readonly<Record<string, string>>): Record<string, string> {
  const others = OF_OTHERS.filter((taken) => taken in table).map((taken) => [taken, "nothing"]);
  return { ...table, ...(Object.fromEntries(others) as Record<string, string>) };
}

describe("CI's role apply", () => {
  test("deploys the secrets' stack, finds nothing to change, and destroys all but stores of secrets", async () => {
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
      await stack.run(phase, login);
    }
    expect(await lab.session.vault.list("sys/policies/password")).toEqual([]);
  });

  test("follows a change with the policy that the former file gave it, which changes first", async () => {
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

  test("has no capability without which Vault would refuse nothing", async () => {
    expect(await allBroken(applying, eachCapability(before), PHASES)).toEqual(expected(BROKEN));
  });

  test("has no rule without which Vault would refuse nothing", async () => {
    const table = await allBroken(applying, eachRule(before), PHASES);
    const needless = Object.keys(table).filter((taken) => table[taken] === "nothing");
    const others = expected(Object.fromEntries(Object.keys(BROKEN).map((taken) => [taken, "there"])));
    const only = (rule: string): boolean =>
      Object.entries(others).every(([taken, what]) => !taken.startsWith(`${rule} `) || what === "nothing");
    expect(needless).toEqual(Object.keys(table).filter(only));
  });
});

describe("CI's role plan", () => {
  const rules = planRules("milan");
  const planning: Rules = () => rules;

  test("plans the secrets' stack", async () => {
    await allow(rules);
    await expect(stack.run("plan", login)).resolves.toBeUndefined();
  });

  test("has no capability without which Vault would refuse nothing", async () => {
    expect(rules.flatMap(({ capabilities }) => capabilities)).toEqual(rules.map(() => "read"));
    const weakenings = eachCapability(rules);
    const table = Object.fromEntries(weakenings.map(({ taken }) => [taken, "plan"]));
    expect(await allBroken(planning, weakenings, ["plan"])).toEqual(expected(table));
  });
});
