import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

const SCRIPT = join(__dirname, "../../boot/ssh-authority.sh");
const PLACE = { vault: "https://vault.example:8200", city: "milan" };

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssh-authority-"));
  // Its curl gives what any URL is asked for: a key, or what $ANSWER says instead.
  program("curl", 'while [ "$1" != --output ]; do shift; done; echo "${ANSWER:-ssh-rsa key of $3}" >"$2"');
  program("ssh-keygen", 'grep -q "^ssh-rsa" "$3"');
  program("logger", ":");
  program("systemctl", ":");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function program(name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** Runs it on a machine with this guestinfo. */
function boot(guestinfo: Readonly<Record<string, string>>, variables: NodeJS.ProcessEnv = {}) {
  const cases = Object.entries(guestinfo).map(
    ([key, value]) => `'info-get guestinfo.postazioni.${key}') echo '${value}' ;;`,
  );
  program("vmtoolsd", `case "$2" in\n${cases.join("\n")}\nesac`);
  const env = { PATH: `${folder}:/usr/bin:/bin`, POSTAZIONI_SSH_FOLDER: folder, POSTAZIONI_WAIT_SECONDS: "0" };
  const { status, stderr } = spawnSync("/bin/sh", [SCRIPT], { env: { ...env, ...variables }, encoding: "utf8" });
  return { status, stderr };
}

function believed(): Record<string, string> {
  const principals = join(folder, "postazioni-principals");
  return Object.fromEntries(
    readdirSync(principals).map((name) => [name, readFileSync(join(principals, name), "utf8")]),
  );
}

describe("a machine that is told whom to believe", () => {
  test("has the city's key and the principals of each account", () => {
    expect(boot({ ...PLACE, ssh: "ops@milan-a,ops@milan-b,backup@milan-a" })).toMatchObject({ status: 0 });
    expect(believed()).toEqual({ ops: "ops@milan-a\nops@milan-b\n", backup: "backup@milan-a\n" });
    expect(readFileSync(join(folder, "postazioni-authority.pub"), "utf8")).toBe(
      "ssh-rsa key of https://vault.example:8200/v1/milan/ssh/public_key\n",
    );
    expect(readFileSync(join(folder, "sshd_config.d/60-postazioni.conf"), "utf8")).toBe(
      `TrustedUserCAKeys ${folder}/postazioni-authority.pub\nAuthorizedPrincipalsFile ${folder}/postazioni-principals/%u\n`,
    );
  });

  test("forgets whom it is no longer told, and in the end all", () => {
    expect(boot({ ...PLACE, ssh: "backup@milan-a" })).toMatchObject({ status: 0 });
    expect(believed()).toEqual({ backup: "backup@milan-a\n" });
    expect(boot(PLACE)).toMatchObject({ status: 0 });
    expect(believed()).toEqual({});
  });

  test.each(["root@milan-a", "../x@milan-a", "@milan-a", "ops", "ops@milan a", "a@b@c", "*@milan-a"])(
    "believes nobody for %s",
    (principal) => {
      expect(boot({ ...PLACE, ssh: principal })).toMatchObject({ status: 1 });
      expect(believed()).toEqual({});
    },
  );

  test("keeps the key that it has where Vault gives none", () => {
    expect(boot({ ...PLACE, ssh: "ops@milan-a" })).toMatchObject({ status: 0 });
    const { status, stderr } = boot({ ...PLACE, ssh: "ops@milan-a" }, { ANSWER: "<html>" });
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining("no SSH key") });
    expect(readFileSync(join(folder, "postazioni-authority.pub"), "utf8")).toContain("ssh-rsa key");
  });

  test.each([{ vault: "http://vault.example" }, { vault: 'https://v"x' }, { city: "../milan" }, { vault: "" }])(
    "asks nobody for %o",
    (wrong) => {
      rmSync(join(folder, "postazioni-authority.pub"), { force: true });
      expect(boot({ ...PLACE, ssh: "ops@milan-a", ...wrong })).toMatchObject({ status: 1 });
      expect(existsSync(join(folder, "postazioni-authority.pub"))).toBe(false);
    },
  );

  test("has a script of sound shell that can be run", () => {
    execFileSync("sh", ["-n", SCRIPT]);
    expect(statSync(SCRIPT).mode & 0o111).not.toBe(0);
  });
});
