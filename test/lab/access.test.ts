import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { AccessRequest } from "../../access/evaluation/decision";
import { GATEWAYS } from "../../access/identities/gateway-rules";
import { accessMatrix, matrixPaths } from "../../access/matrix";
import type { EvaluatedIdentity } from "../../access/matrix";
import type { City } from "../../environments/model/city";
import { accessOf } from "../../environments/secrets/access";
import { accessPlan } from "../../environments/secrets/access-plan";
import { withEmergencies } from "../../environments/seats/hosting";
import { loadCities } from "../../environments/load";
import type { DirectoryUser } from "../../lab/directory-entries";
import type { DirectoryServer } from "../../lab/directory-server";
import { REPOSITORY } from "../../runtime/paths";
import type { VaultClient } from "../../vault/client";
import { SOAK } from "../fixtures/soak";
import { statusAs } from "./access-call";
import { startOpenLdapLab } from "./openldap-city";
import { makeKey } from "./ssh-machine";
import type { TestLab } from "./test-lab";

const MINUTE = 60_000;
const FORBIDDEN = 403;
/** So that a matrix that became empty does not pass. */
const AT_LEAST = 800;
const CITIES = ["milan", "catania"];
/** Of calls that are to be refused one of so many is made: all capabilities are compared too. Of others, each. */
const REFUSED = SOAK ? 1 : 3;

jest.setTimeout(5 * MINUTE);

let directory: DirectoryServer;
let lab: TestLab;
let stop: () => Promise<void>;
/** By city and identity. */
let logins: Map<string, VaultClient>;
let sshKey: string;

beforeAll(async () => {
  ({ lab, directory, stop } = await startOpenLdapLab(1, people()));
  await lab.deploy(CITIES.map((city) => `${city}-secrets`));
  await withoutQuotas();
  const tokens = CITIES.flatMap((city) =>
    accessOf(deployed(city)).map(async ({ id, policy }): Promise<[string, VaultClient]> => [
      `${city} ${id}`,
      await login(city, id, policy.name),
    ]),
  );
  logins = new Map(await Promise.all(tokens));
  sshKey = await publicKey();
}, 30 * MINUTE);

afterAll(() => stop(), MINUTE);

/** No client of a city asks as much in a second as these tests. */
async function withoutQuotas(): Promise<void> {
  const { vault } = lab.session;
  for (const name of await vault.list("sys/quotas/rate-limit")) await vault.delete(`sys/quotas/rate-limit/${name}`);
}

/** A person in each team of Milan, one for emergencies, and one in groups of the same names in a unit that others keep. */
function people(): DirectoryUser[] {
  const { people: wanted } = loadCities([join(REPOSITORY, "environments", "milan.yaml")])[0]?.secrets ?? {};
  const teams = (wanted?.teams ?? []).map(({ name, group }) => ({ name, groups: [group] }));
  const all = [...teams.flatMap(({ groups }) => groups), wanted?.breakGlass?.group ?? ""];
  return [...teams, { name: "break-glass", groups: all.slice(-1) }, { name: "delegate", delegated: all }];
}

/** A key that somebody may have signed; its private half is not kept. */
async function publicKey(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "access-test-"));
  try {
    return readFileSync(`${await makeKey(folder, "key")}.pub`, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A city with all its pools, also those of an emergency. */
function deployed(id: string): City {
  const city = withEmergencies(CITIES.map((each) => lab.city(each))).find((candidate) => candidate.city.id === id);
  if (city === undefined) throw new Error(`no city ${id}`);
  return city;
}

/** Vault as somebody asks it who logs in. */
async function login(city: string, id: string, policy: string): Promise<VaultClient> {
  const [kind = "", name = ""] = id.split(":");
  if (kind === "pool") return lab.desktop(city, name);
  if (kind === GATEWAYS) return lab.desktop(city, GATEWAYS);
  return lab.session.vault.as(await token(city, kind, name, policy));
}

async function token(city: string, kind: string, name: string, policy: string): Promise<string> {
  if (kind === "ci") return lab.branchToken(city, name);
  if (city === "milan") return lab.personToken(city, kind === "team" ? "people" : kind, directory, name || kind);
  // No directory stands for Catania's.
  const answer = await lab.session.vault.post("auth/token/create", { policies: [policy], no_default_policy: true });
  return (answer as { auth: { client_token: string } }).auth.client_token;
}

function asIdentity(city: string, { id }: Pick<EvaluatedIdentity, "id">): VaultClient {
  const found = logins.get(`${city} ${id}`);
  if (found === undefined) throw new Error(`${id} of ${city} did not log in`);
  return found;
}

/**
 * Real calls that leave Vault's configuration as it is: reads of everything; signatures; lists, writes, deletions and destructions
 * in the key-value store.
 */
function calls(path: string): AccessRequest[] {
  const read: AccessRequest = { path, operation: "read" };
  const [, part] = /\/kv\/([a-z]+)\//.exec(path) ?? [];
  if (part === "data") {
    const write = { path, parameters: { data: { value: "of a test" } } };
    const wrapped: AccessRequest = { ...read, wrapSeconds: 60 };
    const reasoned: AccessRequest = { ...wrapped, parameters: { reason: "a test" } };
    return [read, wrapped, reasoned, { ...write, operation: "create" }, { path, operation: "delete" }];
  }
  const list: AccessRequest = { path: path.replace(/[^/]*$/, ""), operation: "list" };
  if (part === "metadata") return [read, list, { path, operation: "delete" }];
  if (path.includes("/ssh/sign/")) return [read, { path, operation: "update", parameters: { public_key: sshKey } }];
  if (path.includes("/transit/")) return [read, { path, operation: "update" }];
  if (part === undefined) return [read];
  return [read, { path, operation: "update", parameters: { versions: [1] } }];
}

/** A write of a secret that is there is an update. */
async function asItIs(request: AccessRequest): Promise<AccessRequest> {
  if (request.operation !== "create") return request;
  const there = (await lab.session.vault.get(request.path)) !== undefined;
  return { ...request, operation: there ? "update" : "create" };
}

/** What a person of Milan may do who logs in by a method. */
async function policiesOf(method: string, name: string): Promise<string[]> {
  const token = await lab.personToken("milan", method, directory, name);
  const answer = await lab.session.vault.post("auth/token/lookup", { token });
  return (answer as { data: { policies: string[] } }).data.policies;
}

describe.each(CITIES)("the access matrix of %s", (id) => {
  test("is what the server says of every identity at every path", async () => {
    const city = deployed(id);
    const identities = accessOf(city);
    const paths = matrixPaths(accessPlan(city), identities);
    const differences: unknown[] = [];
    for (const identity of identities) {
      const answer = (await lab.session.vault.post("sys/capabilities", {
        token: asIdentity(id, identity).token,
        paths,
      })) as {
        data: Record<string, string[]>;
      };
      for (const { path, capabilities } of accessMatrix([identity], paths)) {
        const said = [...(answer.data[path] ?? [])].sort();
        if (said.join() !== capabilities.join()) differences.push({ identity: identity.id, path, capabilities, said });
      }
    }
    expect(differences).toEqual([]);
    expect(identities.length * paths.length).toBeGreaterThan(AT_LEAST);
  });

  test("is what happens to whoever logs in and calls", async () => {
    const city = deployed(id);
    const identities = accessOf(city);
    const differences: unknown[] = [];
    let [count, refusals] = [0, 0];
    for (const identity of identities) {
      for (const request of matrixPaths(accessPlan(city), identities).flatMap(calls)) {
        // A login that is given back cannot call again.
        if (request.path === "auth/token/revoke-self") continue;
        const decision = identity.evaluator.decide(await asItIs(request));
        count += 1;
        if (!decision.allowed && (refusals += 1) % REFUSED !== 0) continue;
        const status = await statusAs(asIdentity(id, identity), request);
        if ((status === FORBIDDEN) === decision.allowed)
          differences.push({ identity: identity.id, request, decision, status });
      }
    }
    expect(differences).toEqual([]);
    expect(count).toBeGreaterThan(AT_LEAST);
  });
});

describe("a person of Milan", () => {
  test("who is in no team gets a login that may do nothing", async () => {
    const { dn } = directory.account("help-desk");
    expect(dn).toContain("ou=people");
    const token = await lab.personToken("milan", "break-glass", directory, "help-desk");
    for (const path of ["milan/kv/data/pools/anagrafe/domain-join", "auth/token/lookup-self"]) {
      expect(await statusAs(lab.session.vault.as(token), { path, operation: "read" })).toBe(FORBIDDEN);
    }
  });

  test("who is in groups of the same names in another unit gets nothing of them", async () => {
    expect(await policiesOf("people", "delegate")).toEqual([]);
    expect(await policiesOf("break-glass", "delegate")).toEqual([]);
    expect(await policiesOf("break-glass", "break-glass")).toEqual(["milan-break-glass"]);
  });

  test("does not log in with another's password", async () => {
    const other = directory.account("auditors");
    await expect(lab.login("auth/milan/people/login/help-desk", { password: other.password })).rejects.toThrow("400");
    await expect(lab.login("auth/milan/people/login/help-desk", { password: "" })).rejects.toThrow("400");
  });
});

describe("whoever guesses a person's password", () => {
  test("is locked out after a few wrong ones, at that way to log in alone", async () => {
    const { password } = directory.account("auditors");
    const attempt = (method: string, guess: string): Promise<string> =>
      lab.login(`auth/milan/${method}/login/auditors`, { password: guess });
    for (let guess = 0; guess < 5; guess += 1)
      await expect(attempt("people", `wrong-${String(guess)}`)).rejects.toThrow();
    await expect(attempt("people", password)).rejects.toThrow("403");
    expect(await attempt("break-glass", password)).not.toBe("");
  });
});

describe("a version of a secret", () => {
  const SECRET = "pools/anagrafe/kiosk-of-the-counter";
  const VERSION = { versions: [1] };

  test("is taken out and brought back by a team that writes there, and destroyed by nobody", async () => {
    const team = asIdentity("milan", { id: "team:desktop-team" });
    await team.post(`milan/kv/data/${SECRET}`, { data: { password: "of the kiosk" } });
    await team.post(`milan/kv/delete/${SECRET}`, VERSION);
    expect(await team.get(`milan/kv/data/${SECRET}`)).toBeUndefined();
    await team.post(`milan/kv/undelete/${SECRET}`, VERSION);
    expect(await team.get(`milan/kv/data/${SECRET}`)).toMatchObject({ data: { data: { password: "of the kiosk" } } });
    const destructions: AccessRequest[] = [
      { path: `milan/kv/destroy/${SECRET}`, operation: "update", parameters: VERSION },
      { path: `milan/kv/metadata/${SECRET}`, operation: "delete" },
      { path: `milan/kv/metadata/${SECRET}`, operation: "update", parameters: { max_versions: 1 } },
    ];
    for (const identity of accessOf(deployed("milan"))) {
      for (const request of destructions) {
        expect(await statusAs(asIdentity("milan", identity), request)).toBe(FORBIDDEN);
      }
    }
  });
});

describe("breaking the glass", () => {
  const SECRET = "milan/kv/data/teams/network-team/switches";
  const VALUE = "value-of-the-switches";
  const REASON = "Incident 4711: core switch down";

  test("gives a secret wrapped and with a reason only, and leaves the reason and the opening in the audit log", async () => {
    await lab.session.vault.post(SECRET, { data: { password: VALUE } });
    const token = await lab.personToken("milan", "break-glass", directory, "break-glass");
    const read: AccessRequest = { path: SECRET, operation: "read" };
    const ask = (request: AccessRequest): Promise<number> => statusAs(lab.session.vault.as(token), request);
    expect(await ask(read)).toBe(FORBIDDEN);
    expect(await ask({ ...read, wrapSeconds: 60 })).toBe(FORBIDDEN);
    expect(await ask({ ...read, parameters: { reason: REASON } })).toBe(FORBIDDEN);
    const path = `${SECRET}?reason=${encodeURIComponent(REASON)}`;
    const answer = await lab.session.vault.as(token).getWrapped(path, 60);
    expect(JSON.stringify(answer)).not.toContain(VALUE);
    const { wrap_info } = answer as { wrap_info: { token: string; accessor: string } };
    const opened = await lab.session.vault.as(wrap_info.token).post("sys/wrapping/unwrap");
    expect(opened).toMatchObject({ data: { data: { password: VALUE } } });
    const log = readFileSync(join(lab.session.paths.logs, "vault-audit.log"), "utf8");
    expect(log).toContain(REASON);
    expect(log).toContain("sys/wrapping/unwrap");
    expect(log).not.toContain(VALUE);
  });
});
