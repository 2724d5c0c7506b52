import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Operation } from "../../access/evaluation/decision";
import { PolicyEvaluator } from "../../access/evaluation/evaluate";
import { identities } from "../../access/identities/identities";
import { matrixPaths } from "../../access/matrix";
import { accessPlan } from "../../environments/secrets/access-plan";
import { VaultRoles } from "../../secrets/vault-roles";
import { deployed } from "../fixtures/deployed";
import { statusAs } from "../lab/access-call";
import { seenFrom } from "../lab/seen-from";
import { editCity, TestLab } from "../lab/test-lab";
import { typeSecrets } from "../lab/typed-command";

const MINUTE = 60_000;
const SERVER = "https://vault.regione.example:8200";
const CITIES = ["milan", "catania"] as const;
const JOBS = ["ci:plan", "ci:apply", "ci:first-secrets", "ci:secrets"];
const OPERATIONS: readonly Operation[] = ["create", "read", "update", "patch", "delete", "list", "scan"];
/** What a policy can say at most. */
const WIDEST = 'path "*" { capabilities = ["create", "read", "update", "patch", "delete", "list", "scan", "sudo"] }';
/** Of every namespace's own, and of every token's. */
const COMMON = /^(?:sys\/(?:mounts|auth|audit)$|auth\/token\/)/;

type CityId = (typeof CITIES)[number];

jest.setTimeout(15 * MINUTE);

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    for (const city of CITIES) {
      const vault = /vault: \{ address: "[^"]+" \}/;
      editCity(environments, city, vault, `vault: { address: "${SERVER}", namespace: cities/${city} }`);
    }
  });
  await lab.deploy(CITIES.map((city) => `${city}-secrets`));
}, 20 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

function planOf(city: CityId) {
  const plan = accessPlan(deployed(lab.city(city)));
  const found = identities(plan).map(({ id, policy }) => ({ id, policy, evaluator: new PolicyEvaluator([policy]) }));
  return { found, paths: matrixPaths(plan, found).filter((path) => !COMMON.test(path)) };
}

/** What a city's role `apply` can make of itself: a login that may do all that a policy can say. */
async function widest(city: CityId): Promise<string> {
  const vault = lab.session.vaultOf(city);
  const apply = vault.as(await lab.branchToken(city, "apply"));
  await apply.post(`sys/policies/acl/${city}-ci-apply`, { policy: WIDEST });
  const role = `auth/${city}/approle/role/thief`;
  await apply.post(role, { token_policies: [`${city}-ci-apply`] });
  const { data: id } = (await apply.get(`${role}/role-id`)) as { data: { role_id: string } };
  const { data: secret } = (await apply.post(`${role}/secret-id`)) as { data: { secret_id: string } };
  return lab.login(`auth/${city}/approle/login`, { role_id: id.role_id, secret_id: secret.secret_id }, vault);
}

/** Every way to say a path of another namespace: in the path, by the header, and as if it lay in one's own. */
function waysInto(other: CityId, city: CityId, path: string): (readonly [path: string, namespace?: string])[] {
  return [
    [`cities/${other}/${path}`],
    [path, `cities/${other}`],
    [`${other}/${path}`, "cities"],
    [`cities/${city}/cities/${other}/${path}`],
  ];
}

describe("a city in a namespace", () => {
  test("gives its machines their first secret there, as their script opens it", async () => {
    const vault = lab.session.vaultOf("milan");
    const first = vault.as(await lab.branchToken("milan", "first-secrets"));
    const roles = new VaultRoles(first, "milan");
    const { token } = await roles.issue("anagrafe", "mi-ana-0001", 60);
    const machine = seenFrom(vault.as(undefined), await lab.machineAddress("milan", "anagrafe"));
    const path = "auth/milan/approle/role/anagrafe/secret-id";
    expect(await machine.post("sys/wrapping/lookup", { token })).toMatchObject({ data: { creation_path: path } });
    const { data } = (await machine.as(token).post("sys/wrapping/unwrap")) as { data: { secret_id: string } };
    const login = { role_id: await roles.roleId("anagrafe"), secret_id: data.secret_id };
    expect(await lab.login("auth/milan/approle/login", login, machine)).not.toBe("");
    await expect(lab.login("auth/milan/approle/login", login)).rejects.toThrow(/40[034]/);
  });

  test("is asked there by the commands that look after its secrets, which say nothing of the server's audit log", async () => {
    const { code, told } = await typeSecrets(lab, ["status", "milan"]);
    expect({ code, told }).toEqual({ code: 1, told: expect.stringMatching(/^authority: missing$/m) });
    expect(told).not.toMatch(/audit|refused|40\d/);
  });
});

/** A city, and the other. */
const PAIRS: readonly (readonly [CityId, CityId])[] = [
  ["milan", "catania"],
  ["catania", "milan"],
];

describe.each(PAIRS)("on one server, CI of %s", (city, other) => {
  test("names, by its policies, no path of the other city", () => {
    const { paths } = planOf(other);
    const jobs = planOf(city).found.filter(({ id }) => JOBS.includes(id));
    expect(jobs).toHaveLength(JOBS.length);
    const allowed = jobs.flatMap(({ id, evaluator }) =>
      paths.flatMap((path) =>
        OPERATIONS.filter((operation) => evaluator.decide({ path, operation, wrapSeconds: 60 }).allowed).map(
          (operation) => `${id} ${operation} ${path}`,
        ),
      ),
    );
    expect(allowed).toEqual([]);
  });

  test("reaches nothing of the other city, whatever policy it writes and binds", async () => {
    const token = await widest(city);
    const client = lab.session.vault.as(token);
    const ask = (path: string, operation: Operation, namespace?: string): Promise<number> =>
      statusAs(client, { path, operation }, namespace);
    // It may do all at home, or the other answers would say nothing.
    expect(await ask(`cities/${city}/sys/mounts`, "read")).toBe(200);
    const paths = [...planOf(other).paths, "sys/mounts", "sys/auth", `sys/mounts/${other}/kv`];
    const above = ["sys/mounts", "sys/namespaces/cities", "cities/sys/mounts", `cities/sys/namespaces/${other}`];
    const ways = [...paths.flatMap((path) => waysInto(other, city, path)), ...above.map((path) => [path] as const)];
    const answered: string[] = [];
    let calls = 0;
    for (const [path, namespace] of ways) {
      for (const operation of OPERATIONS) {
        calls += 1;
        const status = await ask(path, operation, namespace);
        if (status < 400) answered.push(`${operation} ${namespace ?? ""} ${path}: ${String(status)}`);
      }
    }
    expect(answered).toEqual([]);
    process.stderr.write(`${city} into ${other}: ${String(calls)} calls, ${String(answered.length)} allowed\n`);
    const store = await lab.session.vaultOf(other).get(`sys/mounts/${other}/kv`);
    expect(store).toMatchObject({ data: { type: "kv" } });
  });
});
