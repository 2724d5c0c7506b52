import { describe, expect, test } from "@jest/globals";
import { milanWith } from "../../fixtures/city-files";
import type { PathEdit } from "../../fixtures/city-edits";

const BASE = "DC=comune,DC=milano,DC=example";
const WINDOWS = ["anagrafe", "educazione", "tecnica", "polizia-locale", "sala-operativa"];
const UNITS = Object.fromEntries(
  WINDOWS.map((pool) => [`pools.${pool}.+organizationalUnit`, `OU=${pool},OU=Postazioni,${BASE}`]),
);

function withAdministrators(edit: PathEdit, declared: Record<string, unknown> = {}): string[] {
  const value = { readBy: "help-desk", ...declared };
  return milanWith({ "secrets.directory.+localAdministrators": value, ...edit });
}

describe("local administrators with passwords of their own", () => {
  test("are for pools with Windows, each in a unit; one with Linux needs none", () => {
    expect(withAdministrators(UNITS)).toEqual([]);
  });

  test("are refused where a pool with Windows has no unit", () => {
    const others = Object.entries(UNITS).filter(([key]) => !key.includes("tecnica"));
    expect(withAdministrators(Object.fromEntries(others))).toEqual([
      'pools[name=tecnica]: the pool "tecnica" has Windows and no organizationalUnit, so its local administrators would keep ' +
        "the template's password; allowed: with secrets.directory.localAdministrators the directory is an Active Directory " +
        "(userDomain), and every pool with Windows has an organizationalUnit; repair: add its organizationalUnit",
    ]);
  });

  test("are refused in an OpenLDAP", () => {
    expect(withAdministrators({ ...UNITS, "secrets.directory.userDomain": undefined })).toContainEqual(
      expect.stringMatching(/^secrets\.directory\.localAdministrators: an OpenLDAP keeps no passwords of Windows LAPS/),
    );
  });

  test("are read by a team that the file declares", () => {
    expect(withAdministrators(UNITS, { readBy: "help-desc" })).toEqual([
      expect.stringMatching(
        /^secrets\.directory\.localAdministrators\.readBy: "help-desc" names no team; .*"help-desk"$/,
      ),
    ]);
  });

  test.each([
    ["passwordLength", 13],
    ["passwordLength", 65],
    ["rotateEveryDays", 0],
    ["rotateEveryDays", 366],
  ])("have a %s within Windows' bounds: not %i", (key, value) => {
    expect(withAdministrators(UNITS, { [key]: value })).toEqual([
      expect.stringContaining(`secrets.directory.localAdministrators.${key}`),
    ]);
  });
});
