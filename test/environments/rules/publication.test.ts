import { describe, expect, test } from "@jest/globals";
import { milanBreaking, milanWith } from "../../fixtures/city-files";

describe("project-dates", () => {
  test("refuses a project that ends before it starts", () => {
    expect(milanWith({ "project.+starts": "2022-03-01", "project.+ends": "2022-02-28" })).toEqual([
      "project.ends: the project ends on 2022-02-28, before it starts on 2022-03-01; allowed: a project ends on its first day or " +
        "later; repair: correct one of the two days",
    ]);
  });

  test("accepts a project of one day, and one whose end is not known", () => {
    expect(milanWith({ "project.+starts": "2022-03-01", "project.+ends": "2022-03-01" })).toEqual([]);
    expect(milanWith({ "project.+starts": "2022-03-01" })).toEqual([]);
  });
});

describe("published-text", () => {
  test.each([
    ["chiedere a mario.rossi@comune.milano.example", "a mail address"],
    ["assegnato a MI900417", "a staff number"],
    ["di RSSMRA80A01F205X", "a person's tax code"],
    ["pubblicato da 10.21.100.40", "an IPv4 address"],
    ["pubblicato da fd21:6110:100::40", "an IPv6 address"],
    ["la postazione mi-ana-0017", "a seat's name"],
    ["come dice Sara Belli", "a person's name"],
    ["in vdi.comune.milano.example", "the desktops' domain"],
    ["sugli host esx-a01.comune.milano.example", "a host"],
  ])("refuses %j, which holds %s", (text, what) => {
    expect(milanBreaking("published-text", { "project.+purpose": text })).toEqual([
      expect.stringMatching(
        new RegExp(`^project\\.purpose: ".*" holds ${what}: ".*"; allowed: what is published names no person`),
      ),
    ]);
  });

  test("looks at every text that is published", () => {
    const at = [
      { "project.title": "MI900417" },
      { "directorates.tecnica.name": "MI900417" },
      { "project.+contractors": ["A", "MI900417"] },
    ];
    expect(at.map((edit) => milanBreaking("published-text", edit).map((line) => line.split(":")[0]))).toEqual([
      ["project.title"],
      ["directorates[name=MI900417].name"],
      ["project.contractors[1]"],
    ]);
  });

  test.each([
    ["sara.belli", "a person's name"],
    ["s_belli", "a person's name"],
    ["mi900417", "a staff number"],
  ])("refuses %s's mail address as the office's, which holds %s", (mailbox, what) => {
    const contact = (of: string): string[] =>
      milanBreaking("published-text", {
        "project.+publication": {
          holder: "c_f205",
          address: "https://dati.example/vdi",
          contact: `${of}@dati.example`,
        },
      });
    expect(contact(mailbox)).toEqual([
      expect.stringMatching(
        new RegExp(`^project\\.publication\\.contact: ".*" holds ${what}: .*; repair: name an office's mail address$`),
      ),
    ]);
    expect(contact("ufficio-open.data")).toEqual([]);
  });

  test("accepts codes and amounts as projects have them", () => {
    expect(
      milanWith({ "project.+purpose": "azione 6.1.1, MI6.1.1.b: 12.000 postazioni, CUP B41B21005770001" }),
    ).toEqual([]);
  });
});
