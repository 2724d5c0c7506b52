import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Attribute, Change } from "ldapts";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { foundDomain } from "../../directory/found-domain";
import { PASSWORD, PASSWORD_EXPIRY } from "../../directory/local-administrators";
import type { DeployedCity } from "../../environments/model/city";
import { withEmergencies } from "../../environments/seats/hosting";
import { directoryQuestions } from "../../preflight/directory";
import { COMPUTER } from "../../preflight/joining";
import { localAdministrators } from "../../preflight/local-administrators";
import { ActiveDirectory } from "../fixtures/active-directory";
import { edited } from "../fixtures/city-edits";
import { load, MILAN } from "../fixtures/city-files";
import { endOf, startCommand } from "../fixtures/command";
import { addLapsSchema, raiseLevel } from "../fixtures/laps-schema";

const MINUTE = 60_000;
const UNIT = "OU=Postazioni";
const WINDOWS = ["anagrafe", "educazione", "tecnica", "polizia-locale", "sala-operativa"];
const [JOINER, HELPER, STRANGER, USER] = ["svc-join", "m.rossi", "svc-backup", "l.verdi"] as const;
const TEAM = "vdi-helpdesk";
const SET = "f3531ec6-6330-4f8e-8d39-7a671fbac605";
const SECRET = Buffer.from("what Windows encrypted");

jest.setTimeout(5 * MINUTE);

const folder = mkdtempSync(join(tmpdir(), "local-administrators-"));
const passwords = new Map<string, string>();
let directory: ActiveDirectory;
let unit: string;
let city: DeployedCity;
/** A member of the domain, and its password. */
let member: string;
let machinePassword: string;

beforeAll(async () => {
  directory = await ActiveDirectory.start([UNIT]);
  unit = `${UNIT},${directory.base}`;
  for (const user of [JOINER, HELPER, STRANGER, USER]) passwords.set(user, await directory.addUser(user));
  directory.tool("group", "add", TEAM);
  directory.tool("group", "addmembers", TEAM, HELPER);
  await directory.delegate(JOINER, UNIT);
  city = cityOf();
}, 10 * MINUTE);

afterAll(async () => {
  await directory.stop();
  rmSync(folder, { recursive: true });
}, MINUTE);

function file(): string {
  const units = Object.fromEntries(WINDOWS.map((pool) => [`pools.${pool}.+organizationalUnit`, unit]));
  return edited(MILAN, units, {
    "secrets.directory.+localAdministrators": { readBy: "help-desk" },
    "secrets.directory.url": directory.url.replace("127.0.0.1", "localhost"),
    assignments: undefined,
  });
}

function cityOf(): DeployedCity {
  const { cities, violations } = load({ "milan.yaml": file() });
  expect(violations).toEqual([]);
  const [milan] = withEmergencies(cities);
  if (milan === undefined) throw new Error("no city");
  return milan;
}

/** What a preflight with an ordinary user's login tells. */
async function told(): Promise<string[]> {
  const { domain } = directoryQuestions(city);
  if (domain === undefined) throw new Error("Milan has no Active Directory");
  const found = await as(USER, (client) => foundDomain(client, domain));
  return [...localAdministrators(city, found)].map(
    ({ weight, path, message, repair }) => `${weight}: ${path.join(".")}: ${message}; ${repair}`,
  );
}

function as<T>(user: string, work: Parameters<typeof directory.within<T>>[2]): Promise<T> {
  return directory.within(directory.userDn(user), passwords.get(user) ?? "", work);
}

async function guidsOf(name: string): Promise<readonly string[]> {
  const asked = { base: directory.base, units: [], accounts: [], groups: [], attributes: [name] };
  return (await as(USER, (client) => foundDomain(client, asked))).attributes.get(name) ?? [];
}

/** Whether somebody sees a computer's password. */
async function reads(user: string): Promise<boolean> {
  const options = { filter: `(cn=${member})`, attributes: [PASSWORD], explicitBufferAttributes: [PASSWORD] };
  const { searchEntries } = await as(user, (client) => client.search(unit, options));
  const [value] = [searchEntries[0]?.[PASSWORD] ?? []].flat();
  return Buffer.isBuffer(value) && value.equals(SECRET);
}

/** A computer writes its own attributes, as Windows LAPS does. */
async function writes(expiry: Date): Promise<void> {
  const fileTime = (BigInt(expiry.getTime()) + 11_644_473_600_000n) * 10_000n;
  const change = (modification: Attribute): Change => new Change({ operation: "replace", modification });
  await directory.within(`${member}$@${directory.domain}`, machinePassword, (client) =>
    client.modify(`CN=${member},${unit}`, [
      change(new Attribute({ type: PASSWORD, values: [SECRET] })),
      change(new Attribute({ type: PASSWORD_EXPIRY, values: [String(fileTime)] })),
    ]),
  );
}

async function computers(): Promise<string> {
  const login = {
    ...{ NODE_EXTRA_CA_CERTS: directory.authority, POSTAZIONI_LOGIN_HOSTS: "" },
    ...{ LDAP_BIND_DN: directory.userDn(USER), LDAP_BIND_PASSWORD: passwords.get(USER) ?? "" },
  };
  const { code, out, err } = await endOf(startCommand(["computers", "milan", "--environments", folder], login));
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out;
}

describe("passwords of local administrators", () => {
  test("need the schema and the functional level, which a domain does not have by itself", async () => {
    expect(await told()).toEqual([
      "wrong: secrets.directory.localAdministrators: the directory's schema has no msLAPS-EncryptedPassword and no " +
        "msLAPS-PasswordExpirationTime; run Update-LapsADSchema, once in the forest, as an administrator of its schema",
      expect.stringMatching(
        /: the domain's functional level is 4, so no password would be encrypted, .*; raise the level, /,
      ),
    ]);
    await addLapsSchema(directory);
    raiseLevel(directory);
    expect(await told()).toHaveLength(2);
  });

  test("are written by the computers themselves and read by the team, once both may", async () => {
    expect(await told()).toEqual([
      `wrong: pools.0.organizationalUnit: computers in "${unit}" may not write their own msLAPS-EncryptedPassword and ` +
        `msLAPS-PasswordExpirationTime; Set-LapsADComputerSelfPermission -Identity "${unit}"`,
      `wrong: pools.0.organizationalUnit: the group "${TEAM}@${directory.domain}" may not read the local administrators' ` +
        `passwords in "${unit}"; Set-LapsADReadPasswordPermission -Identity "${unit}" -AllowedPrincipals "${TEAM}@${directory.domain}"`,
    ]);
    const [[password = ""], [expiry = ""]] = [await guidsOf(PASSWORD), await guidsOf(PASSWORD_EXPIRY)];
    const self = [SET, expiry].map((guid) => `(OA;CIIO;RPWP;${guid};${COMPUTER};PS)`).join("");
    await directory.permit(TEAM, unit, `${self}(OA;CIIO;RPCR;${password};${COMPUTER};SID)`);
    expect(await told()).toEqual([]);
  });
});

describe("a desktop that joined", () => {
  beforeAll(() => {
    member = "mi-ana-0001";
    writeFileSync(join(folder, "milan.yaml"), file());
    const names = [`--computer-name=${member}`, `--host-fqdn=${member}.${directory.domain}`, `--domain-ou=${unit}`];
    const login = ["--stdin-password", `--login-user=${JOINER}`, `--domain=${directory.domain}`];
    const args = ["adcli", "join", ...login, ...names, `--host-keytab=${join(folder, "keytab")}`, "--show-password"];
    const { output } = directory.inside(args, passwords.get(JOINER));
    machinePassword = /^computer-password = (.*)$/m.exec(output)?.[1] ?? "";
  });

  test("is listed until it has a password, and when it should have rotated it", async () => {
    expect(await computers()).toMatch(/^1 local administrator without a password .*\nmi-ana-0001: none$/m);
    await writes(new Date(Date.now() + 30 * 24 * 60 * MINUTE));
    expect(await computers()).toMatch(/^0 local administrators without a password /m);
    await writes(new Date("2026-01-02T03:04:05Z"));
    expect(await computers()).toMatch(/^mi-ana-0001: due since 2026-01-02$/m);
  });

  test("has one that the team reads and no other user; the account that joined it sees what Windows encrypted", async () => {
    const seen = await Promise.all([HELPER, USER, STRANGER, JOINER].map(reads));
    // An account owns the computers that it made, and may read all of them: encryption alone keeps it from the password.
    expect(seen).toEqual([true, false, false, true]);
  });
});

test("passwords that somebody else may read are told, by whatever right", async () => {
  const [password = ""] = await guidsOf(PASSWORD);
  await directory.permit(STRANGER, unit, `(OA;CIIO;RPCR;${password};${COMPUTER};SID)(A;CIIO;GA;;;AU)`);
  expect(await told()).toEqual([
    expect.stringMatching(/may also be read by (?=.*"Authenticated Users")(?=.*"svc-backup").*; take it from them/),
  ]);
});
