import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { applyRules, planRules } from "../../access/identities/ci-rules";
import type { PolicyRule } from "../../access/policy";
import { policyDocument } from "../../access/policy-document";
import { LabSession } from "../../lab/session";
import { AuditLog } from "./audit-log";
import { LifeCycle } from "./life-cycle";
import type { Phase } from "./life-cycle";
import { editCity, TestLab } from "./test-lab";
import { isAbout, withoutCapabilities, withoutRules } from "./weakened-policy";
import type { WeakenedPolicy } from "./weakened-policy";

const MINUTE = 60_000;
const PHASES: readonly Phase[] = ["plan", "create", "change", "destroy"];
/** Where the want of a capability is felt first; where it is not, the other phases are tried. */
const FIRST: Readonly<Record<string, readonly Phase[]>> = {
  create: ["create"],
  update: ["create", "change"],
  sudo: ["create", "destroy"],
  delete: ["destroy"],
};

/** Which phase Vault refuses without each of the capabilities. */
const BROKEN: Readonly<Record<string, Phase>> = {
  "auth/milan/approle/role/+ create": "create",
  "auth/milan/approle/role/+ read": "plan",
  "auth/milan/approle/role/+ update": "change",
  "auth/milan/approle/role/+ delete": "destroy",
  "auth/milan/approle/role/+/role-id read": "plan",
  "auth/milan/ci/config read": "plan",
  "auth/milan/ci/config update": "create",
  "auth/milan/ci/role/+ create": "create",
  "auth/milan/ci/role/+ read": "plan",
  "auth/milan/ci/role/+ update": "change",
  "auth/milan/ci/role/+ delete": "destroy",
  "auth/milan/people/config read": "plan",
  "auth/milan/people/config update": "create",
  "auth/milan/people/groups/+ read": "plan",
  "auth/milan/people/groups/+ update": "create",
  "auth/milan/people/groups/+ delete": "destroy",
  "auth/milan/break-glass/config read": "plan",
  "auth/milan/break-glass/config update": "create",
  "auth/milan/break-glass/groups/+ read": "plan",
  "auth/milan/break-glass/groups/+ update": "create",
  "auth/milan/break-glass/groups/+ delete": "destroy",
  "auth/token/lookup-self read": "plan",
  "milan/pki/config/auto-tidy read": "plan",
  "milan/pki/config/auto-tidy update": "create",
  "milan/pki/config/crl read": "plan",
  "milan/pki/config/crl update": "create",
  "milan/kv/config read": "plan",
  "milan/kv/config update": "create",
  "milan/pki/config/urls read": "plan",
  "milan/pki/config/urls update": "create",
  "milan/pki/roles/* read": "plan",
  "milan/pki/roles/* update": "create",
  "milan/pki/roles/* delete": "destroy",
  "milan/ssh/config/ca read": "plan",
  "milan/ssh/config/ca update": "create",
  "milan/ssh/config/ca delete": "destroy",
  "milan/ssh/roles/+ read": "plan",
  "milan/ssh/roles/+ update": "create",
  "milan/ssh/roles/+ delete": "destroy",
  "milan/transit/keys/state read": "plan",
  "milan/transit/keys/state update": "create",
  "milan/transit/keys/state/config update": "create",
  "sys/auth read": "plan",
  "sys/auth/milan/* update": "create",
  "sys/auth/milan/* delete": "destroy",
  "sys/auth/milan/* sudo": "create",
  "sys/mounts read": "plan",
  "sys/mounts/auth/milan/* read": "plan",
  "sys/mounts/auth/milan/* update": "create",
  "sys/mounts/milan/* read": "plan",
  "sys/mounts/milan/* update": "create",
  "sys/mounts/milan/* delete": "destroy",
  "sys/mounts/milan/transit read": "plan",
  "sys/mounts/milan/transit update": "create",
  "sys/policies/acl/milan-* read": "plan",
  "sys/policies/acl/milan-* update": "create",
  "sys/policies/acl/milan-* delete": "destroy",
  "sys/policies/password/milan-accounts read": "plan",
  "sys/policies/password/milan-accounts update": "create",
  "sys/policies/password/milan-accounts delete": "destroy",
  "sys/quotas/rate-limit/milan-* read": "plan",
  "sys/quotas/rate-limit/milan-* update": "create",
  "sys/quotas/rate-limit/milan-* delete": "destroy",
};
/** Rules that are there to close what a wider one would open: without them nothing is refused. */
const CLOSING = ["sys/mounts/milan/transit"];
/** What only the other one of the two providers asks for: 5.6.0 of a lab that builds 3.3.1, and the other way round. */
const OF_OTHERS =
  process.env.POSTAZIONI_TEST_PROVIDERS === undefined
    ? ["auth/token/lookup-self read", "sys/mounts/milan/* read", "sys/mounts/milan/transit read"]
    : ["sys/auth read", "sys/mounts read"];

jest.setTimeout(15 * MINUTE);

let lab: TestLab;
let stack: LifeCycle;
let audit: AuditLog;
let login: { readonly VAULT_TOKEN: string };

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    editCity(environments, "milan", "  ssh: #", "  stateKey: { rotateEveryDays: 90 }\n  ssh: #");
  });
  const ways = { sweep, release };
  [stack] = (await LifeCycle.of(lab.session, ["milan-secrets"], changeEveryKind, ways)) as [LifeCycle];
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

/** Gives the key of the states up, as an administrator of Vault does: CI may not. */
function release(): Promise<void> {
  return lab.session.vault.delete("sys/mounts/milan/transit");
}

/** Whoever logs in may do this from now on. */
async function allow(rules: readonly PolicyRule[]): Promise<void> {
  await lab.session.vault.post("sys/policies/acl/least", { policy: policyDocument(rules) });
}

/** What fails first of the phases for want of what was taken; a failure for another reason is an error. */
async function broken({ path, rules }: WeakenedPolicy, phases: readonly Phase[]): Promise<Phase | "nothing"> {
  await allow(rules);
  for (const phase of phases) {
    audit.denials();
    try {
      await stack.run(phase, login);
    } catch (error) {
      if (audit.denials().some((denial) => isAbout(path, denial.path))) return phase;
      throw error;
    }
  }
  return "nothing";
}

async function allBroken(
  weakened: readonly WeakenedPolicy[],
  phases: readonly Phase[],
): Promise<Record<string, string>> {
  const table: Record<string, string> = {};
  for (const policy of weakened) {
    const [, capability = ""] = policy.taken.split(" ");
    const inTurn = new Set([...(FIRST[capability] ?? []).filter((phase) => phases.includes(phase)), ...phases]);
    table[policy.taken] = await broken(policy, [...inTurn]);
  }
  return table;
}

/** The table as it is with the providers at hand. */
function expected(table: Readonly<Record<string, string>>): Record<string, string> {
  const others = OF_OTHERS.filter((taken) => taken in table).map((taken) => [taken, "nothing"]);
  return { ...table, ...(Object.fromEntries(others) as Record<string, string>) };
}

describe("CI's role apply", () => {
  test("deploys the secrets' stack with cdktf, finds nothing to change, and destroys it", async () => {
    await allow(applyRules("milan"));
    const variables = { ...lab.session.data.variables, ...login };
    const session = new LabSession({ ...lab.session.data, variables });
    await session.deploy(["milan-secrets"]);
    expect(await session.plan(["milan-secrets"])).toMatchObject([{ result: "unchanged" }]);
    await expect(session.destroy(["milan-secrets"])).rejects.toThrow("403");
    await release();
    await session.destroy(["milan-secrets"]);
    expect(session.deployed()).toEqual([]);
  });

  test("follows a change of the city's file", async () => {
    await allow(applyRules("milan"));
    for (const phase of ["create", "plan", "change", "destroy"] as const) await stack.run(phase, login);
    expect(await lab.session.vault.list("sys/policies/password")).toEqual([]);
  });

  test("has no capability without which Vault would refuse nothing", async () => {
    expect(await allBroken(withoutCapabilities(applyRules("milan")), PHASES)).toEqual(expected(BROKEN));
  });

  test("has no rule without which Vault would refuse nothing", async () => {
    const table = await allBroken(withoutRules(applyRules("milan")), PHASES);
    const needless = Object.keys(table).filter((taken) => table[taken] === "nothing");
    expect(needless).toEqual([...CLOSING, ...OF_OTHERS.filter((taken) => !taken.includes(" "))].sort());
  });
});

describe("CI's role plan", () => {
  test("plans the secrets' stack", async () => {
    await allow(planRules("milan"));
    await expect(stack.run("plan", login)).resolves.toBeUndefined();
  });

  test("has no capability without which Vault would refuse nothing", async () => {
    const rules = planRules("milan");
    expect(rules.flatMap(({ capabilities }) => capabilities)).toEqual(rules.map(() => "read"));
    const table = Object.fromEntries(rules.map(({ path }) => [`${path} read`, "plan"]));
    expect(await allBroken(withoutCapabilities(rules), ["plan"])).toEqual(expected(table));
  });
});
