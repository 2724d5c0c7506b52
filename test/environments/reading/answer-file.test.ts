import { describe, expect, test } from "@jest/globals";
import { formatViolation } from "../../../environments/violation";
import { edited } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { load, milanWith, SMALL } from "../../fixtures/city-files";
import { answerFile } from "../../../constructs/desktops/answer-file";

const NAME = "windows.xml";
const GOOD = answerFile("*", "Europe/Rome", { locale: "it-IT", keyboard: "0410:00000410", commands: [] });
const [KEY, EMPTY_KEY] = ["ABCDE-FGHJK-MNPQR-STUVW-XYZ23", "<ProductKey></ProductKey>"];

const NAMED: Edit = { "images.windows.+customization": { answerFile: NAME } };

/** The violations of a small city whose Windows image names an answer file. */
function violations(text: string | undefined): string[] {
  const files = { "city.yaml": edited(SMALL, NAMED), "milan.assignments.csv": "seat,staff,directorate,from,to\n" };
  return load(text === undefined ? files : { ...files, [NAME]: text }).violations.map(formatViolation);
}

/** A component of the answer file with something more in it. */
function withElement(element: string): string {
  return GOOD.replace("<TimeZone>", () => `${element}<TimeZone>`);
}

describe("an answer file of one's own", () => {
  test("is a file beside the city's, whose text the city has", () => {
    const files = { "city.yaml": edited(SMALL, NAMED), [NAME]: GOOD };
    const { cities, violations: found } = load({
      ...files,
      "milan.assignments.csv": "seat,staff,directorate,from,to\n",
    });
    expect(found.map(formatViolation)).toEqual([]);
    expect(cities[0]?.answerFiles).toEqual({ [NAME]: GOOD });
  });

  test("has to be there", () => {
    expect(violations(undefined)).toEqual([expect.stringMatching(/^windows\.xml:1:1: there is no such file/)]);
  });

  test.each([
    "<AdministratorPassword><Value>x</Value></AdministratorPassword>",
    "<AutoLogon><Username>a</Username></AutoLogon>",
    "<Credentials><Domain>d</Domain></Credentials>",
    "<u:JoinDomain>comune.milano.example</u:JoinDomain>",
    "<Identification><MachinePassword>x</MachinePassword></Identification>",
    `<ProductKey>${KEY}</ProductKey>`,
    `<UserData><ProductKey><Key>${KEY}</Key></ProductKey></UserData>`,
  ])("holds no password, login or key of the city's own: %s", (element) => {
    const [only, ...others] = violations(withElement(element)).filter((line) => line.includes("Terraform's state"));
    expect(only).toMatch(
      /^windows\.xml:4:\d+: <\w+> holds a password, a login or a product key.*; repair: take it out/,
    );
    expect(others).toEqual([]);
    expect(only).not.toContain(KEY);
  });

  test("holds no password in a command, and does not show it", () => {
    const word = ["Som", "mer"].join("");
    const [only, ...others] = violations(withElement(`<Path>net user Administrator ${word}</Path>`));
    expect(only).toMatch(/^windows\.xml:4:\d+: here stands what looks like a password in a command/);
    expect(only).not.toContain(word);
    expect(others).toEqual([]);
  });

  test("may hold a public KMS client key, and an empty one", () => {
    expect(violations(withElement("<ProductKey> NPPR9-FWDCX-D2C8J-H872K-2YT43 </ProductKey>"))).toEqual([]);
    expect(violations(withElement(EMPTY_KEY))).toEqual([]);
  });

  test.each([
    ["no name", GOOD.replace("<ComputerName>*</ComputerName>", ""), "it has 0 elements <ComputerName>"],
    ["two names", withElement("<ComputerName>a</ComputerName>"), "it has 2 elements <ComputerName>"],
    [
      "a name in a comment",
      GOOD.replace("*</", "<!-- x -->*</"),
      "elements <ComputerName> with a text and nothing else",
    ],
    [
      "no end of the customization",
      GOOD.replace("flagComplete", "x"),
      "does not tell vCenter that the customization is over",
    ],
    ["another root", "<a></a>", "its root is <a>"],
    ["a tag that is not closed", GOOD.replace("</OOBE>", ""), "not well-formed XML"],
    ["a document type", `<!DOCTYPE unattend>${GOOD}`, "not well-formed XML"],
    ["text behind its root", `${GOOD}x`, "not well-formed XML"],
    ["an expression", withElement("<X>${file(1)}</X>"), "it holds ${, which Terraform would evaluate"],
    ["nothing", "", "its root is missing"],
  ])("is refused with %s", (_, text, message) => {
    expect(violations(text)).toContainEqual(expect.stringContaining(message));
  });
});

describe("windows-customization", () => {
  test("refuses what Windows alone has for a Linux image, and two answers for one image", () => {
    const linux = { "images.linux-light.customization": { windows: {} } };
    expect(milanWith(linux)).toEqual([
      "images.linux-light.customization.windows: windows is for Windows, and the image has ubuntu64Guest; allowed: " +
        "customization.windows and customization.answerFile belong to an image with a Windows guestId, one of them; " +
        "repair: take it out",
    ]);
    const both = { "images.windows-office.customization": { windows: {}, answerFile: NAME } };
    expect(milanWith(both)).toContainEqual(expect.stringContaining("the answer file would replace what windows says"));
  });

  test.each([
    [{ locale: "italiano" }, "a language and a country, such as it-IT"],
    [{ keyboard: "it" }, "0410:00000410"],
    [{ edition: "home" }, "enterprise"],
    [{ productKey: "ABCDE" }, "unknown key"],
    [{ kms: "https://kms.comune.milano.example" }, "a host name in lower case and a port"],
    [{ commands: ["x".repeat(260)] }, "259"],
    [{ commands: ["echo ${path}"] }, "${"],
  ])("tells what is allowed in place of %j", (windows, told) => {
    const found = milanWith({ "images.windows-office.customization": { windows } });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(told);
  });
});
