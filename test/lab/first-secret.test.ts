import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { firstSecretPrivileges } from "../../access/vsphere/first-secret-privileges";
import { joinAccount } from "../../lab/directory-entries";
import type { DirectoryServer } from "../../lab/directory-server";
import { issueFirstSecrets } from "../../secrets/first-secret";
import { GUESTINFO_KEYS, guestinfoOf } from "../../secrets/guestinfo";
import type { Guestinfo } from "../../secrets/guestinfo";
import { poolSeats } from "../../secrets/pool-seats";
import type { PoolSeats } from "../../secrets/pool-seats";
import { VaultRoles } from "../../secrets/vault-roles";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { deployed } from "../fixtures/deployed";
import { soakTest } from "../fixtures/soak";
import { useDesktopQuota } from "./desktop-quota";
import { grant, guardedVariables, vcenterClient, withoutPrivileges } from "./guarded-login";
import { BASE, handOver, startOpenLdapLab } from "./openldap-city";
import { planChanges } from "./plan-changes";
import { watchArguments } from "./process-arguments";
import { secretIdGone } from "./secret-id";
import { seenFrom } from "./seen-from";
import { SimulatedGuest } from "./simulated-guest";
import type { TestLab } from "./test-lab";
import { startedInLab, typedInLab } from "./typed-command";
import { filesWith } from "./written-secrets";

/** One lab, one story: the tests run in their order. Each seat has a fate of its own. */
const SEATS = ["mi-ana-0001", "mi-ana-0002", "mi-ana-0003"] as const;
const [JOINS, ROBBED, LATE] = SEATS;
const STACK = "milan-desktops-anagrafe-01";
const FOLDER = "Milano/vm/milan/servizi-civici/anagrafe";
const ACCOUNT = "milan/directory/static-cred/join-anagrafe";
const LOGIN = "auth/milan/approle/login";
const TAMPERED = { [GUESTINFO_KEYS.state]: "" };
/** An administrator's desk, and so no address of the pool's segment. */
const ELSEWHERE = "10.20.250.5";
const PERMITTED = firstSecretPrivileges().map(({ id }) => id);
const MINUTE = 60_000;

jest.setTimeout(2 * MINUTE);

let lab: TestLab;
let directory: DirectoryServer;
let vcenter: VcenterClient;
let guest: SimulatedGuest;
/** Every secret that this story knows, wrapping tokens that are used up too. */
const secrets: string[] = [];
const stops: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  const started = await startOpenLdapLab(3);
  ({ lab, directory } = started);
  stops.push(started.stop);
  await lab.deploy(["milan-foundation", "milan-network", "milan-secrets", STACK]);
  await handOver(lab, directory);
  const account = (await lab.session.vault.get(ACCOUNT)) as { data: { password: string } };
  secrets.push(account.data.password);
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: pass = "" } = lab.session.environment();
  vcenter = await vcenterClient(lab.session, "milan", user, pass);
  stops.push(() => vcenter.logOut());
  const address = await lab.machineAddress("milan", "anagrafe");
  guest = await SimulatedGuest.start(vcenter, FOLDER, { url: directory.url, base: BASE }, address);
  stops.push(() => {
    guest.stop();
  });
  secrets.push(...lab.session.secrets, directory.admin.password);
  for (const account of directory.accounts.values()) secrets.push(account.password);
}, 30 * MINUTE);

afterAll(async () => {
  // The last that was started first; what was not reached is not there to be stopped.
  for (const stop of stops.reverse()) await stop();
}, MINUTE);

/** As a job of CI with the role first-secrets, and no more power in vCenter than that takes: `npm run secrets -- first milan --pool anagrafe ...`. @param type in which process */
async function first(args: readonly string[] = [], variables: NodeJS.ProcessEnv = {}, type = typedInLab) {
  const login = { ...guardedVariables(lab.session), VAULT_TOKEN: await lab.branchToken("milan", "first-secrets") };
  return type(lab, "secrets", ["first", "milan", "--pool", "anagrafe", ...args], { ...login, ...variables });
}

function seatsOf(pool: string): PoolSeats {
  const found = poolSeats(deployed(lab.city("milan"))).find((each) => each.pool === pool);
  if (found === undefined) throw new Error(`no pool ${pool}`);
  return found;
}

async function infoOf(seat: string): Promise<Guestinfo> {
  const info = guestinfoOf((await guest.machine(seat)).extraConfig);
  if (info.wrapped !== "" && !secrets.includes(info.wrapped)) secrets.push(info.wrapped);
  return info;
}

function unwrap(token: string): Promise<unknown> {
  return lab.session.vault.as(token).post("sys/wrapping/unwrap");
}

describe("issuing first secrets", () => {
  test("is refused by a vCenter that does not permit to write guestinfo", async () => {
    await grant(lab.session, "milan", []);
    const { code, stdout } = await first();
    await grant(lab.session, "milan", PERMITTED);
    expect(code).toBe(1);
    expect(stdout.match(/1 seat: failed: .*'VirtualMachine\.Config\.AdvancedConfig'/g)).toHaveLength(3);
  });

  test("gives none to a machine whose guest is not customized", async () => {
    await guest.sayCustomized("RUNNING", LATE);
    await guest.sayCustomized("FAILED", JOINS, ROBBED);
    const { code, stdout } = await first(["--wait", "0"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^1 seat: is still being customized: run this again \(mi-ana-\d+\)$/m);
    expect(stdout).toMatch(/^2 seats: failed: its customization failed: .*issue with --again \(/m);
    for (const seat of SEATS) expect(await infoOf(seat)).toMatchObject({ wrapped: "", seat: "" });
    await guest.sayCustomized("RUNNING", JOINS, ROBBED);
  });

  test("waits until all are customized, then gives each machine of the pool one in its guestinfo, and no process an argument that tells it", async () => {
    const watched = await watchArguments(secrets, async () => {
      const customized = setTimeout(2000).then(() => guest.sayCustomized("SUCCEEDED", ...SEATS));
      const { code, stdout, told } = await first([], {}, startedInLab);
      await customized;
      expect({ code, stdout, told }).toMatchObject({ code: 0, stdout: "3 seats: got a first secret" });
      for (const seat of SEATS) await infoOf(seat);
      expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    });
    expect(watched.withSecret).toEqual([]);
    const { wrapped, ...info } = await infoOf(JOINS);
    expect(wrapped).toMatch(/^[\w.-]{20,}$/);
    expect(info).toMatchObject({ city: "milan", pool: "anagrafe", state: "", vault: lab.session.vault.address });
    expect(new Set((await Promise.all(SEATS.map(infoOf))).map((one) => one.wrapped)).size).toBe(3);
  });

  test("leaves Terraform nothing to do, and nothing of them in its plan", async () => {
    const { changes, json } = await planChanges(lab.session, STACK);
    expect(changes).toEqual([]);
    expect(secrets.filter((secret) => json.includes(secret))).toEqual([]);
    expect(await lab.session.plan(STACK)).toMatchObject([{ result: "unchanged" }]);
  });

  test("leaves those alone that nobody has opened", async () => {
    const before = await Promise.all(SEATS.map(infoOf));
    expect(await first()).toMatchObject({ code: 0, stdout: "3 seats: has one that nobody has opened yet" });
    expect(await Promise.all(SEATS.map(infoOf))).toEqual(before);
  });

  soakTest("comes to its end under a quota that is too small for it", async () => {
    await useDesktopQuota(lab, 1);
    const again = SEATS.flatMap((seat) => ["--again", seat]);
    expect(await first(again)).toMatchObject({ code: 0, stdout: "3 seats: got a first secret" });
    await useDesktopQuota(lab, lab.city("milan").secrets.requestsPerSecond.desktops);
  });

  test("needs a vCenter whose certificate is trusted, and every login", async () => {
    const untrusted = await first([], { NODE_EXTRA_CA_CERTS: "" }, startedInLab);
    expect(untrusted).toMatchObject({ code: 1, told: expect.stringContaining("NODE_EXTRA_CA_CERTS") });
    const refused = await first([], { VSPHERE_PASSWORD: "wrong" });
    expect(refused).toMatchObject({ code: 1, told: expect.stringMatching(/^vCenter of .* at .*: Login: /m) });
    const missing = await first([], { VSPHERE_PASSWORD: "", VAULT_TOKEN: "" });
    expect(missing).toMatchObject({
      code: 2,
      told: expect.stringContaining("not set: VSPHERE_PASSWORD, VAULT_TOKEN"),
    });
    expect(await first(["--again", "mi-ana-0009"])).toMatchObject({ code: 2 });
  });
});

describe("a machine that boots", () => {
  test("opens its first secret, reads its pool's account and joins the directory with it", async () => {
    const { wrapped } = await infoOf(JOINS);
    // What one client may ask in some seconds was asked already, so that the machine has to wait.
    await useDesktopQuota(lab, 1, 6);
    const watched = await watchArguments(secrets, async () => {
      const { code, tail } = await guest.boot(JOINS);
      expect({ code, tail: tail.join("\n") }).toMatchObject({
        code: 0,
        tail: expect.stringContaining(`joined ${String(lab.city("milan").city.domain)}`),
      });
      secrets.push(...guest.secrets());
      expect(tail.join("\n")).toContain("too many requests: waiting");
      expect(secrets.filter((secret) => tail.join("\n").includes(secret))).toEqual([]);
    });
    await useDesktopQuota(lab, lab.city("milan").secrets.requestsPerSecond.desktops);
    expect(watched.withSecret).toEqual([]);
    expect(guest.secrets()).toHaveLength(2);
    expect(guest.surroundings()).toContain("--user=svc-domain-join-anagrafe");
    expect(secrets.filter((secret) => guest.surroundings().includes(secret))).toEqual([]);
    expect(await infoOf(JOINS)).toMatchObject({ state: "joined", wrapped: "" });
    expect(readFileSync(guest.placeFile(JOINS), "utf8")).toBe(`${lab.session.vault.address} milan\n`);
    await expect(unwrap(wrapped)).rejects.toThrow("400");
  });

  test("has nothing to do the next time, and is issued nothing more", async () => {
    expect(await guest.boot(JOINS)).toMatchObject({ code: 0, tail: [expect.stringContaining("joined before")] });
    expect((await first()).stdout.split("\n")).toContain("1 seat: joined before");
    expect(await infoOf(JOINS)).toMatchObject({ state: "joined", wrapped: "" });
  });

  test("leaves no token that still works", async () => {
    const [secretId = "", token = ""] = guest.secrets();
    await expect(lab.session.vault.as(token).get(ACCOUNT)).rejects.toThrow("403");
    const { roleId } = await infoOf(JOINS);
    const login = { role_id: roleId, secret_id: secretId };
    await expect(lab.session.vault.post(LOGIN, login)).rejects.toThrow("400");
  });

  test("waits for a first secret, and says so where none comes", async () => {
    const { wrapped } = await infoOf(LATE);
    await guest.write(LATE, { [GUESTINFO_KEYS.wrapped]: "" });
    expect(await guest.boot(LATE)).toMatchObject({ code: 2, tail: [expect.stringContaining("no first secret came")] });
    await guest.write(LATE, { [GUESTINFO_KEYS.wrapped]: wrapped });
  });
});

/** What the login that plans sees of a machine's guestinfo: it may read machines and do nothing else. */
function readAsPlanner(seat: string): Promise<Guestinfo> {
  return withoutPrivileges(lab.session, "milan", PERMITTED, async (planner) => {
    const machine = (await planner.machinesIn(FOLDER))?.find(({ name }) => name === seat);
    await expect(planner.setExtraConfig(machine?.id ?? "", TAMPERED)).rejects.toThrow("AdvancedConfig");
    return guestinfoOf(machine?.extraConfig ?? {});
  });
}

describe("a first secret that somebody else opened", () => {
  test("who may only read machines in vCenter logs nobody in from elsewhere", async () => {
    const { wrapped, roleId } = await readAsPlanner(ROBBED);
    const thief = seenFrom(lab.session.vault, ELSEWHERE);
    const opened = (await thief.as(wrapped).post("sys/wrapping/unwrap")) as { data: { secret_id: string } };
    secrets.push(opened.data.secret_id);
    const login = { role_id: roleId, secret_id: opened.data.secret_id };
    await expect(thief.as(undefined).post(LOGIN, login)).rejects.toThrow("400");
  });

  test("is an alert of whoever issues and of the machine, and stays one until it is said to be issued anew", async () => {
    const { accessor } = await infoOf(ROBBED);
    const issuer = await first();
    expect(issuer.code).toBe(1);
    expect(issuer.stdout).toMatch(new RegExp(`1 seat: ALERT: .*${accessor}.*\\(${ROBBED}\\)`));
    const { code, tail } = await guest.boot(ROBBED);
    expect({ code, tail: tail.join("\n") }).toEqual({
      code: 3,
      tail: expect.stringContaining("ALERT: somebody else opened the first secret of this machine"),
    });
    expect((await infoOf(ROBBED)).state).toBe("alert");
    expect((await first()).code).toBe(1);
    expect(await first(["--again", ROBBED])).toMatchObject({ code: 0 });
  });

  test("cannot be hidden by wrapping something else in its place", async () => {
    const { wrapped } = await infoOf(ROBBED);
    const forged = await lab.session.vault.postWrapped("sys/wrapping/wrap", { secret_id: "of-the-thief" }, 60);
    const { wrap_info } = forged as { wrap_info: { token: string } };
    await guest.write(ROBBED, { [GUESTINFO_KEYS.wrapped]: wrap_info.token });
    const { code, tail } = await guest.boot(ROBBED);
    expect({ code, tail: tail.join("\n") }).toMatchObject({
      code: 3,
      tail: expect.stringContaining("wrapped elsewhere"),
    });
    await guest.write(ROBBED, { [GUESTINFO_KEYS.wrapped]: wrapped, [GUESTINFO_KEYS.state]: "" });
    expect(await guest.boot(ROBBED)).toMatchObject({ code: 0 });
  });
});

describe("a first secret whose time is over", () => {
  /** Issues one whose secret id logs in for a second, and waits until that is over. */
  async function issueLate(): Promise<string> {
    await issueFirstSecrets(
      { ...seatsOf("anagrafe"), seats: [LATE] },
      {
        ...{ machines: vcenter, roles: new VaultRoles(lab.session.vault, "milan"), city: "milan" },
        ...{ vault: lab.session.vault.address, seconds: 1, again: new Set([LATE]) },
        signal: new AbortController().signal,
      },
    );
    await setTimeout(2500);
    return (await infoOf(LATE)).wrapped;
  }

  test("is an alert all the same where somebody else opened it, of whoever issues and of the machine", async () => {
    await unwrap(await issueLate());
    const issuer = await first();
    expect({ code: issuer.code, stdout: issuer.stdout }).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(new RegExp(`1 seat: ALERT: .*\\(${LATE}\\)`)),
    });
    expect(await guest.boot(LATE)).toMatchObject({ code: 3 });
    expect((await infoOf(LATE)).state).toBe("alert");
  });

  soakTest("logs in no more, and is issued anew where nobody opened it", async () => {
    const wrapped = await issueLate();
    expect((await first()).stdout.split("\n")).toContain("1 seat: got a first secret");
    expect((await infoOf(LATE)).wrapped).not.toBe(wrapped);
    await issueLate();
    await secretIdGone(lab.session.vault, "auth/milan/approle/role/anagrafe", (await infoOf(LATE)).accessor);
    const { code, tail } = await guest.boot(LATE);
    expect({ code, tail: tail.join("\n") }).toMatchObject({ code: 1, tail: expect.stringContaining("time is over") });
    expect(await infoOf(LATE)).toMatchObject({ state: "failed", wrapped: "" });
    expect((await first()).stdout.split("\n")).toContain("1 seat: got a first secret");
    expect(await guest.boot(LATE)).toMatchObject({ code: 0 });
  });
});

describe("a machine's token", () => {
  test("opens neither another pool's secrets nor another city's, and nothing once it is given back", async () => {
    await lab.session.vault.post("milan/kv/data/pools/tecnica/domain-join", { data: { password: "of-tecnica" } });
    const desktop = await lab.desktop("milan", "anagrafe");
    expect(await desktop.get(ACCOUNT)).toMatchObject({ data: { username: joinAccount("anagrafe") } });
    for (const path of ["milan/kv/data/pools/tecnica/domain-join", "catania/kv/data/pools/anagrafe/domain-join"]) {
      await expect(desktop.get(path)).rejects.toThrow("403");
    }
    await desktop.post("auth/token/revoke-self");
    await expect(desktop.get(ACCOUNT)).rejects.toThrow("403");
  });
});

describe("everything that was written", () => {
  test("holds none of these secrets: states, plans, logs, synthesized stacks", async () => {
    secrets.push(...guest.secrets());
    const { changes, json } = await planChanges(lab.session, STACK);
    expect(changes).toEqual([]);
    const known = [...new Set(secrets)];
    const { files, hits } = filesWith(lab, known);
    expect(hits).toEqual([]);
    expect(known.filter((secret) => json.includes(secret))).toEqual([]);
    expect(known.length).toBeGreaterThan(15);
    expect(files).toBeGreaterThan(20);
  });
});
