import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { CATANIA, lines, MILAN, milanWith } from "../../fixtures/city-files";

const ROLE = "- { name: gateways, machines: [gateways], logins: [postazioni], teams: [network-team], minutes: 30 }";
const AT = "secrets.ssh.roles[name=gateways]";

/** The role of the gateways with something else in it, as YAML. */
function role(key: string, yaml: string): Edit {
  return { [`secrets.ssh.roles.gateways.${key}`]: inYaml(yaml) };
}

/** Where a violation stands and what it says, without what is allowed. */
function messages(...edits: Edit[]): string[] {
  return milanWith(...edits).map((line) => line.slice(0, line.indexOf("; allowed")));
}

describe("ssh-login", () => {
  const login = (text: string): Edit => role("logins", `[postazioni, ${text}]`);

  test("refuses root, and says why and what to do instead", () => {
    expect(milanWith(login("root"))).toEqual([
      `${AT}.logins[1]: "root" is everybody: a machine's log would not tell afterwards who did what; allowed: a login of ` +
        "secrets.ssh is the name of one account, not root, in lower-case letters, digits, hyphens and underscores; " +
        "repair: name the account, such as postazioni, and let it do more by sudo",
    ]);
  });

  test.each(['"*"', "post*", "postazion?"])("refuses %s as every account of the machines", (text) => {
    expect(messages(login(text))).toEqual([
      `${AT}.logins[1]: ${text.startsWith('"') ? text : `"${text}"`} is a wildcard, which would be a login to every account of the machines`,
    ]);
  });

  test.each(["a.b", "Rossi", "x@y", '"a,b"', '"x{{identity.entity.name}}"', "../etc"])(
    "refuses %s, which is no name",
    (text) => {
      expect(messages(login(text))).toEqual([expect.stringContaining("is no name of an account")]);
    },
  );

  test("says the line", () => {
    const line = MILAN.slice(0, MILAN.indexOf(ROLE)).split("\n").length;
    const [violation] = lines(MILAN.replace(ROLE, ROLE.replace("postazioni", "root")));
    expect(violation).toMatch(new RegExp(`^city\\.yaml:${String(line)}:`));
  });
});

describe("ssh-team", () => {
  test("refuses a team that is not there, and names the nearest", () => {
    expect(milanWith(role("teams", "[networks-team]"))).toEqual([
      expect.stringMatching(
        /^secrets\.ssh\.roles\[name=gateways\]\.teams\[0\]: "networks-team" names no team; .*repair: write "network-team"$/,
      ),
    ]);
  });
});

describe("ssh-machines", () => {
  const machines = (text: string): Edit => role("machines", `[${text}]`);

  test("refuses what is no kind of machines, no pool, or Windows", () => {
    expect(messages(machines("servers"))).toEqual([`${AT}.machines[0]: "servers" names no kind of machines`]);
    expect(messages(machines("pools/smartworking"))).toEqual([`${AT}.machines[0]: "smartworking" names no pool`]);
    expect(messages(machines("pools/anagrafe"))).toEqual([`${AT}.machines[0]: the pool "anagrafe" has Windows`]);
  });

  test("refuses gateways of a city that has none of its own", () => {
    const found = lines(CATANIA.replace("machines: [pools/remoto]", "machines: [gateways]"));
    expect(found.filter((line) => line.includes("secrets.ssh"))).toEqual([
      expect.stringContaining("machines[0]: the city has no gateways of its own"),
    ]);
  });
});

describe("ssh-once", () => {
  test("refuses a second role of a name, and what is said twice in one", () => {
    expect(messages({ "secrets.ssh.roles.linux-desktops.name": "gateways" })).toEqual([
      `${AT}.name: the role "gateways" is there already`,
    ]);
    expect(messages(role("teams", "[network-team, network-team]"))).toEqual([
      `${AT}.teams[1]: the team "network-team" is there already`,
    ]);
    expect(messages(role("logins", "[postazioni, postazioni]"))).toEqual([
      `${AT}.logins[1]: the login "postazioni" is there already`,
    ]);
    expect(messages(role("machines", "[gateways, gateways]"))).toEqual([
      `${AT}.machines[1]: the kind of machines "gateways" is there already`,
    ]);
  });
});

describe("a certificate's life", () => {
  test.each(["4", "481", "0.5"])("is refused as %s minutes", (text) => {
    expect(messages(role("minutes", text))).toEqual([expect.stringContaining(`${AT}.minutes: `)]);
  });
});
