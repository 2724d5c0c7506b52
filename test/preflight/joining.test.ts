import { describe, expect, test } from "@jest/globals";
import { RIGHT } from "../../directory/access-entries";
import type { AccessEntry } from "../../directory/access-entries";
import type { FoundDomain } from "../../directory/found-domain";
import { PASSWORD, PASSWORD_EXPIRY } from "../../directory/local-administrators";
import type { DeployedCity } from "../../environments/model/city";
import { withEmergencies } from "../../environments/seats/hosting";
import { COMPUTER, joining, joinings, unseenRights } from "../../preflight/joining";
import { localAdministrators } from "../../preflight/local-administrators";
import { edited } from "../fixtures/city-edits";
import { load, MILAN } from "../fixtures/city-files";

/** What a real directory answers is in test/soak/joining-rights.test.ts and test/soak/local-administrators.test.ts. */
const UNIT = "OU=Postazioni,DC=comune,DC=milano,DC=example";
const [COMPUTERS, SELF, TEAM] = [
  "CN=Computers,DC=comune,DC=milano,DC=example",
  "S-1-5-10",
  "S-1-5-21-1-2-3-1200",
] as const;
const [GUID, EXPIRY_GUID] = ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"] as const;
const WINDOWS = ["anagrafe", "educazione", "tecnica", "polizia-locale", "sala-operativa"];

function cityWith(unit: string | undefined): DeployedCity {
  const units =
    unit === undefined ? {} : Object.fromEntries(WINDOWS.map((pool) => [`pools.${pool}.+organizationalUnit`, unit]));
  const administrators =
    unit === undefined ? {} : { "secrets.directory.+localAdministrators": { readBy: "help-desk" } };
  const { cities, violations } = load({
    "milan.yaml": edited(MILAN, units, { ...administrators, assignments: undefined }),
  });
  expect(violations).toEqual([]);
  const [milan] = withEmergencies(cities);
  if (milan === undefined) throw new Error("no city");
  return milan;
}

function entry(sid: string, mask: number, more: Partial<AccessEntry> = {}): AccessEntry {
  return { allows: true, here: true, below: true, mask, sid, ...more };
}

/** A domain in which every account of the city is seen, with one list at both places. */
function domain(city: DeployedCity, entries: readonly AccessEntry[], more: Partial<FoundDomain> = {}): FoundDomain {
  const accounts = joinings(city).map(({ account }) => [account, new Set([`sid of ${account}`, "S-1-5-11"])] as const);
  return {
    ...{ quota: 10, level: 7, computers: COMPUTERS, groups: new Map([["vdi-helpdesk", TEAM]]), names: new Map() },
    places: new Map([UNIT, COMPUTERS].map((place) => [place, entries])),
    accounts: new Map(accounts),
    attributes: new Map([
      [PASSWORD, [GUID]],
      [PASSWORD_EXPIRY, [EXPIRY_GUID]],
    ]),
    ...more,
  };
}

describe("an account that joins", () => {
  const all = Object.values(RIGHT).reduce((one, other) => one | other, 0);

  test("with all rights, by whatever group, is no finding", () => {
    const city = cityWith(UNIT);
    const found = domain(city, [entry("S-1-5-11", all)], { level: 7 });
    expect([...joining(city, found)]).toEqual([]);
    expect(unseenRights(city, found)).toEqual([]);
  });

  test("without a unit has the domain's quota, which the seats of its pools may exceed", () => {
    const city = cityWith(undefined);
    const told = [...joining(city, domain(city, []))];
    expect(told.map(({ weight, message }) => `${weight}: ${message.replace(/.*so it/, "it")}`)).toEqual(
      expect.arrayContaining([
        "wrong: it joins 10 computers, as many as ms-DS-MachineAccountQuota says, and its pools without an organizationalUnit have 1,450 seats",
        "question: it joins 10 computers, as many as ms-DS-MachineAccountQuota says, and its pools without an organizationalUnit have 10 seats",
      ]),
    );
    expect(told).toHaveLength(joinings(city).length);
  });

  test("whose groups, or whose unit's list, the login does not read is said to be not looked at", () => {
    const city = cityWith(UNIT);
    const blind = domain(city, [], { accounts: new Map(), places: new Map() });
    expect([...joining(city, blind)]).toEqual([]);
    expect(unseenRights(city, blind)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^the rights of CN=.*, whose groups \(tokenGroups\) the login does not read$/),
        `who may do what in ${UNIT}, whose nTSecurityDescriptor the login does not read`,
      ]),
    );
  });
});

describe("passwords of local administrators", () => {
  const self = [GUID, EXPIRY_GUID].map((object) => entry(SELF, RIGHT.write, { object, heir: COMPUTER }));
  const team = entry(TEAM, RIGHT.control, { object: GUID, heir: COMPUTER });

  function told(entries: readonly AccessEntry[], more: Partial<FoundDomain> = {}): string[] {
    const city = cityWith(UNIT);
    return [...localAdministrators(city, domain(city, entries, more))].map(({ message }) => message);
  }

  test("are no finding where computers write and the team and administrators alone read", () => {
    expect(
      told([...self, team, entry("S-1-5-32-544", RIGHT.control), entry("S-1-5-21-1-2-3-512", RIGHT.control)]),
    ).toEqual([]);
  });

  test("are told for each right that lacks or is too much", () => {
    expect(told([...self.slice(1), team])).toEqual([
      expect.stringContaining("may not write their own msLAPS-EncryptedPassword"),
    ]);
    expect(told(self)).toEqual([
      expect.stringContaining('the group "vdi-helpdesk@comune.milano.example" may not read'),
    ]);
    expect(told([...self, team, entry("S-1-1-0", RIGHT.control)])).toEqual([
      expect.stringContaining('may also be read by "Everyone"'),
    ]);
    expect(told([...self, team, entry("S-1-3-0", RIGHT.control)])).toEqual([
      expect.stringContaining('read by "CREATOR OWNER"'),
    ]);
  });

  test("need schema and level", () => {
    expect(told([], { attributes: new Map(), level: 6 })).toEqual([
      expect.stringContaining("has no msLAPS-EncryptedPassword and no msLAPS-PasswordExpirationTime"),
      expect.stringContaining("functional level is 6"),
    ]);
  });
});
