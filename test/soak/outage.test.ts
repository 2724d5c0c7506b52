import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { synthesizeLab } from "../../cli/lab-synthesis";
import type { CommandError } from "../../runtime/errors";
import { LabSession } from "../../lab/session";
import { planChanges, terraform } from "../lab/plan-changes";
import { TestLab } from "../lab/test-lab";
import { eventually } from "../fixtures/eventually";

const STACK = "milan-secrets";
const APPLY = ["apply", "-auto-approve", "-input=false", "-lock=false", "-no-color"];
const MINUTE = 60_000;
const POLL_MS = 10;
/** By itself the provider asks twice again, seconds later, for each resource that is left. */
const AT_ONCE = { VAULT_MAX_RETRIES: "0" };
/** OpenBao's unseal key, as hexadecimal digits. */
const KEY = /^[0-9a-f]{64}$/;

jest.setTimeout(3 * MINUTE);

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1);
  await synthesizeLab(unprotected());
  await terraform(lab.session, STACK, ["init", "-input=false"]);
}, 30 * MINUTE);

afterAll(() => lab.stop(), MINUTE);

/** The lab, with stacks whose stores may be destroyed, as each test begins with none. */
function unprotected(): LabSession {
  const variables = { ...lab.session.data.variables, ...AT_ONCE, POSTAZIONI_TEARDOWN: "true" };
  return new LabSession({ ...lab.session.data, variables });
}

interface Login {
  readonly VAULT_TOKEN: string;
}

/** A login that may do everything, as long as its parent does. */
async function login(ttl: string): Promise<Login & { readonly revokeParent: () => Promise<void> }> {
  const { vault } = lab.session;
  const create = async (parent: string | undefined): Promise<string> => {
    const body = { policies: ["root"], ttl, explicit_max_ttl: ttl };
    const answer = await (parent === undefined ? vault : vault.as(parent)).post("auth/token/create", body);
    return (answer as { auth: { client_token: string } }).auth.client_token;
  };
  const parent = await create(undefined);
  const revokeParent = async (): Promise<void> => {
    await vault.post("auth/token/revoke", { token: parent });
  };
  return { VAULT_TOKEN: await create(parent), revokeParent };
}

function apply(token: Partial<Login> = {}): Promise<string> {
  return terraform(lab.session, STACK, APPLY, token);
}

/** What an apply says that something comes in between of, once its first policies are there. */
async function disturbed(disturb: () => Promise<unknown>, token: Partial<Login> = {}): Promise<string> {
  // One after the other, so that there is something left to be disturbed.
  const told = terraform(lab.session, STACK, [...APPLY, "-parallelism=1"], { ...AT_ONCE, ...token }).then(
    () => "nothing came in between",
    (error: unknown) => (error as Error).message,
  );
  const hasBegun = async (): Promise<boolean> =>
    (await lab.session.vault.list("sys/policies/acl")).some((name) => name.startsWith("milan-"));
  await eventually(hasBegun, POLL_MS);
  await disturb();
  return told;
}

async function unseal(): Promise<void> {
  const key = lab.session.secrets.find((secret) => KEY.test(secret));
  await lab.session.vault.post("sys/unseal", { key });
  await eventually(async () => (await lab.session.vault.get("sys/mounts").catch(() => undefined)) !== undefined);
}

/** How many resources the state has: what is half written is no JSON. */
function resourcesOfState(): number {
  const state = readFileSync(join(lab.session.paths.state, `${STACK}.tfstate`), "utf8");
  return (JSON.parse(state) as { resources: unknown[] }).resources.length;
}

async function expectMended(): Promise<void> {
  await apply();
  expect((await planChanges(lab.session, STACK)).changes).toEqual([]);
}

describe("an apply that something comes in between of leaves a state that the next one mends:", () => {
  beforeEach(async () => {
    await terraform(lab.session, STACK, ["destroy", "-auto-approve", "-input=false", "-lock=false", "-no-color"]);
  });

  test("Vault is sealed meanwhile", async () => {
    const told = await disturbed(() => lab.session.vault.post("sys/seal"));
    expect(told).toContain("Vault is sealed");
    expect(resourcesOfState()).toBeGreaterThan(0);
    await unseal();
    await expectMended();
  });

  test("Vault was sealed before", async () => {
    await lab.session.vault.post("sys/seal");
    const failure: unknown = await unprotected()
      .deploy([STACK])
      .catch((error: unknown) => error);
    expect((failure as CommandError).tail.join("\n")).toContain("Vault is sealed");
    expect(resourcesOfState()).toBe(0);
    await unseal();
    await expectMended();
  });

  test("the login's parent is revoked meanwhile, and its leases with it", async () => {
    const { revokeParent, ...token } = await login("10m");
    const told = await disturbed(revokeParent, token);
    expect(told).toContain("permission denied");
    expect(resourcesOfState()).toBeGreaterThan(0);
    await expectMended();
  });

  test("the login ends before it is done", async () => {
    const { VAULT_TOKEN } = await login("2s");
    // Terraform itself takes longer to start than what is left then.
    await setTimeout(1500);
    await expect(apply({ VAULT_TOKEN })).rejects.toThrow("permission denied");
    await expectMended();
  });
});
