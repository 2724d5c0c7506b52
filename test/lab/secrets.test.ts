import { request } from "node:http";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { VaultClient, VaultError } from "../../vault/client";
import { installLabAuthority } from "./lab-authority";
import { planChanges } from "./plan-changes";
import { seenFrom } from "./seen-from";
import { editCity, TestLab } from "./test-lab";

const CANARY = "canary-value-that-only-the-pool-may-read";
const SECOND = 1000;
const MINUTE = 60_000;

// Logins and plans take their time where another lab is at work.
jest.setTimeout(MINUTE);

/** A pool of Catania's that leaves the file in the last test. */
const GIVEN_UP = `  - name: prova
    code: prv
    directorate: sistemi-informativi
    workstation: light
    imageVersion: "2026.11"
    seats: 1
    assignment: floating
    cluster: catania-vdi-b
    segment: desktops-remoto
`;

interface Issued {
  readonly data: { readonly secret_id: string; readonly secret_id_accessor: string };
}

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    editCity(environments, "catania", "\nnetwork:\n", `${GIVEN_UP}\nnetwork:\n`);
  });
  await lab.deploy(["milan-secrets", "catania-secrets"]);
  await installLabAuthority(lab, "milan");
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** HTTP's status of an empty login that comes from an address of this machine. */
function statusFrom(localAddress: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const login = request(url, { method: "POST", localAddress }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    login.on("error", reject).end("{}");
  });
}

describe("secrets", () => {
  test("are read by the desktops of their pool and by no other pool or city", async () => {
    const path = "milan/kv/data/pools/anagrafe/domain-join";
    await lab.session.vault.post(path, { data: { password: CANARY } });
    const own = await lab.desktop("milan", "anagrafe");
    expect(await own.get(path)).toMatchObject({ data: { data: { password: CANARY } } });
    for (const [city, pool] of [
      ["milan", "tecnica"],
      ["catania", "anagrafe"],
    ] as const) {
      const stranger = await lab.desktop(city, pool);
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
    const desktop = await lab.desktop("milan", "anagrafe");
    const { domain = "" } = lab.city("milan").city;
    const issue = (name: string, role = "anagrafe_00") =>
      desktop.post(`milan/pki/issue/${role}`, { common_name: name, ttl: "1h" });
    const certificate = { data: { certificate: expect.stringContaining("BEGIN CERTIFICATE") } };
    expect(await issue(`mi-ana-0001.${domain}`)).toMatchObject(certificate);
    expect(await issue(`mi-ana-0250.${domain}`, "anagrafe_02")).toMatchObject(certificate);
    await expect(issue(`mi-ana-0251.${domain}`, "anagrafe_02")).rejects.toThrow("400");
    for (const name of [
      ...["mi-tec-0001", "mi-ana-0251", "mi-ana-1", "mi-ana-a.b", "mi-ana-0001.b", "a.mi-ana-0001"],
      ...["*", "mi-ana-*", "*.mi-ana-0001", "mi-ana-0001.*", "mi-*-0001", "x@mi-ana-0001"],
    ]) {
      await expect(issue(`${name}.${domain}`)).rejects.toThrow(/40[03]/);
    }
    for (const name of [domain, `.${domain}`, "*", "mi-ana-0001", "mi-ana-0001.elsewhere.example"]) {
      await expect(issue(name)).rejects.toThrow(/40[03]/);
    }
    const other = { common_name: `mi-ana-0001.${domain}`, alt_names: `x@mi-ana-0002.${domain}` };
    await expect(desktop.post("milan/pki/issue/anagrafe_00", other)).rejects.toThrow("403");
    await expect(issue(`mi-tec-0001.${domain}`, "tecnica_00")).rejects.toThrow("403");
  });

  test("come with certificates whose role alone, asked by who may do all, allows no wildcard and no further dot", async () => {
    const { domain = "" } = lab.city("milan").city;
    for (const role of ["anagrafe_00", "gateways"]) {
      const { data } = (await lab.session.vault.get(`milan/pki/roles/${role}`)) as {
        data: { allowed_domains: string[] };
      };
      const [host = ""] = data.allowed_domains;
      const issue = (name: string) =>
        lab.session.vault.post(`milan/pki/issue/${role}`, { common_name: name, ttl: "1h" });
      expect(await issue(host)).toMatchObject({ data: { certificate: expect.any(String) } });
      const label = host.replace(`.${domain}`, "");
      for (const name of ["*", `${label}*`, `*.${label}`, `a.${label}`, `${label}.b`, `${label}-a.b`]) {
        await expect(issue(`${name}.${domain}`)).rejects.toThrow("400");
      }
    }
  });

  test("are not asked for by a flood at one login method, which leaves the others and the other city in peace", async () => {
    const { ci, desktops } = lab.city("milan").secrets.requestsPerSecond;
    expect(ci).toBeLessThan(desktops);
    const attempt = (): Promise<unknown> =>
      lab.login("auth/milan/ci/login", { role: "plan", jwt: "not.a.token" }).catch((error: unknown) => error);
    const flood = Promise.all(Array.from({ length: 4 * ci }, attempt));
    const others = [
      lab.desktop("milan", "anagrafe"),
      lab.branchToken("catania", "plan"),
      lab.desktop("catania", "anagrafe"),
    ];
    expect((await Promise.all(others)).every((login) => login !== "")).toBe(true);
    const refused = (await flood).map((error) => (error as VaultError).status);
    expect(new Set(refused)).toEqual(new Set([400, 429]));
    expect(await statusFrom("127.0.0.2", `${lab.session.vault.address}/v1/auth/milan/ci/login`)).toBe(400);
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
    expect((await lab.desktop("milan", "anagrafe")).token).toBeDefined();
  });

  test("stay closed to CI, whose plan role can plan the secrets' stack all the same", async () => {
    const token = await lab.branchToken("milan", "plan");
    expect((await planChanges(lab.session, "milan-secrets", { VAULT_TOKEN: token })).changes).toEqual([]);
    await expect(lab.session.vault.as(token).get("milan/kv/data/pools/anagrafe/domain-join")).rejects.toThrow("403");
    await expect(lab.session.vault.as(token).post("sys/policies/acl/milan-ci-plan", { policy: "" })).rejects.toThrow(
      "403",
    );
  });

  test("stay closed to CI's apply role too, which can plan their stack", async () => {
    const token = await lab.branchToken("milan", "apply");
    expect((await planChanges(lab.session, "milan-secrets", { VAULT_TOKEN: token })).changes).toEqual([]);
    await expect(lab.session.vault.as(token).get("milan/kv/data/pools/anagrafe/domain-join")).rejects.toThrow("403");
  });
});

describe("the identity of a pool that leaves the file", () => {
  const ROLE = "auth/catania/approle/role/prova";
  const SECRET = "catania/kv/data/pools/prova/kiosk";

  test("is worth nothing after the deployment that removes it: tokens, unused secret ids, wrapped ones", async () => {
    const { vault } = lab.session;
    await vault.post(SECRET, { data: { password: CANARY } });
    const desktop = await lab.desktop("catania", "prova");
    const { token } = desktop;
    expect(await desktop.get(SECRET)).toMatchObject({ data: { data: { password: CANARY } } });
    const { data: role } = (await vault.get(`${ROLE}/role-id`)) as { data: { role_id: string } };
    const issued = (await vault.post(`${ROLE}/secret-id`)) as Issued;
    const { wrap_info } = (await vault.postWrapped(`${ROLE}/secret-id`, {}, 600)) as { wrap_info: { token: string } };
    lab.edit("catania", GIVEN_UP, "");
    await lab.deploy(["catania-secrets"]);
    // Vault keeps the token until its time is over; its policy is gone, and with it all that it could do.
    expect(await vault.post("auth/token/lookup", { token })).toMatchObject({
      data: { policies: ["catania-pool-prova"] },
    });
    for (const path of [SECRET, "auth/token/lookup-self"]) {
      await expect(desktop.get(path)).rejects.toThrow("403");
    }
    const opened = (await vault.as(wrap_info.token).post("sys/wrapping/unwrap")) as Issued;
    for (const { secret_id } of [issued.data, opened.data]) {
      await expect(lab.login("auth/catania/approle/login", { ...role, secret_id })).rejects.toThrow("400");
    }
  });
});

describe("whoever steals what a desktop logs in with", () => {
  const ROLE = "auth/milan/approle/role/anagrafe";
  const SECRET = "milan/kv/data/pools/anagrafe/domain-join";

  /** Addresses from which no desktop of the pool asks: another pool's, the administrators', one outside, another family's. */
  async function elsewhere(): Promise<VaultClient[]> {
    const vault = lab.session.vault.as(undefined);
    const tecnica = await lab.machineAddress("milan", "tecnica");
    return [vault, ...[tecnica, "10.20.250.5", "203.0.113.9", "fd21:6110:80::9"].map((each) => seenFrom(vault, each))];
  }

  test("cannot log in with a secret id from another address, where the pool's segment can", async () => {
    const { vault } = lab.session;
    const { data: role } = (await vault.get(`${ROLE}/role-id`)) as { data: { role_id: string } };
    const login = async (client: VaultClient): Promise<unknown> => {
      const { data } = (await vault.post(`${ROLE}/secret-id`)) as Issued;
      return client.post("auth/milan/approle/login", { role_id: role.role_id, secret_id: data.secret_id });
    };
    for (const thief of await elsewhere()) await expect(login(thief)).rejects.toThrow("400");
    const own = seenFrom(vault.as(undefined), await lab.machineAddress("milan", "anagrafe"));
    expect(await login(own)).toHaveProperty("auth.client_token");
  });

  test("cannot have a secret id bound to less than its role is", async () => {
    const wide = { cidr_list: "0.0.0.0/0", token_bound_cidrs: "0.0.0.0/0" };
    await expect(lab.session.vault.post(`${ROLE}/secret-id`, wide)).rejects.toThrow("subset");
  });

  test("cannot use a token from another address", async () => {
    await lab.session.vault.post(SECRET, { data: { password: CANARY } });
    const desktop = await lab.desktop("milan", "anagrafe");
    expect(await desktop.get(SECRET)).toMatchObject({ data: { data: { password: CANARY } } });
    for (const thief of await elsewhere()) await expect(thief.as(desktop.token).get(SECRET)).rejects.toThrow("403");
  });

  test("finds IPv6 bound where the segment has it, and gateways to their own addresses", async () => {
    const ranges = async (role: string): Promise<string[]> => {
      const answer = await lab.session.vault.get(`auth/milan/approle/role/${role}`);
      return (answer as { data: { token_bound_cidrs: string[] } }).data.token_bound_cidrs.sort();
    };
    expect(await ranges("sala-operativa")).toEqual(["10.21.80.0/26", "fd21:6110:80::/64"]);
    const lengths = (await ranges("gateways")).map((range) => range.split("/")[1]);
    expect(new Set(lengths)).toEqual(new Set(["31", "127"]));
  });

  test("finds logins bound to the single address of a load balancer, as the file says it, and no plan changes it", async () => {
    const [own, neighbour] = ["192.0.2.7", "192.0.2.6"];
    lab.edit("catania", "\nsecrets:\n", `\nsecrets:\n  machinesSeenFrom: [${own}/32, "2001:db8::7/128"]\n`);
    await lab.deploy(["catania-secrets"]);
    expect((await planChanges(lab.session, "catania-secrets")).changes).toEqual([]);
    const secret = "catania/kv/data/pools/anagrafe/domain-join";
    await lab.session.vault.post(secret, { data: { password: CANARY } });
    const desktop = await lab.desktop("catania", "anagrafe");
    expect(await seenFrom(desktop, own).get(secret)).toMatchObject({ data: { data: { password: CANARY } } });
    await expect(seenFrom(desktop, neighbour).get(secret)).rejects.toThrow("403");
  });
});

describe("the identity of a seat that is retired before it logged in", () => {
  test("is destroyed by its accessor, without those of other seats", async () => {
    const { vault } = lab.session;
    const role = "auth/milan/approle/role/anagrafe";
    const { data: id } = (await vault.get(`${role}/role-id`)) as { data: { role_id: string } };
    const issue = async (seat: string): Promise<Issued["data"]> =>
      ((await vault.post(`${role}/secret-id`, { metadata: JSON.stringify({ seat }) })) as Issued).data;
    const [retired, other] = [await issue("mi-ana-0001"), await issue("mi-ana-0002")];
    const accessor = { secret_id_accessor: retired.secret_id_accessor };
    expect(await vault.post(`${role}/secret-id-accessor/lookup`, accessor)).toMatchObject({
      data: { metadata: { seat: "mi-ana-0001" } },
    });
    await vault.post(`${role}/secret-id-accessor/destroy`, accessor);
    const machine = seenFrom(vault.as(undefined), await lab.machineAddress("milan", "anagrafe"));
    const login = (secret_id: string): Promise<unknown> =>
      machine.post("auth/milan/approle/login", { ...id, secret_id });
    await expect(login(retired.secret_id)).rejects.toThrow("400");
    expect(await login(other.secret_id)).toHaveProperty("auth.client_token");
    // Used up with the login: a seat that has logged in has no secret id in Vault any more.
    const accessors = await vault.list(`${role}/secret-id`);
    for (const one of [retired, other]) expect(accessors).not.toContain(one.secret_id_accessor);
  });
});
