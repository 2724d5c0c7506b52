import { describe, expect, test } from "@jest/globals";
import { secretValues } from "../../../environments/reading/secret-values";
import { milanWith } from "../../fixtures/city-files";

/** Put together here, so that no file of the project has one. */
const WORD = ["Som", "mer"].join("");
const COMMANDS = [
  `net user Administrator ${WORD}`,
  `net user Administrator ${WORD}2026 /active:yes`,
  `NET.EXE USER "Local Admin" "${WORD} 2026" /add`,
  `net user helper ${WORD} && shutdown /r`,
  `netdom join %COMPUTERNAME% /domain:comune /userd:svc /passwordd:${WORD}`,
  `netdom renamecomputer x /passwordO ${WORD}`,
  `cmdkey /add:files /user:svc /pass:${WORD}`,
  `powershell New-LocalUser x -Password ${WORD}`,
  `powershell $p = ConvertTo-SecureString '${WORD}' -AsPlainText -Force`,
  `powershell ConvertTo-SecureString -String ${WORD} -AsPlainText`,
];
const KEY = ["ABCDE", "FGHIJ", "KLMNO", "PQRST", "UVWXY"].join("-");

describe("a password in a command of Windows", () => {
  test.each(COMMANDS)("is seen: %s", (command) => {
    expect(secretValues(`commands: [${JSON.stringify(command)}]`).map(({ rule }) => rule)).toContain("secret-value");
    expect(secretValues(`    - ${command}`).map(({ rule }) => rule)).toContain("secret-value");
  });

  test("is refused in a file and not shown", () => {
    const [only, ...others] = milanWith({
      "images.windows-office.customization.windows.+commands": [`net user Administrator ${WORD}`],
    });
    expect(only).toMatch(/here stands what looks like a password in a command; the rest of the file was not looked at/);
    expect(only).not.toContain(WORD);
    expect(others).toEqual([]);
  });

  test("is a product key of one's own too, and none of Microsoft's public ones", () => {
    expect(secretValues(`cscript slmgr.vbs /ipk ${KEY}`)).toMatchObject([{ rule: "secret-value" }]);
    expect(secretValues("cscript slmgr.vbs /ipk NPPR9-FWDCX-D2C8J-H872K-2YT43")).toEqual([]);
  });

  test.each([
    "net user Administrator /active:no",
    "net user Administrator * /active:yes",
    "net user Administrator %NEW% /active:yes",
    "net user",
    "# every net user of the city has a seat of his own",
    "net use Z: \\\\files\\share",
    "net localgroup Administrators MILANO\\vdi-helpdesk /add",
    "vaultctl login --password-stdin",
    "powershell Read-Host -AsSecureString | ConvertFrom-SecureString",
    "powershell New-LocalUser x -NoPassword",
    "powershell Set-LocalUser x -Password $secret",
    "slmgr /ato",
    "reg add HKLM\\Software\\Comune /v Postazione /d 1 /f",
  ])("is not what a command without one has: %s", (command) => {
    expect(secretValues(`commands: [${JSON.stringify(command)}]`)).toEqual([]);
    expect(secretValues(`    - ${command}`)).toEqual([]);
  });
});
