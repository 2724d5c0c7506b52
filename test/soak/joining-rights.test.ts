import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { isAllowed, RIGHT } from "../../directory/access-entries";
import { foundDomain } from "../../directory/found-domain";
import type { FoundDomain } from "../../directory/found-domain";
import type { DeployedCity } from "../../environments/model/city";
import { withEmergencies } from "../../environments/seats/hosting";
import type { PreflightFinding } from "../../preflight/check";
import { directoryQuestions } from "../../preflight/directory";
import { COMPUTER, joining, unseenRights } from "../../preflight/joining";
import { ActiveDirectory } from "../fixtures/active-directory";
import { edited } from "../fixtures/city-edits";
import { load, MILAN } from "../fixtures/city-files";
import { endOf, startCommand } from "../fixtures/command";
import { TestLab } from "../lab/test-lab";

const MINUTE = 60_000;
const [REGISTRY, OFFICES] = ["OU=Anagrafe,OU=Postazioni", "OU=Uffici,OU=Postazioni"] as const;
/** Who joins which pool, and what each may do. */
const JOINERS = {
  anagrafe: "svc-delegated",
  "polizia-locale": "svc-by-group",
  tecnica: "svc-creates",
  "smart-working": "svc-nothing",
  educazione: "svc-quota",
  "sala-operativa": "svc-few",
} as const;
const UNITS = { anagrafe: REGISTRY, "polizia-locale": REGISTRY, tecnica: OFFICES, "smart-working": OFFICES } as const;

jest.setTimeout(5 * MINUTE);

const folder = mkdtempSync(join(tmpdir(), "joining-rights-"));
const passwords = new Map<string, string>();
let directory: ActiveDirectory;
let city: DeployedCity;

beforeAll(async () => {
  directory = await ActiveDirectory.start(["OU=Postazioni", REGISTRY, OFFICES]);
  for (const user of [...Object.values(JOINERS), "reader"]) passwords.set(user, await directory.addUser(user));
  for (const group of ["joiners", "inner"]) directory.tool("group", "add", group);
  directory.tool("group", "addmembers", "joiners", "inner");
  directory.tool("group", "addmembers", "inner", JOINERS["polizia-locale"]);
  await directory.delegate(JOINERS.anagrafe, REGISTRY);
  await directory.delegate("joiners", REGISTRY);
  await directory.permit(JOINERS.tecnica, `${OFFICES},${directory.base}`, `(OA;;CC;${COMPUTER};;SID)`);
  city = cityOf();
}, 10 * MINUTE);

afterAll(async () => {
  await directory.stop();
  rmSync(folder, { recursive: true });
}, MINUTE);

/** Milan with these accounts and units, whose sizes are the file's. */
function file(url = "ldaps://dc1.comune.milano.example"): string {
  const edits = Object.entries(JOINERS).map(([pool, user]) => {
    const at = `secrets.accounts.rotated.join-${pool}`;
    return { [`${at}.dn`]: directory.userDn(user), [`${at}.username`]: user };
  });
  const units = Object.entries(UNITS).map(([pool, unit]) => ({
    [`pools.${pool}.+organizationalUnit`]: `${unit},${directory.base}`,
  }));
  return edited(MILAN, ...edits, ...units, { assignments: undefined, "secrets.directory.url": url });
}

function cityOf(): DeployedCity {
  const { cities, violations } = load({ "milan.yaml": file() });
  expect(violations).toEqual([]);
  const [milan] = withEmergencies(cities);
  if (milan === undefined) throw new Error("no city");
  return milan;
}

/** What an ordinary user sees, who has no rights but every user's. */
function seen(user = "reader"): Promise<FoundDomain> {
  const { domain } = directoryQuestions(city);
  if (domain === undefined) throw new Error("Milan has no Active Directory");
  return directory.within(directory.userDn(user), passwords.get(user) ?? "", (client) => foundDomain(client, domain));
}

async function findings(): Promise<PreflightFinding[]> {
  return [...joining(city, await seen())];
}

/** The classes of objects that a user may make at a place, by the directory's own answer. */
function makes(user: string, place: string): Promise<boolean> {
  return directory.within(directory.userDn(user), passwords.get(user) ?? "", async (client) => {
    const attributes = ["allowedChildClassesEffective"];
    const [found] = (await client.search(place, { scope: "base", attributes })).searchEntries;
    return [found?.allowedChildClassesEffective ?? []].flat().map(String).includes("computer");
  });
}

function joins(computer: string, user: string, ...args: readonly string[]): boolean {
  const names = [`--computer-name=${computer}`, `--host-fqdn=${computer}.${directory.domain}`];
  const login = ["--stdin-password", `--login-user=${user}`, `--domain=${directory.domain}`];
  const keytab = `--host-keytab=${join(folder, `${computer}-${user}`)}`;
  const all = ["adcli", "join", ...login, ...names, keytab, ...args];
  return directory.inside(all, passwords.get(user)).code === 0;
}

describe("the rights of accounts that join, as an ordinary user reads them", () => {
  test("are what the directory itself says of each, directly or by nested groups", async () => {
    const found = await seen();
    const create = { right: RIGHT.createChild, objects: [COMPUTER] };
    const places = [REGISTRY, OFFICES].map((unit) => `${unit},${directory.base}`);
    const told: [string, string, boolean][] = [];
    for (const user of Object.values(JOINERS))
      for (const place of places) {
        const sids = found.accounts.get(directory.userDn(user)) ?? new Set();
        const allowed = isAllowed(found.places.get(place) ?? [], sids, create);
        expect({ user, place, allowed }).toEqual({ user, place, allowed: await makes(user, place) });
        told.push([user, place.slice(0, "OU=Uffici".length), allowed]);
      }
    expect(told.filter(([, , allowed]) => allowed)).toEqual([
      ["svc-delegated", "OU=Anagra", true],
      ["svc-by-group", "OU=Anagra", true],
      ["svc-creates", "OU=Uffici", true],
    ]);
    expect(unseenRights(city, found)).toEqual([]);
  });

  test("make findings at the keys that name them, with the commands that delegate what lacks", async () => {
    const found = await findings();
    expect(found.map(({ path, weight, message }) => `${weight}: ${path.join(".")}: ${message}`)).toEqual([
      expect.stringMatching(
        /^wrong: secrets\.accounts\.rotated\.1\.dn: .*svc-quota.* it joins 10 computers, .* 3,900 seats$/,
      ),
      expect.stringMatching(
        /^question: pools\.2\.organizationalUnit: .*svc-creates.* but not delete them, reset their /,
      ),
      expect.stringMatching(
        /^wrong: pools\.4\.organizationalUnit: .*svc-nothing.* may not create computers in "OU=Uffici,/,
      ),
      expect.stringMatching(
        /^question: secrets\.accounts\.rotated\.5\.dn: .*svc-few.* it joins 10 computers, .* 10 seats$/,
      ),
    ]);
    const unit = `dsacls "${OFFICES},${directory.base}"`;
    const to = `"svc-nothing@${directory.domain}:`;
    expect(found[2]?.repair).toBe(
      `${unit} /G ${to}CC;computer" ${to}DC;computer"; ${unit} /I:S /G ${to}CA;Reset Password;computer" ` +
        `${to}WS;Validated write to DNS host name;computer" ${to}WS;Validated write to service principal name;computer" ` +
        `${to}RPWP;Account Restrictions;computer"`,
    );
  });

  test("are what joining shows: computers that another made are joined with all of them only", () => {
    const at = (unit: string): string => `--domain-ou=${unit},${directory.base}`;
    for (const [computer, unit] of [
      ["mi-tec-0002", OFFICES],
      ["mi-pol-0002", REGISTRY],
    ] as const)
      directory.tool("computer", "create", computer, `--computerou=${unit}`);
    const joined = (computer: string, pool: keyof typeof UNITS): boolean =>
      joins(computer, JOINERS[pool], at(UNITS[pool]));
    expect({
      delegated: joined("mi-ana-0001", "anagrafe"),
      byGroup: [joined("mi-pol-0001", "polizia-locale"), joined("mi-pol-0002", "polizia-locale")],
      creates: [joined("mi-tec-0001", "tecnica"), joined("mi-tec-0001", "tecnica"), joined("mi-tec-0002", "tecnica")],
      nothing: joined("mi-smw-0001", "smart-working"),
    }).toEqual({ delegated: true, byGroup: [true, true], creates: [true, true, false], nothing: false });
  });

  test("without a quota are lacked by every account whose pools have no unit", async () => {
    await directory.withoutQuota();
    const told = (await findings()).filter(({ path }) => path[0] === "secrets");
    expect(told.map(({ weight, message }) => `${weight}: ${message}`)).toEqual([
      expect.stringMatching(/^wrong: .*svc-quota.* joins 0 computers/),
      expect.stringMatching(/^wrong: .*svc-few.* joins 0 computers/),
    ]);
  });
});

describe("npm run preflight", () => {
  let lab: TestLab;

  beforeAll(async () => {
    lab = await TestLab.start(1);
    writeFileSync(join(lab.environments, "milan.yaml"), file(directory.url.replace("127.0.0.1", "localhost")));
  }, 10 * MINUTE);
  afterAll(() => lab.stop(), MINUTE);

  test("tells them with the file's lines, beside what is not there at all", async () => {
    const known = lab.session.environment("milan").NODE_EXTRA_CA_CERTS ?? "";
    const authorities = join(folder, "authorities.pem");
    writeFileSync(authorities, readFileSync(known, "utf8") + readFileSync(directory.authority, "utf8"));
    const login = { LDAP_BIND_DN: directory.userDn("reader"), LDAP_BIND_PASSWORD: passwords.get("reader") ?? "" };
    const variables = { ...lab.session.environment("milan"), NODE_EXTRA_CA_CERTS: authorities, ...login };
    const { code, out, err } = await endOf(
      startCommand(["preflight", "milan", "--environments", lab.environments], variables),
    );
    expect({ code, err: err.includes("error") }).toEqual({ code: 1, err: false });
    expect(out).toMatch(
      /milan\.yaml:\d+:\d+: pools\[name=smart-working\]\.organizationalUnit: the account "CN=svc-nothing,.*repair: dsacls/,
    );
    expect(out).toMatch(/milan\.yaml:\d+:\d+: secrets\.people\.teams\[name=help-desk\]\.group: there is no group /);
    expect(out).not.toContain("svc-delegated");
  });
});
