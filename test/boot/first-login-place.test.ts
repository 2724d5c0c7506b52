import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { putProgram, putVmwareTools } from "./programs";

const SCRIPT = join(__dirname, "../../boot/first-login.sh");
const GUESTINFO = {
  ...{
    vault: "https://vault.example:8200",
    city: "milan",
    pool: "anagrafe",
    seat: "mi-ana-0001",
    "role-id": "role",
    expires: "99999999999",
  },
  ...{ account: "milan/kv/data/pools/anagrafe/domain-join", domain: "vdi.example", wrapped: "token" },
};
const LINE = "https://vault.example:8200 milan\n";

/** Any server answers so: the city's, and one that somebody else names. */
const SERVER = `config=$(cat)
echo "$config" >>"$FOLDER/asked"
status=200
case $config in
  *wrapping/lookup*) body='{"data":{"creation_path":"auth/milan/approle/role/anagrafe/secret-id"}}' ;;
  *wrapping/unwrap*) body='{"data":{"secret_id":"id"}}' ;;
  *approle/login*) body='{"auth":{"client_token":"token"}}' status=\${LOGIN:-200} ;;
  *revoke-self*) body='' status=204 ;;
  *) body='{"data":{"username":"join","password":"word"}}' ;;
esac
printf '%s\\n%s' "$body" "$status"`;

let folder: string;
let place: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "first-login-"));
  place = join(folder, "etc/postazioni/vault");
  putProgram(folder, "curl", SERVER);
  putProgram(folder, "logger", ":");
  putProgram(folder, "uname", "echo mi-ana-0001");
  putProgram(folder, "realm", `cat >/dev/null; cp ${place} ${folder}/at-the-join; exit "\${REALM:-0}"`);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs it on a machine with this guestinfo. */
function boot(guestinfo: Readonly<Record<string, string>> = GUESTINFO, variables: NodeJS.ProcessEnv = {}) {
  putVmwareTools(folder, guestinfo);
  const env = { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder, POSTAZIONI_VAULT_FILE: place };
  const all = { ...env, POSTAZIONI_WAIT_SECONDS: "0", ...variables };
  return spawnSync("/bin/sh", [SCRIPT], { env: all, encoding: "utf8" });
}

describe("a machine's first login", () => {
  test("leaves a file before the join that says which Vault and city it is of, which all may read and root may write", () => {
    expect(boot()).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, "at-the-join"), "utf8")).toBe(LINE);
    expect(readFileSync(place, "utf8")).toBe(LINE);
    expect(statSync(place).mode & 0o777).toBe(0o644);
    expect(statSync(join(place, "..")).mode & 0o777).toBe(0o755);
  });

  test("leaves none where Vault refused it", () => {
    expect(boot(GUESTINFO, { LOGIN: "403" })).toMatchObject({ status: 1 });
    expect(existsSync(place)).toBe(false);
  });

  test("does not join a machine that cannot keep it", () => {
    writeFileSync(join(folder, "etc"), "");
    expect(boot()).toMatchObject({ status: 1, stderr: expect.stringContaining("could not be written") });
    expect(existsSync(join(folder, "at-the-join"))).toBe(false);
  });

  test("may come again at the same Vault", () => {
    expect(boot(GUESTINFO, { REALM: "1" })).toMatchObject({ status: 5 });
    expect(boot()).toMatchObject({ status: 0 });
    expect(readFileSync(place, "utf8")).toBe(LINE);
  });

  test.each([{ vault: "https://vault.thief.example" }, { city: "catania", account: "catania/kv/data/x" }])(
    "asks no other Vault and no other city's once it is kept: %o",
    (other) => {
      mkdirSync(join(place, ".."), { recursive: true });
      writeFileSync(place, LINE);
      const { status, stderr } = boot({ ...GUESTINFO, ...other });
      expect({ status, stderr }).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("this machine asks no other"),
      });
      expect(existsSync(join(folder, "asked"))).toBe(false);
      expect(readFileSync(place, "utf8")).toBe(LINE);
      expect(readFileSync(join(folder, "written"), "utf8")).toContain("info-set guestinfo.postazioni.state failed");
    },
  );
});
