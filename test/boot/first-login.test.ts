import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { runs } from "../fixtures/soak";

const BOOT = join(__dirname, "../../boot");
const SHELL = readFileSync(join(BOOT, "first-login.sh"), "utf8");
const POWERSHELL = readFileSync(join(BOOT, "first-login.ps1"), "utf8");
const README = readFileSync(join(BOOT, "README.md"), "utf8");

/** Every match of a pattern's group, once each and sorted. */
function all(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found = ""]) => found))].sort();
}

describe("the scripts of a first login", () => {
  test("read and write the same guestinfo", () => {
    const keys = [
      "accessor",
      "account",
      "city",
      "domain",
      "expires",
      "organizational-unit",
      "pool",
      "role-id",
      "seat",
      "state",
      "vault",
      "wrapped",
    ];
    expect(all(SHELL, /read_guestinfo ([a-z-]+)/g)).toEqual(keys);
    expect(all(POWERSHELL, /Read-Guestinfo ([a-z-]+)/g)).toEqual(keys);
    expect(all(SHELL, /^\s+put ([a-z-]+)/gm)).toEqual(["state", "wrapped"]);
    expect(all(POWERSHELL, /^\s*Write-Guestinfo ([a-z-]+)/gm)).toEqual(["state", "wrapped"]);
    for (const text of [SHELL, POWERSHELL]) expect(text).toMatch(/prefix ?= ?'?guestinfo\.postazioni\b/i);
    for (const key of keys) expect(README).toContain(`\`${key}\``);
  });

  test("ask the same of Vault", () => {
    const paths = /["' ]((?:auth|sys|\$city)\/[a-z$/-]+)/g;
    const asked = [
      "auth/$city/approle/login",
      "auth/$city/approle/role/$pool/secret-id",
      "auth/token/revoke-self",
      "sys/wrapping/lookup",
      "sys/wrapping/unwrap",
    ];
    expect(all(SHELL, paths)).toEqual(asked);
    expect(all(POWERSHELL, paths)).toEqual(asked);
  });

  test("end with the same codes and states", () => {
    const codes = (text: string) => [...text.matchAll(/^\$?(\w+) ?= ?(\d)$/gm)].map(([, , code]) => code);
    expect(codes(SHELL)).toEqual(["1", "2", "3", "4", "5"]);
    expect(codes(POWERSHELL)).toEqual(codes(SHELL));
    const shell = all(SHELL, /(?:put state|^\s+(?:alert|expired)|failed) (\w+|"\$\w+")/gm);
    expect(shell).toEqual(expect.arrayContaining(["joined", "opened"]));
    for (const state of ["opened", "joined", "failed", "expired", "alert"]) {
      for (const text of [SHELL, POWERSHELL, README]) expect(text).toMatch(new RegExp(`\\b${state}\\b`));
    }
  });

  test("come again as often while Vault has too many requests", () => {
    expect(all(SHELL, /^BUSY_TRIES=(\d+)$/gm)).toEqual(["60"]);
    expect(all(POWERSHELL, /^\$BusyTries = (\d+)$/gm)).toEqual(["60"]);
    for (const text of [SHELL, POWERSHELL]) expect(text).toMatch(/429/);
  });

  test("are started by a task that a client's execution policy lets run, from where only administrators write", () => {
    const task = readFileSync(join(BOOT, "postazioni-first-login.xml"), "utf8");
    expect(task).toContain("<UserId>S-1-5-18</UserId>");
    expect(task).toMatch(/-ExecutionPolicy Bypass -File "C:\\Program Files\\Postazioni\\first-login\.ps1" -Restart</);
    const wait = Number(/\$WaitSeconds = (\d+)/.exec(POWERSHELL)?.[1]);
    const limit = Number(/<ExecutionTimeLimit>PT(\d+)H</.exec(task)?.[1]);
    expect(limit * 3600).toBeGreaterThan(wait);
    for (const text of [README, task]) expect(text).toContain("C:\\Program Files\\Postazioni");
  });

  test("are sound shell, and can be run", () => {
    execFileSync("sh", ["-n", join(BOOT, "first-login.sh")]);
    expect(statSync(join(BOOT, "first-login.sh")).mode & 0o111).not.toBe(0);
  });
});

describe("the shell's reader of JSON", () => {
  const part = (name: string) => new RegExp(`^${name}'\n([^']+)'$`, "m").exec(SHELL)?.[1] ?? "";
  const program = part("JSON=") + part(String.raw`FIELD=\$JSON`);

  /** What awk says of a document, as bytes: a shell never sees a NUL. */
  function field(want: string, document: string): string {
    return execFileSync("awk", ["-v", `want=${want}`, program], {
      input: document,
      env: { PATH: process.env.PATH, LC_ALL: "C" },
    }).toString();
  }

  /** As Go's encoder writes it for Vault. */
  const go = (value: unknown) =>
    JSON.stringify(value)
      .replaceAll("<", String.raw`\u003c`)
      .replaceAll(">", String.raw`\u003e`)
      .replaceAll("&", String.raw`\u0026`);

  test("gives the value of a key for every password, with Vault's escapes", () => {
    const text = fc.string({ unit: "binary", maxLength: 40 }).filter((value) => !value.includes("\0"));
    fc.assert(
      fc.property(text, text, (password, other) => {
        const document = go({ id: other, data: { directory: "password", data: { note: other, password } } });
        expect(field("password", document)).toBe(password);
      }),
      { numRuns: runs(100) },
    );
  });

  test("takes no value for a key", () => {
    expect(
      field("password", '{"a":"password","b":["password"],"c":"\\"password\\":\\"x\\"","password" : "right"}'),
    ).toBe("right");
    expect(() => field("password", '{"a":"password","password":5}')).toThrow();
  });
});
