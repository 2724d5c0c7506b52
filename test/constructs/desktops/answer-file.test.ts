import { describe, expect, test } from "@jest/globals";
import { answerFile, namedAnswerFile } from "../../../constructs/desktops/answer-file";
import { customize } from "../../../constructs/desktops/guest-customization";
import { answerFindings } from "../../../environments/reading/answer-findings";
import { xmlElements } from "../../../environments/reading/xml-elements";
import type { XmlElement } from "../../../environments/reading/xml-elements";

const SEAT = "${each.key}";
const ITALIAN = { locale: "it-IT", keyboard: "0410:00000410", commands: [] };

function elements(text: string): XmlElement[] {
  const found = xmlElements(text);
  if ("offset" in found) throw new Error(`no XML at ${String(found.offset)}`);
  return found;
}

function texts(text: string, name: string): string[] {
  return elements(text)
    .filter((element) => element.name === name)
    .map((element) => element.text);
}

describe("the answer file of a Windows image", () => {
  test("has the seat's name once, the zone of Rome and Italian, and tells vCenter that it is done", () => {
    const text = answerFile(SEAT, "Europe/Rome", ITALIAN);
    expect(texts(text, "ComputerName")).toEqual([SEAT]);
    expect(new Set(texts(text, "TimeZone"))).toEqual(new Set(["W. Europe Standard Time"]));
    for (const name of ["SystemLocale", "UILanguage", "UserLocale"])
      expect(texts(text, name)).toEqual(["it-IT", "it-IT"]);
    expect(texts(text, "InputLocale")).toEqual(["0410:00000410", "0410:00000410"]);
    expect(texts(text, "Path")).toEqual([
      String.raw`C:\sysprep\guestcustutil.exe restoreMountedDevices`,
      String.raw`C:\sysprep\guestcustutil.exe flagComplete`,
      String.raw`C:\sysprep\guestcustutil.exe deleteContainingFolder`,
    ]);
    expect(texts(text, "ProductKey")).toEqual([]);
  });

  test("runs a city's own commands first, then says where its KMS host is", () => {
    const settings = {
      ...ITALIAN,
      productKey: "NPPR9-FWDCX-D2C8J-H872K-2YT43",
      kms: "kms.comune.milano.example:1688",
      commands: ['cmd.exe /c "echo a > b & c"'],
    };
    const text = answerFile(SEAT, "UTC", settings);
    const [own, host, port] = texts(text, "Path");
    expect(own).toBe('cmd.exe /c "echo a > b & c"');
    expect(host).toContain("KeyManagementServiceName /t REG_SZ /d kms.comune.milano.example /f");
    expect(port).toContain("KeyManagementServicePort /t REG_SZ /d 1688 /f");
    expect(texts(text, "Order")).toEqual(["1", "2", "3", "4", "5", "6"]);
    expect(texts(text, "ProductKey")).toEqual([settings.productKey]);
  });

  test("passes the checks that an answer file of one's own has to pass", () => {
    expect(answerFindings(answerFile("*", "Europe/Rome", ITALIAN))).toEqual([]);
  });

  test("goes to vSphere in place of the settings that its own form has; one's own with the seat's name", () => {
    const common = { timeZone: "Europe/Rome", domain: "vdi.comune.milano.example" } as const;
    const made = customize("windows11_64Guest", { ...common, windows: ITALIAN }, 0);
    expect(made).toEqual({
      ...{ networkInterface: [{}], timeout: 0 },
      windowsSysprepText: answerFile(SEAT, "Europe/Rome", ITALIAN),
    });
    const own = "<unattend><ComputerName>*</ComputerName></unattend>";
    expect(customize("windows11_64Guest", { ...common, answerFile: own }, 0).windowsSysprepText).toBe(
      "<unattend><ComputerName>${each.key}</ComputerName></unattend>",
    );
    expect(namedAnswerFile(own, "mi-ana-0001")).toContain("<ComputerName>mi-ana-0001</ComputerName>");
  });
});
