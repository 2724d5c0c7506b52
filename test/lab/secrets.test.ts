import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { VaultError } from "../../lab/vault-client";
import { planChanges } from "./plan-changes";
import { TestLab } from "./test-lab";

const CANARY = "canary-value-that-only-the-pool-may-read";
const SECOND = 1000;
const MINUTE = 60_000;

// Logins and plans take their time where another lab is at work.
jest.setTimeout(MINUTE);

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1);
  await lab.session.deploy(["milan-secrets", "catania-secrets"]);
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

describe("secrets", () => {
  const REPOSITORY_CLAIMS = () => ({ project_path: lab.city("milan").secrets.ci.repository });
  const BRANCH_CLAIMS = () => ({
    ...REPOSITORY_CLAIMS(),
    ref: lab.city("milan").secrets.ci.branch,
    ref_type: "branch",
    ref_protected: "true",
  });

  test("are read by the desktops of their pool and by no other pool or city", async () => {
    const path = "milan/kv/data/pools/anagrafe/domain-join";
    await lab.session.vault.post(path, { data: { password: CANARY } });
    const own = lab.session.vault.as(await lab.desktopToken("milan", "anagrafe"));
    expect(await own.get(path)).toMatchObject({ data: { data: { password: CANARY } } });
    for (const [city, pool] of [
      ["milan", "tecnica"],
      ["catania", "anagrafe"],
    ] as const) {
      const stranger = lab.session.vault.as(await lab.desktopToken(city, pool));
      await expect(stranger.get(path)).rejects.toThrow("403");
    }
  });

  test("are kept in as many versions as the file says: the next one destroys the first for good", async () => {
    const path = "milan/kv/data/pools/anagrafe/renewed-often";
    const keep = lab.city("milan").secrets.versions.keep;
    for (let version = 1; version <= keep; version += 1) await lab.session.vault.post(path, { data: { version } });
    expect(await lab.session.vault.get(`${path}?version=1`)).toMatchObject({ data: { data: { version: 1 } } });
    await lab.session.vault.post(path, { data: { version: keep + 1 } });
    expect(await lab.session.vault.get(`${path}?version=1`)).toBeUndefined();
    expect(await lab.session.vault.get(`${path}?version=2`)).toMatchObject({ data: { data: { version: 2 } } });
  });

  test("come with certificates for hosts of the pool only", async () => {
    const desktop = lab.session.vault.as(await lab.desktopToken("milan", "anagrafe"));
    const { domain } = lab.city("milan").city;
    const issue = (name: string, role = "anagrafe") =>
      desktop.post(`milan/pki/issue/${role}`, { common_name: name, ttl: "1h" });
    const certificate = { data: { certificate: expect.stringContaining("BEGIN CERTIFICATE") } };
    expect(await issue(`mi-ana-0001.${domain}`)).toMatchObject(certificate);
    for (const name of [
      `mi-tec-0001.${domain}`,
      `*.${domain}`,
      `*.mi-ana-0001.${domain}`,
      domain,
      "mi-ana-0001.elsewhere.example",
    ]) {
      await expect(issue(name)).rejects.toThrow("400");
    }
    await expect(issue(`mi-tec-0001.${domain}`, "tecnica")).rejects.toThrow("403");
  });

  test("are not asked for by a flood at one login method, which leaves the others and the other city in peace", async () => {
    const { ci, desktops } = lab.city("milan").secrets.requestsPerSecond;
    expect(ci).toBeLessThan(desktops);
    const attempt = (): Promise<unknown> =>
      lab.login("auth/milan/ci/login", { role: "plan", jwt: "not.a.token" }).catch((error: unknown) => error);
    const flood = Promise.all(Array.from({ length: 4 * ci }, attempt));
    const others = [
      lab.desktopToken("milan", "anagrafe"),
      lab.branchToken("catania", "plan"),
      lab.desktopToken("catania", "anagrafe"),
    ];
    expect((await Promise.all(others)).every((token) => token !== "")).toBe(true);
    const refused = (await flood).map((error) => (error as VaultError).status);
    expect(new Set(refused)).toEqual(new Set([400, 429]));
    // A second later the flood is forgotten.
    await setTimeout(SECOND);
    expect(await lab.branchToken("milan", "plan")).not.toBe("");
  });

  test("are not closed to a pool by whoever logs in with wrong secret ids", async () => {
    const { data } = (await lab.session.vault.get("auth/milan/approle/role/anagrafe/role-id")) as {
      data: { role_id: string };
    };
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const wrong = { role_id: data.role_id, secret_id: `wrong-${String(attempt)}` };
      await expect(lab.login("auth/milan/approle/login", wrong)).rejects.toThrow("400");
    }
    expect(await lab.desktopToken("milan", "anagrafe")).not.toBe("");
  });

  test("stay closed to CI, whose plan role can plan the secrets' stack all the same", async () => {
    const token = await lab.ciLogin("milan", "plan", REPOSITORY_CLAIMS());
    expect((await planChanges(lab.session, "milan-secrets", { VAULT_TOKEN: token })).changes).toEqual([]);
    await expect(lab.session.vault.as(token).get("milan/kv/data/pools/anagrafe/domain-join")).rejects.toThrow("403");
    await expect(lab.session.vault.as(token).post("sys/policies/acl/milan-ci-plan", { policy: "" })).rejects.toThrow(
      "403",
    );
  });

  test("can be reached by CI's apply role from the protected branch of the repository only", async () => {
    const token = await lab.ciLogin("milan", "apply", BRANCH_CLAIMS());
    expect((await planChanges(lab.session, "milan-secrets", { VAULT_TOKEN: token })).changes).toEqual([]);
    await expect(lab.session.vault.as(token).get("milan/kv/data/pools/anagrafe/domain-join")).rejects.toThrow("403");
    for (const wrong of [{ ref: "feature" }, { ref_protected: "false" }, { project_path: "someone/else" }]) {
      await expect(lab.ciLogin("milan", "apply", { ...BRANCH_CLAIMS(), ...wrong })).rejects.toThrow("400");
    }
    await expect(lab.ciLogin("milan", "plan", { project_path: "someone/else" })).rejects.toThrow("400");
  });
});
