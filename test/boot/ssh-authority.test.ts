import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { putProgram, putVmwareTools } from "./programs";

const SCRIPT = join(__dirname, "../../boot/ssh-authority.sh");
const PLACE = { vault: "https://vault.example:8200", city: "milan" };

let folder: string;
/** What the first login left. */
let place: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssh-authority-"));
  place = join(folder, "vault");
  // Its curl gives what any URL is asked for: a key, or what $ANSWER says instead; none where it is "down".
  putProgram(
    ...[folder, "curl"],
    'echo "$*" >"$0.arguments"\n[ "$ANSWER" != down ] || exit 7\nwhile [ "$1" != --output ]; do shift; done; echo "${ANSWER:-ssh-rsa key of $3}" >"$2"',
  );
  putProgram(folder, "ssh-keygen", 'grep -q "^ssh-rsa" "$3"');
  putProgram(folder, "logger", ":");
  putProgram(folder, "systemctl", ":");
});

beforeEach(() => {
  writeFileSync(place, "https://vault.example:8200 milan\n");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs it on a machine with this guestinfo. */
function boot(guestinfo: Readonly<Record<string, string>>, variables: NodeJS.ProcessEnv = {}) {
  putVmwareTools(folder, guestinfo);
  const paths = { POSTAZIONI_SSH_FOLDER: folder, POSTAZIONI_VAULT_FILE: place };
  const env = { PATH: `${folder}:/usr/bin:/bin`, ...paths, POSTAZIONI_WAIT_SECONDS: "0" };
  const { status, stderr } = spawnSync("/bin/sh", [SCRIPT], { env: { ...env, ...variables }, encoding: "utf8" });
  return { status, stderr };
}

function believed(): Record<string, string> {
  const principals = join(folder, "postazioni-principals");
  return Object.fromEntries(
    readdirSync(principals).map((name) => [name, readFileSync(join(principals, name), "utf8")]),
  );
}

/** Has the machine believe somebody, and his key, as it did since it was made. */
function believeOps(): void {
  expect(boot({ ...PLACE, ssh: "ops@milan-a" })).toMatchObject({ status: 0 });
  expect(believed()).toEqual({ ops: "ops@milan-a\n" });
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

  test("asks for the key in the city's namespace, where the place has one", () => {
    const vault = "https://vault.example:8200/v1/cities/milan";
    writeFileSync(place, `${vault} milan\n`);
    expect(boot({ ...PLACE, vault, ssh: "ops@milan-a" })).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, "postazioni-authority.pub"), "utf8")).toBe(
      `ssh-rsa key of ${vault}/milan/ssh/public_key\n`,
    );
  });

  test("forgets whom it is no longer told, and in the end all", () => {
    expect(boot({ ...PLACE, ssh: "backup@milan-a" })).toMatchObject({ status: 0 });
    expect(believed()).toEqual({ backup: "backup@milan-a\n" });
    expect(boot(PLACE)).toMatchObject({ status: 0 });
    expect(believed()).toEqual({});
  });

  test.each([
    ...["root@milan-a", "../x@milan-a", "@milan-a", "ops", "ops@milan a", "a@b@c", "*@milan-a"],
    ...["ops@milan-a,root@milan-a", "ops@milan-a,,", "ops@catania-a", "ops@milan", "ops@milan-", "ops@xmilan-a"],
  ])("believes nobody for %s", (principal) => {
    believeOps();
    expect(boot({ ...PLACE, ssh: principal })).toMatchObject({ status: 1 });
    expect(believed()).toEqual({});
  });

  test("keeps the key that it has where Vault gives none", () => {
    believeOps();
    const { status, stderr } = boot({ ...PLACE, ssh: "ops@milan-a" }, { ANSWER: "<html>" });
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining("no SSH key") });
    expect(readFileSync(join(folder, "postazioni-authority.pub"), "utf8")).toContain("ssh-rsa key");
  });

  test("forgets who was withdrawn though Vault does not answer", () => {
    believeOps();
    expect(boot({ ...PLACE, ssh: "backup@milan-a" }, { ANSWER: "down" })).toMatchObject({ status: 1 });
    expect(believed()).toEqual({ backup: "backup@milan-a\n" });
  });
});

describe("a machine whose guestinfo anybody may write", () => {
  test.each([
    ...[{ vault: "https://vault.thief.example" }, { vault: "http://127.0.0.1:8200" }, { vault: "" }],
    ...[{ city: "catania" }, { city: "../milan" }, { city: "" }],
  ])("asks no other server for its key, and believes nobody: %o", (wrong) => {
    believeOps();
    rmSync(join(folder, "postazioni-authority.pub"));
    expect(boot({ ...PLACE, ssh: "ops@milan-a", ...wrong })).toMatchObject({ status: 1 });
    expect(existsSync(join(folder, "postazioni-authority.pub"))).toBe(false);
    expect(believed()).toEqual({});
  });

  test("believes nobody before its first login, whatever it is told", () => {
    believeOps();
    rmSync(place);
    expect(boot({ ...PLACE, ssh: "ops@milan-a" })).toMatchObject({
      ...{ status: 1, stderr: expect.stringContaining(place) },
    });
    expect(believed()).toEqual({});
  });

  test.each([
    "http://vault.example milan",
    "http://127.0.0.1:8200 milan",
    'https://v"x milan',
    "https://vault.example ../milan",
    "https://v a b",
    "",
  ])("believes nobody where the first login's file says %p", (line) => {
    believeOps();
    writeFileSync(place, `${line}\n`);
    const [vault = "", city = ""] = line.split(" ");
    expect(boot({ vault, city, ssh: `ops@${city}-a` })).toMatchObject({ status: 1 });
    expect(believed()).toEqual({});
  });
});

describe("the script", () => {
  test("lets curl speak https alone, redirects included", () => {
    expect(boot({ ...PLACE, ssh: "ops@milan-a" })).toMatchObject({ status: 0 });
    const asked = readFileSync(join(folder, "curl.arguments"), "utf8");
    expect(asked).toMatch(/^--disable --proto =https --proto-redir =https /);
    expect(asked.split(/\s/).filter((argument) => /^(?:--location|-[a-zA-Z]*L)/.test(argument))).toEqual([]);
  });

  test.each(["ssh.service", "sshd.service"])("has sshd read its settings where it is %s", (sshd) => {
    const asked = join(folder, "asked");
    putProgram(folder, "systemctl", `echo "$*" >>${asked}\nshift\n[ "$*" = ${sshd} ]`);
    const { status, stderr } = boot({ ...PLACE, ssh: "ops@milan-a" });
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.not.stringContaining("not told") });
    expect(readFileSync(asked, "utf8")).toContain(`try-reload-or-restart ${sshd}\n`);
    rmSync(asked);
    putProgram(folder, "systemctl", "exit 5");
    expect(boot({ ...PLACE, ssh: "ops@milan-a" }).stderr).toContain("sshd was not told");
  });

  test("is sound shell that can be run", () => {
    execFileSync("sh", ["-n", SCRIPT]);
    expect(statSync(SCRIPT).mode & 0o111).not.toBe(0);
  });
});
