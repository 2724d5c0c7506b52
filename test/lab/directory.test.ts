import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { joinAccount } from "../../lab/directory-entries";
import { startDirectory } from "../../lab/directory-server";
import type { DirectoryServer } from "../../lab/directory-server";
import { Redactor } from "../../runtime/redactor";
import { watchArguments } from "./process-arguments";
import { filesBelow } from "./files-below";

const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), "directory-test-"));
const redactor = new Redactor();
let directory: DirectoryServer;

beforeAll(async () => {
  directory = await startDirectory({
    ...{ folder, redactor, domain: "vdi.comune.milano.example", pools: ["anagrafe", "tecnica"] },
    users: [{ name: "m.rossi", groups: ["civici"] }],
  });
}, MINUTE);

afterAll(async () => {
  await directory.stop();
  rmSync(folder, { recursive: true });
}, MINUTE);

describe("a directory", () => {
  test("lets everybody bind with his own password and nobody with another's", async () => {
    const { dn, password } = directory.account(joinAccount("anagrafe"));
    const other = directory.account(joinAccount("tecnica"));
    expect(await directory.bind(dn, password)).toBe(true);
    expect(await directory.bind(directory.admin.dn, directory.admin.password)).toBe(true);
    expect(await directory.bind(dn, other.password)).toBe(false);
    expect(await directory.bind(`uid=nobody,${directory.base}`, password)).toBe(false);
  });

  test("has no password in a process's arguments, in a file or out of the redactor's sight", async () => {
    const accounts = [directory.admin, ...directory.accounts.values()];
    const passwords = accounts.map(({ password }) => password);
    expect(redactor.secrets).toEqual(passwords);
    const watched = await watchArguments(passwords, async () => {
      for (const { dn, password } of accounts) await directory.bind(dn, password);
    });
    expect(watched.withSecret).toEqual([]);
    const files = filesBelow(folder);
    expect(files.length).toBeGreaterThan(2);
    const hits = files.filter((file) => passwords.some((password) => readFileSync(file).includes(password)));
    expect(hits).toEqual([]);
    expect(files.filter((file) => file.endsWith(".conf")).map((file) => statSync(file).mode & 0o777)).toEqual([0o600]);
  });

  test("leaves no process and no file when it is stopped", async () => {
    const own = mkdtempSync(join(folder, "another-"));
    const another = await startDirectory({ folder: own, redactor: new Redactor(), domain: "a.example", pools: [] });
    await another.stop();
    expect(another.service.running()).toBe(false);
    expect(readdirSync(own)).toEqual([]);
    await expect(another.bind(another.admin.dn, another.admin.password)).rejects.toThrow();
  });
});
