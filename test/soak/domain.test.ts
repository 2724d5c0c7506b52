import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { PeopleIdentity } from "../../constructs/secrets/people-identity";
import { REPOSITORY } from "../../runtime/paths";
import { initializeAccounts, rotateAccounts } from "../../secrets/accounts";
import { GUESTINFO_KEYS } from "../../secrets/guestinfo";
import { VaultRoles } from "../../secrets/vault-roles";
import { putVmwareTools } from "../boot/programs";
import { ActiveDirectory } from "../fixtures/active-directory";
import { edited } from "../fixtures/city-edits";
import { copyAssignments, MILAN } from "../fixtures/city-files";
import { endOf, startCommand } from "../fixtures/command";
import type { Ended } from "../fixtures/command";
import { synthesize } from "../fixtures/synthesized";
import { TestVault } from "../lab/test-vault";

const MINUTE = 60_000;
const UNIT = "OU=Anagrafe,OU=Postazioni";
const [MANAGER, JOINER, PERSON, GROUP] = ["svc-vault", "svc-join-anagrafe", "m.rossi", "vdi-helpdesk"] as const;
const MOUNT = "milan/directory";
const ACCOUNT = `${MOUNT}/static-cred/join-anagrafe`;
/** More than the ten that a user without delegated rights may join. */
const JOINS = 12;
const RESET_PASSWORD = "00299570-246d-11d0-a768-00aa006e0529";

jest.setTimeout(5 * MINUTE);

const folder = mkdtempSync(join(tmpdir(), "domain-test-"));
let directory: ActiveDirectory;
let vault: TestVault;
let unit: string;
let managersPassword: string;

beforeAll(async () => {
  directory = await ActiveDirectory.start(["OU=Postazioni", UNIT]);
  unit = `${UNIT},${directory.base}`;
  await directory.withoutQuota();
  managersPassword = await directory.addUser(MANAGER);
  await directory.addUser(JOINER);
  await directory.delegate(JOINER, UNIT);
  for (const account of [MANAGER, JOINER])
    await directory.permit(MANAGER, directory.userDn(account), `(OA;;CR;${RESET_PASSWORD};;SID)`);
  vault = await TestVault.start();
  await directory.letIn(Number(new URL(vault.address).port));
  await prepareVault();
}, 10 * MINUTE);

afterAll(async () => {
  await vault.stop();
  await directory.stop();
  rmSync(folder, { recursive: true });
}, MINUTE);

/** What milan-secrets deploys of it. */
async function prepareVault(): Promise<void> {
  const { root } = vault;
  await root.post(`sys/mounts/${MOUNT}`, { type: "ldap" });
  const rules = 'length = 24\nrule "charset" { charset = "abcdefghijkmnpqrstuvwxyz" min-chars = 4 }';
  const more =
    'rule "charset" { charset = "ABCDEFGHJKLMNPQRSTUVWXYZ" min-chars = 4 }\nrule "charset" { charset = "23456789" min-chars = 4 }';
  await root.post("sys/policies/password/milan", { policy: `${rules}\n${more}` });
  await root.post("sys/policies/acl/milan-pool-anagrafe", {
    policy: `path "${ACCOUNT}" { capabilities = ["read"] }\npath "auth/token/revoke-self" { capabilities = ["update"] }`,
  });
  await root.post("sys/auth/milan/approle", { type: "approle" });
  await root.post("auth/milan/approle/role/anagrafe", {
    token_policies: ["milan-pool-anagrafe"],
    secret_id_num_uses: 1,
  });
}

async function accountsPassword(): Promise<string> {
  return ((await vault.root.get(ACCOUNT)) as { data: { password: string } }).data.password;
}

/** A machine of the domain boots with a first secret for a seat: real uname, curl and adcli. */
async function boot(seat: string, called = seat): Promise<{ code: number; output: string }> {
  const roles = new VaultRoles(vault.root, "milan");
  const { token, expires } = await roles.issue("anagrafe", seat, 600);
  const machine = mkdtempSync(join(folder, "machine-"));
  putVmwareTools(machine, {
    ...{ vault: vault.address, city: "milan", pool: "anagrafe", seat, account: ACCOUNT, domain: directory.domain },
    ...{ [lastPart(GUESTINFO_KEYS.unit)]: unit, [lastPart(GUESTINFO_KEYS.roleId)]: await roles.roleId("anagrafe") },
    ...{ wrapped: token, expires: String(expires), state: "" },
  });
  const variables = {
    ...{
      PATH: `${machine}:${process.env.PATH ?? ""}`,
      POSTAZIONI_VAULT_PROTOCOL: "http",
      POSTAZIONI_WAIT_SECONDS: "0",
    },
    ...{ POSTAZIONI_VAULT_FILE: join(machine, "vault"), KRB5_KTNAME: `FILE:${join(machine, "keytab")}` },
  };
  const start = `hostname ${called}; exec /bin/sh ${join(REPOSITORY, "boot/first-login.sh")}`;
  return directory.inside(["unshare", "--uts", "/bin/sh", "-c", start], "", variables);
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

/** When a user's password was set. */
async function setAt(user: string): Promise<string> {
  const [found] = await directory.find(`(sAMAccountName=${user})`);
  return String(found?.pwdLastSet);
}

/** Joins by adcli alone. */
function joining(
  computer: string,
  user: string,
  password: string,
  ...args: readonly string[]
): { code: number; output: string } {
  const names = [`--computer-name=${computer}`, `--host-fqdn=${computer}.${directory.domain}`];
  const login = ["--stdin-password", `--login-user=${user}`, `--domain=${directory.domain}`];
  return directory.inside(
    ["adcli", "join", ...login, ...names, `--host-keytab=${join(folder, computer)}`, ...args],
    password,
  );
}

async function computers(): Promise<string[]> {
  const found = await directory.find("(&(objectClass=computer)(!(cn=DC1)))");
  return found.map(({ dn }) => String(dn).toLowerCase()).sort();
}

describe("a real Active Directory", () => {
  test("lets Vault's engine take its manager's password over LDAPS, and make and rotate the joining account's", async () => {
    const config = {
      ...{ binddn: directory.userDn(MANAGER), url: directory.url, schema: "ad", userattr: "sAMAccountName" },
      ...{ userdn: `CN=Users,${directory.base}`, password_policy: "milan" },
      ...{ certificate: readFileSync(directory.authority, "utf8") },
    };
    const account = { username: JOINER, dn: directory.userDn(JOINER), rotation_period: 86_400 };
    const plan = { mount: MOUNT, config, accounts: new Map([["join-anagrafe", account]]) };
    const { signal } = new AbortController();
    const handover = { password: () => managersPassword, again: false };
    const handedOver = await setAt(MANAGER);
    const made = await initializeAccounts(plan, vault.root, handover, signal);
    expect(made.map(({ result, reason }) => `${result}${reason}`)).toEqual(["made", "made"]);
    const before = await accountsPassword();
    const rotated = await rotateAccounts(MOUNT, ["join-anagrafe"], vault.root, signal);
    expect(rotated).toEqual([{ what: "account join-anagrafe", result: "changed", reason: "" }]);
    const after = await accountsPassword();
    expect(after).not.toBe(before);
    expect(await directory.binds(directory.userDn(JOINER), after)).toBe(true);
    // Samba, like Windows, takes the last password for an hour more.
    expect(await setAt(MANAGER)).not.toBe(handedOver);
  });

  test("has a machine's account in its pool's unit once it booted with a first secret", async () => {
    const { code, output } = await boot("mi-ana-0001");
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining(`joined ${directory.domain}`) });
    expect(await computers()).toEqual([`cn=mi-ana-0001,${unit}`.toLowerCase()]);
  });

  test("gets no account of a machine that has its template's name", async () => {
    const { code, output } = await boot("mi-ana-0002", "win11-office");
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining("this machine is called win11-office"),
    });
    expect(await computers()).toHaveLength(1);
  });

  test("lets the delegated account join more than ten, and replace a machine of its own", async () => {
    const password = await accountsPassword();
    for (let number = 3; number < 3 + JOINS; number += 1) {
      const seat = `mi-ana-${String(number).padStart(4, "0")}`;
      expect(joining(seat, JOINER, password, `--domain-ou=${unit}`)).toMatchObject({ code: 0 });
    }
    expect(joining("mi-ana-0003", JOINER, password, `--domain-ou=${unit}`)).toMatchObject({ code: 0 });
    expect(await computers()).toHaveLength(JOINS + 1);
  });

  test("refuses an account without delegated rights, a wrong password, and another place than the unit", async () => {
    const other = await directory.addUser("svc-other");
    for (const [user, password, place] of [
      ["svc-other", other, [`--domain-ou=${unit}`]],
      [JOINER, "wrong", [`--domain-ou=${unit}`]],
      [JOINER, await accountsPassword(), []],
      [JOINER, await accountsPassword(), [`--domain-ou=OU=Missing,${directory.base}`]],
    ] as const) {
      const { code } = joining("mi-ana-0099", user, password, ...place);
      expect({ user, place, refused: code !== 0 }).toEqual({ user, place, refused: true });
    }
  });
});

describe("npm run computers", () => {
  const retired = ["mi-ana-0004", "mi-ana-0005"];
  let login: Record<string, string>;

  async function run(...args: readonly string[]): Promise<Ended> {
    return endOf(startCommand(["computers", "milan", "--environments", folder, ...args], login));
  }

  function resolves(seat: string): boolean {
    return directory.inside(["getent", "hosts", `${seat}.${directory.domain}`]).code === 0;
  }

  beforeAll(() => {
    const url = directory.url.replace("127.0.0.1", "localhost");
    const edit = {
      "secrets.directory.url": url,
      "pools.anagrafe.+organizationalUnit": unit,
      "pools.anagrafe.+retired": [4, 5],
    };
    writeFileSync(join(folder, "milan.yaml"), edited(MILAN, edit, { assignments: undefined }));
    copyAssignments(folder);
    login = {
      ...{ NODE_EXTRA_CA_CERTS: directory.authority, POSTAZIONI_LOGIN_HOSTS: "" },
      ...{ LDAP_BIND_DN: `Administrator@${directory.domain}`, LDAP_BIND_PASSWORD: directory.password },
    };
    for (const seat of [...retired, "mi-ana-0006"]) directory.addRecord(seat, "10.20.3.4");
  });

  test("lists the accounts of retired seats with their DNS records, and no others", async () => {
    const { code, out, err } = await run();
    expect({ code, out, err }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^2 accounts of seats without a machine\n/),
    });
    expect(out.match(/^mi-ana-000[45]: enabled, 1 DNS record: CN=/gm)).toHaveLength(2);
    expect(out.split("\n").filter((line) => line !== "")).toHaveLength(3);
  });

  test("removes none that can still log in; disables them, takes them out of DNS, then removes them", async () => {
    expect(await run("--remove")).toMatchObject({
      code: 0,
      out: expect.stringContaining("mi-ana-0004: still enabled"),
    });
    expect([...retired, "mi-ana-0006"].map(resolves)).toEqual([true, true, true]);
    expect(await run("--disable")).toMatchObject({ code: 0, out: expect.stringContaining("mi-ana-0005: disabled") });
    expect([...retired, "mi-ana-0006"].map(resolves)).toEqual([false, false, true]);
    const disabled = await directory.find("(&(objectClass=computer)(userAccountControl:1.2.840.113556.1.4.803:=2))");
    expect(disabled.map(({ cn }) => String(cn).toLowerCase()).sort()).toEqual(retired);
    expect(await run("--remove")).toMatchObject({ code: 0, out: expect.stringContaining("mi-ana-0004: removed") });
    expect((await run()).out).toBe("0 accounts of seats without a machine\n");
    expect(await computers()).toHaveLength(JOINS - 1);
  });

  test("needs a login that may, and a certificate that is trusted", async () => {
    const wrong = await endOf(
      startCommand(["computers", "milan", "--environments", folder], { ...login, LDAP_BIND_PASSWORD: "wrong" }),
    );
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining("refuses the login of LDAP_BIND_DN") });
    const untrusted = { ...login, NODE_EXTRA_CA_CERTS: "" };
    expect(await endOf(startCommand(["computers", "milan", "--environments", folder], untrusted))).toMatchObject({
      ...{ code: 1, err: expect.stringContaining("is not trusted") },
    });
  });
});

describe("people", () => {
  test("log in to Vault by sAMAccountName, with what their nested groups may", async () => {
    const password = await directory.addUser(PERSON);
    for (const group of [GROUP, "vdi-inner"]) directory.tool("group", "add", group);
    directory.tool("group", "addmembers", "vdi-inner", PERSON);
    directory.tool("group", "addmembers", GROUP, "vdi-inner");
    const place = { url: directory.url, userDn: `CN=Users,${directory.base}`, groupDn: directory.base };
    const groups = [{ name: "help-desk", group: GROUP, policy: { name: "milan-team-help-desk", rules: [] } }];
    const stack = synthesize(
      (scope) =>
        new PeopleIdentity(scope, "people", {
          ...{ path: "milan/people", directory: { ...place, userDomain: directory.domain }, loginMinutes: 60, groups },
        }),
    );
    const { path, description, ...config } = stack.resource("vault_ldap_auth_backend");
    expect({ path, description }).toMatchObject({ path: "milan/people" });
    await vault.root.post("sys/auth/milan/people", { type: "ldap" });
    const certificate = readFileSync(directory.authority, "utf8");
    await vault.root.post("auth/milan/people/config", { ...config, certificate });
    await vault.root.post(`auth/milan/people/groups/${GROUP}`, { policies: ["milan-team-help-desk"] });
    const login = (word: string): Promise<unknown> =>
      vault.root.as(undefined).post(`auth/milan/people/login/${PERSON}`, { password: word });
    expect(await login(password)).toMatchObject({ auth: { policies: ["milan-team-help-desk"] } });
    await expect(login("wrong")).rejects.toThrow("400");
  });
});
