import { describe, expect, test } from "@jest/globals";
import { SUPPORT_TASKS } from "../../../access/vsphere/support-duties";
import type { Edit } from "../../fixtures/city-edits";
import { milanWith } from "../../fixtures/city-files";

const ROLES = "support.roles";
const HELP_DESK_TASKS = 4;
const GROUP = "MILANO\\vdi-other";

/** Milan's file with one more support role. */
function withRole(role: object): string[] {
  return milanWith({ [`${ROLES}.+`]: { name: "other", group: GROUP, ...role } });
}

/** What is in Milan's file at one key of that role. */
const at = (key: string): string => `${ROLES}[name=other].${key}`;

describe("a support role", () => {
  test.each(["help-desk", "desktop-team", "network-team", "security", "auditor", "monitoring"])(
    "may have the duty %s, of all pools or of some",
    (duty) => {
      expect(withRole({ duty })).toEqual([]);
      expect(withRole({ duty, on: ["pool:anagrafe", "directorate:tecnica"] })).toEqual([]);
    },
  );

  test("has a duty or tasks", () => {
    expect(withRole({})).toEqual([
      `${ROLES}[name=other]: the role has neither a duty nor tasks; allowed: duty, or may, or both; repair: say with duty what the group is there for`,
    ]);
  });

  test("does its duty's tasks and no others, so that none may do everything", () => {
    expect(withRole({ duty: "help-desk", may: ["power", "migrate"] })).toEqual([
      `${at("may[1]")}: "migrate" is no task of "help-desk"; allowed: "power", "console", "snapshot" or "snapshot-revert"; ` +
        "repair: take the task out, or give a role of its own to the group whose duty has it",
    ]);
    expect(withRole({ duty: "auditor", may: ["console"] })[0]).toMatch(
      /allowed: none: it only reads, so leave may out/,
    );
    const all = withRole({ may: SUPPORT_TASKS });
    expect(all).toHaveLength(SUPPORT_TASKS.length - HELP_DESK_TASKS);
    expect(all[0]).toContain('"suspend" is no task of "help-desk": the role may do everything');
  });

  test("is for pools and directorates that there are, each once", () => {
    expect(withRole({ duty: "help-desk", on: ["pool:anagraffe", "directorate:tecnico"] })).toEqual([
      expect.stringMatching(/^support.roles\[name=other\].on\[0\]: "anagraffe" names no pool; .*write "anagrafe"$/),
      expect.stringMatching(/on\[1\]: "tecnico" names no directorate; .*write "tecnica"$/),
    ]);
    expect(withRole({ duty: "help-desk", on: ["pool:anagrafe", "pool:anagrafe"] })).toEqual([
      expect.stringContaining('the place "pool:anagrafe" is there already'),
    ]);
  });

  test("is on the gateways only with a duty that has to do with them, where there are any", () => {
    expect(withRole({ duty: "network-team", on: ["gateways"] })).toEqual([]);
    for (const duty of [{ duty: "help-desk" }, { duty: "desktop-team" }, { may: ["power"] }])
      expect(withRole({ ...duty, on: ["gateways"] })).toEqual([
        expect.stringMatching(
          /has nothing to do with gateways; allowed: on gateways: "network-team", "security", "auditor"/,
        ),
      ]);
  });
});

describe("the group of a support role", () => {
  test.each<[what: string, role: object, edit: Edit, message: RegExp]>([
    [
      "nobody's daily group is that of break-glass",
      { duty: "desktop-team", group: "MILANO\\vdi-emergenza" },
      {},
      /has the duty "desktop-team" and is that of break-glass/,
    ],
    [
      "the users of a pool have no power over it",
      { may: ["power"], group: "MILANO\\vdi-anagrafe" },
      { "pools.anagrafe.+entitledGroup": "vdi-anagrafe" },
      /has a support role and is that of all who may use the pool "anagrafe"/,
    ],
  ])("is apart from others: %s", (_what, role, edit, message) => {
    const found = milanWith({ [`${ROLES}.+`]: { name: "other", ...role } }, edit);
    expect(found).toEqual([expect.stringMatching(message)]);
  });

  test("has one role, whatever the case of its name", () => {
    expect(withRole({ duty: "auditor", group: "milano\\VDI-helpdesk" })).toEqual([
      expect.stringContaining('holds the role "help-desk" already'),
    ]);
  });
});

describe("a group that sees no secret", () => {
  const TEAMS = "secrets.people.teams";
  const AUDITORS = { duty: "auditor", group: "MILANO\\VDI-Auditors" };

  /** Milan's file with an auditor's role for the team's group, and an edit. */
  function audited(edit: Edit): string[] {
    return milanWith({ [`${ROLES}.+`]: { name: "other", ...AUDITORS } }, edit);
  }

  test("may be a team's that has names, and its own folder", () => {
    expect(audited({})).toEqual([]);
    expect(audited({ [`${TEAMS}.auditors.access.+`]: { to: "teams/auditors", may: "write" } })).toEqual([]);
  });

  test.each(["read", "write"])("may not %s values: an auditor's, and monitoring's", (may) => {
    const grant = { [`${TEAMS}.auditors.access.+`]: { to: "pools/anagrafe", may } };
    expect(audited(grant)).toEqual([
      `${TEAMS}[name=auditors].access[2].may: the team "auditors", whose group "vdi-auditors" has the duty "auditor", would ${may} ` +
        `secrets of "pools/anagrafe"; allowed: a group with the duty help-desk, auditor or monitoring may have secrets' names and its ` +
        "team's own secrets, and no other value; an auditor's or monitoring's also no local administrator's password and no SSH login; " +
        "repair: give names only, or give the support role to another group",
    ]);
    expect(milanWith({ [`${ROLES}.+`]: { name: "other", ...AUDITORS, duty: "monitoring" } }, grant)).toHaveLength(1);
    expect(milanWith({ [`${ROLES}.+`]: { name: "other", ...AUDITORS, duty: "desktop-team" } }, grant)).toEqual([]);
  });

  test("may not read values as a help desk, whether the role says its duty or not", () => {
    const found = milanWith({ [`${TEAMS}.help-desk.access.+`]: { to: "pools/anagrafe/kiosk", may: "read" } });
    expect(found).toContainEqual(
      expect.stringContaining('the team "help-desk", whose group "vdi-helpdesk" has the duty "help-desk", would read'),
    );
  });

  test("may not log in to machines as an auditor, nor have local administrators' passwords", () => {
    expect(audited({ "secrets.ssh.roles.linux-desktops.teams.+": "auditors" })).toEqual([
      expect.stringMatching(
        /^secrets\.ssh\.roles\[name=linux-desktops\]\.teams\[1\]: .* would log in to machines as "linux-desktops" says/,
      ),
    ]);
    const laps = { "secrets.directory.+localAdministrators": { readBy: "auditors" } };
    expect(audited(laps)).toContainEqual(
      expect.stringMatching(/localAdministrators\.readBy: .* would read local administrators' passwords/),
    );
  });
});

describe("a pool's entitled group", () => {
  test("is one of the city's directory", () => {
    expect(milanWith({ "pools.anagrafe.+entitledGroup": "vdi-anagrafe" })).toEqual([]);
    const without = {
      ...{ "secrets.people": undefined, "secrets.accounts": undefined, "secrets.directory": undefined },
      ...{ "secrets.ssh": undefined, "secrets.mustRead": [], "secrets.mustNotRead": [] },
    };
    expect(milanWith({ "pools.anagrafe.+entitledGroup": "vdi-anagrafe" }, without)).toContain(
      'pools[name=anagrafe].entitledGroup: the group "vdi-anagrafe" is in no directory; allowed: a pool\'s entitledGroup is a group ' +
        "of the city's directory: the file has secrets.directory; repair: add secrets.directory, or take the group out",
    );
  });
});

describe("who is called", () => {
  const CONTACT = { duty: "help-desk", name: "Sportello postazioni", phone: "02 884 50000", hours: "lun-ven 7:30-19" };

  /** Milan's file with contacts. */
  function withContacts(...contacts: readonly object[]): string[] {
    return milanWith({ "support.+contacts": contacts });
  }

  test("has a telephone or a mail address, and is there once for a duty", () => {
    expect(withContacts(CONTACT)).toEqual([]);
    expect(withContacts({ ...CONTACT, phone: undefined, mail: "postazioni@comune.milano.example" })).toEqual([]);
    expect(withContacts({ ...CONTACT, phone: undefined })).toEqual([
      'support.contacts[0]: nobody reaches "Sportello postazioni"; allowed: phone, or mail, or both; repair: ' +
        "name a telephone, or another contact",
    ]);
    expect(withContacts(CONTACT, CONTACT)).toEqual([expect.stringContaining('the duty "help-desk" is there already')]);
  });

  test("goes on to somebody else who is there, and comes to an end", () => {
    const other = { ...CONTACT, duty: "desktop-team", name: "Sistemi" };
    const to = (duty: string) => ({ escalation: { to: duty, afterMinutes: 30 } });
    expect(withContacts({ ...CONTACT, ...to("desktop-team") }, other)).toEqual([]);
    expect(withContacts({ ...CONTACT, ...to("security") }, other)).toEqual([
      expect.stringMatching(/escalation.to: "security" has no contact; allowed: "help-desk" or "desktop-team"/),
    ]);
    const circle = withContacts({ ...CONTACT, ...to("desktop-team") }, { ...other, ...to("help-desk") });
    expect(circle).toHaveLength(2);
    expect(circle[0]).toMatch(/from "desktop-team" it comes back to "help-desk"/);
  });
});
