import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { joinAccount, MANAGER } from "../../lab/directory-entries";
import type { DirectoryServer } from "../../lab/directory-server";
import { seriesOf } from "../fixtures/promtool";
import { joinDn, POOLS, startOpenLdapLab } from "./openldap-city";
import { planChanges } from "./plan-changes";
import { typeSecrets } from "./typed-command";
import { filesBelow } from "./files-below";
import type { TestLab } from "./test-lab";
import { eventually } from "../fixtures/eventually";

const SECOND = 1000;
const MINUTE = 60_000;
const ACCOUNTS = POOLS.map((pool) => `account join-${pool}`);
const VALUES = ["secret pools/tecnica/licence-server", "secret teams/network-team/switches"];

jest.setTimeout(2 * MINUTE);

const folder = mkdtempSync(join(tmpdir(), "accounts-"));
/** What node_exporter would read. */
const METRICS = join(folder, "secrets.prom");

let directory: DirectoryServer;
let lab: TestLab;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ lab, directory, stop } = await startOpenLdapLab(1));
  // The authority's ceremony has a test of its own.
  lab.edit("milan", / {2}authority:.*\n {4}.*\n/, "");
  await lab.deploy("milan-secrets");
}, 30 * MINUTE);

afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
}, MINUTE);

/** The series of `secrets status`, without the times at which it was asked and its token ends. */
function metrics(): string[] {
  const series = seriesOf(METRICS);
  const ends = /^postazioni_(?:token_expires|secrets_checked)_timestamp_seconds /;
  expect(series.filter((line) => ends.test(line))).toHaveLength(2);
  expect(series.join("\n")).not.toMatch(/licence-server|switches/);
  return series.filter((line) => !ends.test(line));
}

/** How many are in a state. */
function inState(kind: string, state: string): string[] {
  return metrics().filter((line) => line.startsWith(`postazioni_secrets{kind="${kind}",state="${state}"}`));
}

/** Types `npm run secrets -- ...` as a job of CI with the role secrets. */
function secrets(args: readonly string[], more: Record<string, string> = {}): ReturnType<typeof typeSecrets> {
  return typeSecrets(lab, args, more);
}

async function passwordOf(pool: string): Promise<string> {
  const answer = (await lab.session.vault.get(`milan/directory/static-cred/join-${pool}`)) as {
    data: { password: string };
  };
  return answer.data.password;
}

describe("the accounts of a city", () => {
  test("are all missing before they are put in place", async () => {
    const { code, lines } = await secrets(["status", "milan", "--metrics", METRICS]);
    expect(inState("account", "missing")).toEqual([expect.stringMatching(`} ${String(ACCOUNTS.length)}$`)]);
    expect(inState("secret", "missing")).toEqual([expect.stringMatching(`} ${String(VALUES.length)}$`)]);
    expect(metrics().filter((line) => line.startsWith("postazioni_account_rotation_due"))).toEqual([]);
    expect(lines).toEqual([
      "audit log: right",
      "directory: missing",
      ...ACCOUNTS.map((what) => `${what}: missing`),
      ...VALUES.map((what) => `${what}: missing`),
    ]);
    expect(code).toBe(1);
  });

  test("are not put in place without the manager's login, and the values are all the same", async () => {
    const { code, lines } = await secrets(["init", "milan"]);
    expect(lines).toEqual([
      expect.stringMatching(/^directory: failed: Vault needs the manager's password: set POSTAZIONI_MANAGER_PASSWORD/),
      ...VALUES.map((what) => `${what}: made`),
    ]);
    expect(code).toBe(1);
  });

  test("are not put in place with a wrong login of the manager, which can be handed over again", async () => {
    const { code, lines } = await secrets(["init", "milan"], { POSTAZIONI_MANAGER_PASSWORD: "not the manager's" });
    expect(lines[0]).toMatch(
      /^directory: failed: Vault could not change .* hand it over with --manager: .*Invalid Credentials/,
    );
    expect(lines.slice(1)).toEqual(VALUES.map((what) => `${what}: there`));
    expect(code).toBe(1);
  });

  test("get passwords that Vault makes and alone knows, the manager's too", async () => {
    const manager = directory.account(MANAGER);
    const { code, lines } = await secrets(["init", "milan", "--manager"], {
      POSTAZIONI_MANAGER_PASSWORD: manager.password,
    });
    expect(lines).toEqual([
      "directory: changed",
      ...ACCOUNTS.map((what) => `${what}: made`),
      ...VALUES.map((what) => `${what}: there`),
    ]);
    expect(code).toBe(0);
    expect(await directory.bind(manager.dn, manager.password)).toBe(false);
    const before = directory.account(joinAccount("anagrafe"));
    expect(await directory.bind(before.dn, before.password)).toBe(false);
    expect(await directory.bind(joinDn("anagrafe"), await passwordOf("anagrafe"))).toBe(true);
  });

  test("stay as they are when it is done again, and so does every value", async () => {
    const password = await passwordOf("tecnica");
    const value = await lab.session.vault.get("milan/kv/data/pools/tecnica/licence-server");
    const { code, lines } = await secrets(["init", "milan"]);
    expect(new Set(lines.map((line) => line.slice(line.indexOf(": "))))).toEqual(new Set([": there"]));
    expect(code).toBe(0);
    expect(await passwordOf("tecnica")).toBe(password);
    expect(await lab.session.vault.get("milan/kv/data/pools/tecnica/licence-server")).toMatchObject({
      data: (value as { data: unknown }).data,
    });
    const began = Date.now() / SECOND;
    const { code: status, lines: standing } = await secrets(["status", "milan", "--metrics", METRICS]);
    expect(inState("account", "right")).toEqual([expect.stringMatching(`} ${String(ACCOUNTS.length)}$`)]);
    expect(inState("account", "missing")).toEqual([expect.stringMatching("} 0$")]);
    const due = metrics().filter((line) => line.startsWith("postazioni_account_rotation_due"));
    expect(due).toHaveLength(ACCOUNTS.length);
    expect(due.filter((line) => Number(line.split(" ")[1]) < began)).toEqual([]);
    expect(new Set(standing.map((line) => line.replace(/^.*: (\w+).*$/, "$1")))).toEqual(new Set(["right"]));
    expect(status).toBe(0);
  });

  test("get another password at once, and the old one does not bind any more", async () => {
    const [old, others] = [await passwordOf("anagrafe"), await passwordOf("tecnica")];
    expect(await secrets(["rotate", "milan", "join-anagrafe"])).toMatchObject({
      code: 0,
      lines: ["account join-anagrafe: changed"],
    });
    expect(await directory.bind(joinDn("anagrafe"), old)).toBe(false);
    expect(await directory.bind(joinDn("anagrafe"), await passwordOf("anagrafe"))).toBe(true);
    expect(await passwordOf("tecnica")).toBe(others);
    expect(await secrets(["rotate", "milan", "join-anagraffe"])).toMatchObject({ code: 2 });
  });

  test("get another password from Vault by itself once their time is over", async () => {
    const [before, role] = [await passwordOf("tecnica"), "milan/directory/static-role/join-tecnica"];
    const { data } = (await lab.session.vault.get(role)) as { data: { dn: string; username: string } };
    const { dn, username } = data;
    // The shortest that Vault takes, in seconds; the file's hours would be too long for a test.
    await lab.session.vault.post(role, { dn, username, rotation_period: 5 });
    await eventually(async () => !(await directory.bind(dn, before)), SECOND);
    expect(await directory.bind(dn, await passwordOf("tecnica"))).toBe(true);
    expect((await secrets(["init", "milan"])).lines).toContain("account join-tecnica: changed");
  });

  test("are read by the desktops of their own pool and by no other", async () => {
    const path = (pool: string): string => `milan/directory/static-cred/join-${pool}`;
    const desktop = await lab.desktop("milan", "anagrafe");
    expect(await desktop.get(path("anagrafe"))).toMatchObject({ data: { username: joinAccount("anagrafe") } });
    await expect(desktop.get(path("tecnica"))).rejects.toThrow("403");
  });

  test("follow the file: another schedule changes no password, and what is no more in it is said", async () => {
    const password = await passwordOf("educazione");
    lab.edit("milan", /(name: join-educazione\n(?:.*\n){2} +rotateEveryHours: )168/, "$1336");
    lab.edit("milan", / {6}- name: join-polizia-locale\n(?: {8}.*\n)+/, "");
    expect((await secrets(["status", "milan"])).lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^account join-educazione: different, since /),
        "account join-polizia-locale: surplus",
      ]),
    );
    expect((await secrets(["init", "milan"])).lines).toContain("account join-educazione: changed");
    expect(await passwordOf("educazione")).toBe(password);
  });

  test("change the plan of the stack by what the file took away and nothing else, and stand in no file of the lab", async () => {
    await lab.synth();
    const { changes } = await planChanges(lab.session, "milan-secrets");
    // The pool's own, and that of CI's role, which could set the account.
    const policy = { type: "vault_policy", key: undefined, actions: "update" };
    expect(changes).toEqual([policy, policy]);
    const value = (await lab.session.vault.get("milan/kv/data/teams/network-team/switches")) as {
      data: { data: { password: string } };
    };
    const passwords = await Promise.all(POOLS.map(passwordOf));
    const known = [value.data.data.password, ...passwords, directory.account(MANAGER).password];
    const files = filesBelow(lab.session.data.directory);
    const hits = files.filter((file) => known.some((password) => readFileSync(file).includes(password)));
    expect(hits).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });
});

describe("what stands in the way of an operation", () => {
  test("is said in a line: a login that has ended, a Vault that is sealed, one that does not answer", async () => {
    const before = readFileSync(METRICS, "utf8");
    const ended = await secrets(["status", "milan", "--metrics", METRICS], { VAULT_TOKEN: "ended" });
    // What was not seen is not written: its age is what alerts.
    expect(readFileSync(METRICS, "utf8")).toBe(before);
    expect(ended).toMatchObject({
      code: 1,
      told: expect.stringMatching(/^Vault of .* at .*: 403 .*\(the login has ended/m),
    });
    const away = await secrets(["status", "milan"], { VAULT_ADDR: "http://127.0.0.1:9" });
    expect(away).toMatchObject({ code: 1, told: expect.stringContaining("nothing answers at http://127.0.0.1:9") });
    const token = await lab.branchToken("milan", "secrets");
    await lab.session.vault.post("sys/seal");
    const sealed = await secrets(["status", "milan"], { VAULT_TOKEN: token });
    expect(sealed).toMatchObject({ code: 1, told: expect.stringContaining("sealed") });
    for (const { told } of [ended, away, sealed]) expect(told).not.toMatch(/^ +at /m);
  });
});
