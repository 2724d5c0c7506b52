import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Login } from "../../access/vsphere/privilege";
import { cityPrivileges } from "../../environments/vsphere/privileges";
import type { PreflightReport } from "../../preflight/preflight";
import { joinAccount } from "../../lab/directory-entries";
import { startDirectory } from "../../lab/directory-server";
import type { DirectoryServer } from "../../lab/directory-server";
import { LAB_DIRECTORY } from "../../lab/paths";
import { Redactor } from "../../runtime/redactor";
import { endOf, startCommand } from "../fixtures/command";
import { deployed } from "../fixtures/deployed";
import { grant, guardedVariables } from "./guarded-login";
import { DOMAIN, POOLS, useOpenLdap } from "./openldap-city";
import { editCity, TestLab } from "./test-lab";
import { withTls } from "./tls-directory";
import type { TlsDirectory } from "./tls-directory";
import { typedInLab } from "./typed-command";

const MINUTE = 60_000;
const SAVED = join(LAB_DIRECTORY, "test-preflight");
const SERVERS = ["doctor", "--for", "lab", "--servers"];

jest.setTimeout(3 * MINUTE);

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1);
  rmSync(SAVED, { recursive: true, force: true });
  mkdirSync(SAVED, { recursive: true });
  for (const city of lab.cities) await lab.session.saveVcenter(city, join(SAVED, city));
}, 10 * MINUTE);

afterAll(async () => {
  rmSync(SAVED, { recursive: true, force: true });
  await lab.stop();
}, MINUTE);

async function held(
  city: string,
  options: readonly string[],
  variables: Record<string, string> = {},
): Promise<{ code: number; report: PreflightReport }> {
  const login = { ...lab.session.environment(city), ...variables };
  const { code, stdout, told } = await typedInLab(lab, "preflight", [city, "--format", "json", ...options], login);
  if (stdout === "") throw new Error(told);
  return { code: code ?? -1, report: JSON.parse(stdout) as PreflightReport };
}

/** What is wrong or asked; the files' own directories are names that nobody answers to. */
function told({ findings }: PreflightReport, silent = "getaddrinfo"): string[] {
  const told = findings.map(({ at, message }) => `${at}: ${message}`);
  return silent === "" ? told : told.filter((line) => !line.includes(silent));
}

describe.each(["milan", "catania"])("a vCenter as %s's file presupposes it", (city) => {
  test.each([
    ["asked", [], false],
    ["saved", ["--saved", join(SAVED, city)], true],
  ])("%s, has nothing wrong", async (_, options, blind) => {
    const { code, report } = await held(city, options);
    expect(told(report)).toEqual([]);
    expect({ code, result: report.result }).toEqual({ code: 0, result: "passed" });
    // A saved inventory has no licences; the lab's vCenter tells its own.
    expect(report.notLookedAt.includes("licences")).toBe(blind);
  });
});

test("doctor logs in to the vCenter and Vault of every city, and tells a login that is refused beside the others", async () => {
  // Node reads the authority of a server's certificate when it starts: once a process asks, as users start it.
  const started = await endOf(startCommand(SERVERS, lab.session.data.variables));
  const ask = async (variables: Record<string, string>) =>
    (await typedInLab(lab, "doctor", SERVERS.slice(1), { ...lab.session.data.variables, ...variables })).stdout;
  const told = started.out;
  for (const city of lab.cities) {
    expect(told).toMatch(new RegExp(`right {2}${city}: vCenter \\S+ takes the login`));
    expect(told).toMatch(new RegExp(`right {2}${city}: Vault \\S+ \\S+ takes the token`));
  }
  const refused = await ask({ VSPHERE_PASSWORD: "wrong", VAULT_TOKEN: "" });
  expect(refused).toMatch(/wrong {2}.*milan at \S+: .*; repair: 'npm run preflight' asks more/);
  expect(refused).toMatch(/note {3}milan: Vault \S+ \S+ answers; VAULT_TOKEN is not set/);
});

describe("the privileges of a login", () => {
  const needed = (login: Login): string[] =>
    cityPrivileges(deployed(lab.city("milan"))).flatMap((one) =>
      one.login === login ? one.privileges.map(({ id }) => id) : [],
    );
  async function asked(privileges: readonly string[], ...logins: readonly Login[]): Promise<string[]> {
    await grant(lab.session, "milan", privileges);
    const { report } = await held("milan", ["--login", ...logins], guardedVariables(lab.session));
    return told(report);
  }

  test("are told on each object that lacks one of them, for every login that was named", async () => {
    expect(await asked(needed("network"), "network")).toEqual([]);
    const without = needed("network").filter((id) => id !== "DVSwitch.Create" && id !== "Host.Config.Network");
    expect(await asked(without, "network", "foundation")).toEqual([
      expect.stringMatching(/vsphere\.server: .* on vCenter's root .* foundation needs: .*Tagging\.CreateTag/),
      "platform.vsphere.datacenter: the login lacks on the datacenter's folder of machines privileges that foundation needs: Authorization.ModifyPermissions, Folder.Create, Folder.Delete, Folder.Move",
      "platform.vsphere.datacenter: the login lacks on the datacenter's folder of networks privileges that network needs: DVSwitch.Create",
      expect.stringMatching(/ on the cluster "milano-vdi-a", .* foundation needs: .*Resource\.CreatePool/),
      expect.stringMatching(/ on the host "esx-a01.*" and \d+ more .* network needs: Host\.Config\.Network$/),
    ]);
  });

  test("for first secrets, with no folder to ask about before the first deployment, are not looked at", async () => {
    await grant(lab.session, "milan", []);
    const { report } = await held("milan", ["--login", "first-secrets"], guardedVariables(lab.session));
    expect(told(report)).toEqual([]);
    expect(report.notLookedAt.join()).toContain("privileges of first-secrets, before the folders");
  });
});

describe("the directory", () => {
  const folder = mkdtempSync(join(tmpdir(), "preflight-directory-"));
  const authorities = join(folder, "authorities.pem");
  let [server, tls]: [DirectoryServer?, TlsDirectory?] = [];

  beforeAll(async () => {
    const users = [{ name: "m.rossi", groups: ["vdi-desktops", "vdi-helpdesk"] }];
    server = await startDirectory({ folder, redactor: new Redactor(), domain: DOMAIN, pools: POOLS.slice(1), users });
    tls = await withTls(server, folder);
    useOpenLdap(lab.environments);
    editCity(lab.environments, "milan", /url: ldaps:.*/, `url: ${tls.url}`);
    const known = lab.session.environment("milan").NODE_EXTRA_CA_CERTS ?? "";
    writeFileSync(authorities, readFileSync(known, "utf8") + readFileSync(tls.certificateFile, "utf8"));
  }, MINUTE);

  afterAll(async () => {
    tls?.close();
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  async function looked(variables: Record<string, string>): Promise<{ at: string[]; report: PreflightReport }> {
    const { report } = await held("milan", ["--environments", lab.environments], variables);
    return { report, at: told(report, "") };
  }

  test("whose certificate is not trusted is told so", async () => {
    const { at } = await looked({});
    expect(at).toEqual([expect.stringMatching(/^secrets\.directory\.url: the certificate of ldaps:.* is not trusted/)]);
  });

  test("answers anybody whether it keeps the file's bases, and no more", async () => {
    const { at, report } = await looked({ NODE_EXTRA_CA_CERTS: authorities });
    expect(at).toEqual([]);
    expect(report.notLookedAt).toContain("what is in the directory, for want of a login");
  });

  test("is asked with a login for every account and group that the file names", async () => {
    const { dn, password } = server?.account(joinAccount("tecnica")) ?? { dn: "", password: "" };
    const login = { NODE_EXTRA_CA_CERTS: authorities, LDAP_BIND_DN: dn, LDAP_BIND_PASSWORD: password };
    expect((await looked(login)).at).toEqual([
      'secrets.people.teams[name=network-team].group: there is no group "vdi-network"',
      'secrets.people.teams[name=security].group: there is no group "vdi-security"',
      'secrets.people.teams[name=auditors].group: there is no group "vdi-auditors"',
      'secrets.people.teams[name=owner-servizi-civici].group: there is no group "servizi-civici-responsabili"',
      'secrets.people.teams[name=owner-tecnica].group: there is no group "tecnica-responsabili"',
      'secrets.people.breakGlass.group: there is no group "vdi-emergenza"',
      expect.stringContaining('join-anagrafe].dn: there is no account "uid=svc-domain-join-anagrafe,ou=services,'),
    ]);
    const { at } = await looked({ ...login, LDAP_BIND_PASSWORD: "another" });
    expect(at).toEqual([expect.stringMatching(/^secrets\.directory\.url: .* refuses the login of LDAP_BIND_DN$/)]);
  });
});
