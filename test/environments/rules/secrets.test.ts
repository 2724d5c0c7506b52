import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { MILAN, milanWith } from "../../fixtures/city-files";

const FORMS =
  "allowed: pools, directorates, pools/<name>, directorates/<id>, teams/<name>, or one secret below such a folder";

function grant(text: string): Edit {
  return { "secrets.people.teams.owner-tecnica.access.0.to": inYaml(text) };
}

describe("secret-place", () => {
  const at = "secrets.people.teams[name=owner-tecnica].access[0].to";

  test.each([
    ['"*"', '"*" is a wildcard', "name each place; pools and directorates stand for all of them"],
    ["pools/*", '"pools/*" is a wildcard', "name each place; pools and directorates stand for all of them"],
    [
      "pools/+/domain-join",
      '"pools/+/domain-join" is a wildcard',
      "name each place; pools and directorates stand for all of them",
    ],
    ["catania/kv", '"catania/kv" is outside the city\'s secrets', "begin with pools, directorates or teams"],
    ["/pools", '"/pools" is outside the city\'s secrets', "begin with pools, directorates or teams"],
    ["sys/policies", '"sys/policies" is outside the city\'s secrets', "begin with pools, directorates or teams"],
    ["teams", "teams is every team's own secrets", "name one team"],
    [
      "pools/anagrafe/../tecnica",
      '"pools/anagrafe/../tecnica" has a part that is no secret\'s name',
      "use lower-case letters, digits, dots, hyphens and underscores",
    ],
  ])("refuses %s as a place of a city's secrets", (text, message, repair) => {
    expect(milanWith(grant(text))).toEqual([`${at}: ${message}; ${FORMS}; repair: ${repair}`]);
  });

  test("names the nearest pool, directorate or team for a name that is not there", () => {
    expect(milanWith(grant("pools/anagraffe"))[0]).toMatch(/"anagraffe" names no pool; .*repair: write "anagrafe"$/);
    expect(milanWith(grant("directorates/tecnico"))[0]).toMatch(/names no directorate; .*repair: write "tecnica"$/);
    expect(milanWith(grant("teams/auditor"))[0]).toMatch(/names no team; .*repair: write "auditors"$/);
  });

  test("holds for what must and must not be read too", () => {
    expect(
      milanWith({
        "secrets.mustRead.3.secret": "teams/network/switches",
        "secrets.mustNotRead.0.secret": "accounts/join-tecnico",
      }).map((line) => line.slice(0, line.indexOf(";"))),
    ).toEqual([
      'secrets.mustRead[3].secret: "network" names no team',
      'secrets.mustNotRead[0].secret: "join-tecnico" names no account',
    ]);
  });

  test("lets one secret of a pool pass", () => {
    expect(
      milanWith({
        "secrets.people.teams.security.access.0.to": "pools/tecnica/licence-server",
        "secrets.people.teams.security.access.0.may": "read",
      }),
    ).toEqual([]);
  });
});

describe("team-own-secrets", () => {
  test.each(["read", "write"])("refuses that a team may %s another team's secrets", (may) => {
    expect(milanWith({ "secrets.people.teams.security.access.2.may": may })).toEqual([
      `secrets.people.teams[name=security].access[2].may: the team "security" would ${may} secrets of the team "desktop-team"; ` +
        "allowed: nobody but a team, and break-glass, reads the team's own secrets; others may have their names; " +
        "repair: give names only, or put the secret into a pool's or a directorate's folder",
    ]);
  });
});

describe("value-deleted", () => {
  const WITH = (days: number): Edit => ({ "secrets.versions.+deleteAfterDays": days });

  test("refuses that Vault deletes a value before its owner renews it, or one that nobody renews, each with its line", () => {
    expect(milanWith(WITH(180), { "secrets.values.0.renewEveryDays": undefined })).toEqual([
      "secrets.values[0].secret: never renewed, and Vault deletes it after 180 days; allowed: a value is renewed before Vault deletes it: " +
        "its renewEveryDays is there and less than secrets.versions.deleteAfterDays; repair: renew it more often, or raise " +
        "deleteAfterDays or take it out",
      expect.stringContaining(
        "secrets.values[1].renewEveryDays: renewed every 180 days, and Vault deletes it after 180 days",
      ),
    ]);
  });

  test("lets values pass that are renewed in time, and any where nothing is deleted", () => {
    expect(milanWith(WITH(366))).toEqual([]);
    expect(milanWith({ "secrets.values.0.renewEveryDays": undefined })).toEqual([]);
  });
});

describe("team-once", () => {
  test("refuses a second team of a name", () => {
    expect(milanWith({ "secrets.people.teams.owner-tecnica.name": "owner-servizi-civici" })).toEqual([
      expect.stringContaining('the team "owner-servizi-civici" is there already'),
    ]);
  });

  test("refuses a group of two teams or of break-glass and a team, in whatever case", () => {
    expect(
      milanWith({
        "secrets.people.teams.network-team.group": "VDI-Desktops",
        "secrets.people.breakGlass.group": "vdi-auditors",
      }),
    ).toEqual([
      expect.stringContaining(
        'teams[name=network-team].group: the group "VDI-Desktops" is there already, as "vdi-desktops"',
      ),
      expect.stringContaining('breakGlass.group: the group "vdi-auditors" is there already'),
    ]);
  });
});

describe("must-read and must-not-read", () => {
  const expectations = (list: "mustRead" | "mustNotRead", who: string, secret: string): Edit => ({
    [`secrets.${list}.+0`]: { who, secret },
  });
  const refused = (list: "mustRead" | "mustNotRead", who: string, secret: string): string[] =>
    milanWith(expectations(list, who, secret)).map((line) => line.slice(0, line.indexOf("; allowed")));

  test("say which line of which policy leaves a secret closed that must be read", () => {
    expect(refused("mustRead", "team:help-desk", "pools/tecnica/domain-join")).toEqual([
      "secrets.mustRead[0]: team:help-desk does not read pools/tecnica/domain-join: team:help-desk's policy has no rule for " +
        '"milan/kv/data/pools/tecnica/domain-join"',
    ]);
  });

  test("say which line of which policy opens a secret that must not be read", () => {
    expect(refused("mustNotRead", "team:desktop-team", "pools/tecnica/domain-join")).toEqual([
      "secrets.mustNotRead[0]: team:desktop-team reads pools/tecnica/domain-join: milan-team-desktop-team allows it by path " +
        '"milan/kv/data/pools/tecnica/*" with create, read, update (Team desktop-team, access to pools: write.)',
    ]);
  });

  test("take what is read wrapped only for read", () => {
    expect(milanWith(expectations("mustRead", "break-glass", "pools/tecnica/domain-join"))).toEqual([]);
    expect(refused("mustNotRead", "break-glass", "pools/tecnica/domain-join")).toEqual([
      expect.stringContaining("break-glass reads pools/tecnica/domain-join: milan-break-glass allows it by path"),
    ]);
  });

  test("refuse somebody who is not there, of whom anything would hold", () => {
    expect(milanWith(expectations("mustNotRead", "team:helpdesk", "pools/tecnica/domain-join"))).toEqual([
      expect.stringMatching(
        /^secrets\.mustNotRead\[0\]\.who: "team:helpdesk" names no identity; .*repair: write "team:help-desk"$/,
      ),
    ]);
  });

  test("refuse a folder, of which anything would hold", () => {
    expect(refused("mustNotRead", "team:auditors", "pools/anagrafe")).toEqual([
      'secrets.mustNotRead[0].secret: "pools/anagrafe" is a folder and no secret',
    ]);
  });
});

describe("accounts", () => {
  const messages = (...edits: Edit[]): string[] =>
    milanWith(...edits).map((line) => line.slice(0, line.indexOf("; allowed")));

  test("are refused where their passwords would change oftener than the directory lets them", () => {
    expect(milanWith({ "secrets.accounts.rotated.join-anagrafe.rotateEveryHours": 12 })).toEqual([
      "secrets.accounts.rotated[name=join-anagrafe].rotateEveryHours: every 12 hours, and the directory keeps a password 24 " +
        "hours; allowed: a password is changed no oftener than the directory lets it be: " +
        "secrets.directory.minimumPasswordAgeHours; repair: change it less often",
    ]);
  });

  test("are refused twice, by name, login and place, and for a pool that joins with another one", () => {
    expect(
      messages(
        { "secrets.accounts.rotated.join-sala-operativa.name": "join-anagrafe" },
        { "secrets.accounts.rotated.join-educazione.username": "SVC-join-anagrafe" },
        { "secrets.accounts.rotated.join-polizia-locale.joins": ["tecnica"] },
      ),
    ).toEqual([
      'secrets.accounts.rotated[name=join-educazione].username: the login "SVC-join-anagrafe" is there already, as "svc-join-anagrafe"',
      'secrets.accounts.rotated[name=join-polizia-locale].joins[0]: the pool "tecnica" is there already',
      'secrets.accounts.rotated[name=join-anagrafe].name: the account "join-anagrafe" is there already',
    ]);
  });

  test("are refused for a pool that is not there", () => {
    expect(messages({ "secrets.accounts.rotated.join-anagrafe.joins": ["anagraffe"] })).toContain(
      'secrets.accounts.rotated[name=join-anagrafe].joins[0]: "anagraffe" names no pool',
    );
  });

  test("and people are refused without a directory", () => {
    expect(messages({ "secrets.directory": undefined })).toEqual([
      "secrets.people: people are in no directory",
      "secrets.accounts: accounts are in no directory",
    ]);
  });
});

describe("the authority", () => {
  const at = /rootSha256: "(.*)"/.exec(MILAN)?.[1] ?? "";

  test.each([at.toLowerCase(), at.replaceAll(":", ""), `sha256 Fingerprint=${at}`, at.slice(3)])(
    "is refused under a root that is named as %s, with how a fingerprint is written",
    (text) => {
      expect(milanWith({ "secrets.authority.rootSha256": text })).toEqual([
        expect.stringMatching(/^secrets\.authority\.rootSha256: .*32 pairs of capital hexadecimal digits with colons/),
      ]);
    },
  );

  test("is renewed before it could no longer issue a certificate of full life", () => {
    const renew = (days: number): Edit => ({ "secrets.authority.+renewWithinDays": days });
    expect(milanWith(renew(89))).toEqual([expect.stringContaining("secrets.authority.renewWithinDays: ")]);
    expect(milanWith(renew(90))).toEqual([]);
  });

  test("needs no root in the file before there is one", () => {
    expect(milanWith({ "secrets.authority": undefined })).toEqual([]);
  });
});
