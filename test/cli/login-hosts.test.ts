import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { areNamed, isNamed, loginHosts, unnamedHosts } from "../../cli/login-hosts";
import type { City } from "../../environments/model/city";
import { edited } from "../fixtures/city-edits";
import { copyAssignments, MILAN } from "../fixtures/city-files";
import { sampleCity } from "../fixtures/sample-city";
import { typedHere } from "../fixtures/typed-here";

const ALL = { vsphere: undefined, vault: undefined, state: undefined };

function city(state: City["platform"]["state"] = { backend: "http", address: "https://gitlab.example/states" }): City {
  const { platform, ...rest } = sampleCity();
  const [vsphere, vault] = [
    { ...platform.vsphere, server: "vcenter.example" },
    { ...platform.vault, address: "https://vault.example:8200" },
  ];
  return { ...rest, platform: { ...platform, vsphere, vault, state } };
}

describe("the hosts that logins go to", () => {
  test.each<[City["platform"]["state"], string[]]>([
    [{ backend: "local" }, []],
    [{ backend: "http", address: "https://gitlab.example/states" }, ["gitlab.example"]],
    [{ backend: "pg", server: "db.example", port: 5433, database: "states" }, ["db.example:5433"]],
    [{ backend: "s3", bucket: "states", region: "eu-south-1" }, ["s3.eu-south-1.amazonaws.com"]],
    [
      { backend: "s3", bucket: "states", region: "default", endpoint: "https://minio.example:9000" },
      ["minio.example:9000"],
    ],
    [{ backend: "consul", address: "consul.example:8501", path: "states" }, ["consul.example:8501"]],
  ])("are vCenter's, Vault's and the state's: %o", (state, hosts) => {
    expect(loginHosts(city(state), ALL).map(({ host }) => host)).toEqual([
      "vcenter.example",
      "vault.example:8200",
      ...hosts,
    ]);
  });

  test("are those that a command asks, by the address that it is given", () => {
    expect(loginHosts(city(), { vault: "https://other.example" })).toEqual([
      { path: ["platform", "vault", "address"], host: "other.example" },
    ]);
  });
});

test("the directory's host counts where a command sends a login there", () => {
  const { secrets, ...rest } = city();
  const directory = { url: "ldaps://dc1.example", userDn: "DC=a", groupDn: "DC=a", minimumPasswordAgeHours: 24 };
  const hosts = loginHosts({ ...rest, secrets: { ...secrets, directory } }, { directory: undefined });
  expect(hosts).toEqual([{ path: ["secrets", "directory", "url"], host: "dc1.example" }]);
});

describe("POSTAZIONI_LOGIN_HOSTS", () => {
  const named = (hosts: string | undefined, ci = "true") =>
    unnamedHosts(city(), ALL, { CI: ci, POSTAZIONI_LOGIN_HOSTS: hosts }).map(({ host }) => host);

  test("lets logins go to the hosts that it names, and to no other", () => {
    expect(named("vcenter.example,vault.example:8200, gitlab.example")).toEqual([]);
    expect(named("vcenter.example,vault.example")).toEqual(["gitlab.example"]);
    expect(named("vcenter.example.thief.example,vault.example:443,*")).toEqual([
      "vcenter.example",
      "vault.example:8200",
      "gitlab.example",
    ]);
  });

  test("is wanted in CI, and holds elsewhere where it is set", () => {
    expect(named(undefined)).toHaveLength(3);
    expect(named(undefined, "1")).toHaveLength(3);
    for (const none of ["", "0", "false"]) expect(named(undefined, none)).toEqual([]);
    expect(named("vcenter.example", "")).toHaveLength(2);
  });

  test("need not name this machine, which the lab's servers are on", () => {
    expect(unnamedHosts(city(), { vault: "https://127.0.0.1:8200" }, { CI: "true" })).toEqual([]);
    expect(unnamedHosts(city(), { vault: "https://127.0.0.1.thief.example" }, { CI: "true" })).toHaveLength(1);
  });

  test("names a host with any port, or with one", () => {
    expect(isNamed("a.example:8200", ["a.example"])).toBe(true);
    expect(isNamed("a.example", ["a.example:8200"])).toBe(false);
    expect(isNamed("a.example", ["a.example:443"])).toBe(true);
    expect(named("vcenter.example\nvault.example\ngitlab.example")).toEqual([]);
  });

  test("has to name this machine too before a change may lead there unseen", () => {
    const own = city({ backend: "local" });
    const vault = { ...own.platform.vault, address: "https://localhost:8443" };
    const moved = { ...own, platform: { ...own.platform, vault } };
    expect(areNamed(moved, { POSTAZIONI_LOGIN_HOSTS: "vcenter.example" })).toBe(false);
    expect(areNamed(moved, { POSTAZIONI_LOGIN_HOSTS: "vcenter.example,localhost" })).toBe(true);
  });
});

describe("a server that a request names", () => {
  const thief = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  let connections = 0;
  let folder: string;
  let port: number;

  beforeAll(async () => {
    await new Promise<void>((resolve) => thief.listen(0, "127.0.0.1", resolve));
    ({ port } = thief.address() as AddressInfo);
    folder = mkdtempSync(join(tmpdir(), "login-hosts-"));
    copyAssignments(folder);
    writeFileSync(join(folder, "milan.yaml"), MILAN);
    const git = (...args: string[]): Buffer => execFileSync("git", args, { cwd: folder });
    git("init", "--quiet");
    git("add", ".");
    git("-c", "user.name=test", "-c", "user.email=test@test.example", "commit", "--quiet", "--message=reviewed");
    const vault = `https://127.0.0.1:${String(port)}`;
    writeFileSync(join(folder, "milan.yaml"), edited(MILAN, { "platform.vault.address": vault }));
  });

  beforeEach(() => {
    connections = 0;
  });

  afterAll(() => {
    thief.close();
    rmSync(folder, { recursive: true });
  });

  async function command(args: readonly string[], variables: NodeJS.ProcessEnv = {}) {
    const logins = { VSPHERE_USER: "u", VSPHERE_PASSWORD: "p", VAULT_TOKEN: "t", VAULT_ID_TOKEN: "jwt" };
    return typedHere(args, { ...logins, POSTAZIONI_ENVIRONMENTS: folder, ...variables });
  }

  test("is asked nothing before a review", async () => {
    const { code, out } = await command(["preview", "milan", "--base", "HEAD"]);
    expect({ code, connections }).toEqual({ code: 3, connections: 0 });
    expect(out).toContain("nothing was planned, as logins would go elsewhere");
    expect(out).toMatch(/\| `platform.vault.address` \| `https:\/\/vault.comune.milano.example:8200` \|/);
  }, 60_000);

  test("is shown in CI too, where the variable names the former ones", async () => {
    const POSTAZIONI_LOGIN_HOSTS =
      "vcenter.comune.milano.example,vault.comune.milano.example,gitlab.comune.milano.example";
    const { code, out } = await command(["preview", "milan", "--base", "HEAD"], {
      CI: "true",
      POSTAZIONI_LOGIN_HOSTS,
    });
    expect({ code, connections }).toEqual({ code: 3, connections: 0 });
    expect(out).toContain("### Where logins go");
  }, 60_000);

  test.each([
    ["preview", "milan"],
    ["drift", "milan"],
    ["secrets", "status", "milan"],
    ["secrets", "first", "milan"],
    ["pipeline", "with-login", "milan", "plan", "--", "true"],
  ])(
    "ends before it logs in, in CI, where no variable names the servers: %s %s",
    async (...args) => {
      const VAULT_ADDR = "https://vault.thief.example";
      const { code, out, err } = await command(args, { CI: "true", VAULT_ADDR });
      expect({ code: code === 0, connections }).toEqual({ code: false, connections: 0 });
      const told = `${out}${err}`;
      expect(told).toContain("POSTAZIONI_LOGIN_HOSTS does not name it");
      expect(told).toMatch(/milan\.yaml:\d+:\d+: platform\./);
    },
    60_000,
  );

  test("is asked where the variable names it, as this test would see", async () => {
    const { code } = await command(["pipeline", "with-login", "milan", "plan", "--", "true"], {
      ...{ CI: "true", POSTAZIONI_LOGIN_HOSTS: `127.0.0.1:${String(port)}` },
    });
    expect({ failed: code !== 0, asked: connections > 0 }).toEqual({ failed: true, asked: true });
  }, 60_000);
});
