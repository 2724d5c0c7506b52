import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { zipSync } from "fflate";
import type { Inventory } from "../../../vcenter/inventory";
import { rvtoolsExport } from "../../../vcenter/rvtools/export";
import { guestIdOf } from "../../../vcenter/rvtools/guests";
import { rvtoolsInventory } from "../../../vcenter/rvtools/inventory";
import { drafted } from "../../fixtures/drafted";
import { foundInventory } from "../../fixtures/found-inventory";
import { rvtoolsSheets, writeCsv, xlsx } from "../../fixtures/rvtools-export";
import type { Sheets } from "../../fixtures/rvtools-export";

const folder = mkdtempSync(join(tmpdir(), "rvtools-"));
const SHEETS = rvtoolsSheets(foundInventory());

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function workbook(name: string, sheets: Sheets): string {
  const file = join(folder, name);
  writeFileSync(file, xlsx(sheets));
  return file;
}

function read(...paths: string[]): Inventory {
  return rvtoolsInventory(rvtoolsExport(paths));
}

function refusal(...paths: string[]): string {
  try {
    read(...paths);
  } catch (error) {
    return (error as Error).message.replaceAll(folder, "");
  }
  return "";
}

describe("what RVTools exported", () => {
  test("is drafted into the same file as the vCenter itself, but for the length of a prefix", () => {
    const [ofVcenter, ofSheets] = [drafted(foundInventory()), drafted(read(workbook("all.xlsx", SHEETS)))];
    const told = (text: string): string => text.replace(/.*Of subnets with.*\n|\/24\? /g, "");
    expect(ofSheets.text).toContain("subnet: 10.88.4.0/24 } # /24? PG Anagrafe");
    expect(told(ofSheets.text)).toBe(told(ofVcenter.text));
  });

  test.each([
    [",", "utf8"],
    [";", "utf8"],
    ["\t", "utf16le"],
  ] as const)("is the same inventory as a folder or files of .csv with %j between, in %s", (delimiter, encoding) => {
    const csv = mkdtempSync(join(folder, "csv-"));
    writeCsv(csv, SHEETS, delimiter, encoding);
    const inventory = read(workbook("all.xlsx", SHEETS));
    expect(read(csv)).toEqual(inventory);
    expect(read(...Object.keys(SHEETS).map((name) => join(csv, `RVTools_tab${name}.csv`)))).toEqual(inventory);
  });

  test("may have numbers with separators of thousands, and dates as Excel's days", () => {
    const [headings = [], row = []] = SHEETS.vHost ?? [];
    const grouped = row.map((cell) => (typeof cell === "number" && cell > 1000 ? "786.329" : cell));
    const [info = [], ...machines] = SHEETS.vInfo ?? [];
    const dated = machines.map((machine) =>
      machine.map((cell, at) => (info[at] === "Creation date" ? 46_000.5 : cell)),
    );
    const { hosts, machines: found } = read(
      workbook("locale.xlsx", { ...SHEETS, vHost: [headings, grouped], vInfo: [info, ...dated] }),
    );
    expect(hosts[0]?.memoryGib).toBeCloseTo(767.9, 1);
    expect(found[0]?.details?.created).toBe("2025-12-09");
  });
});

describe("an export that is not whole", () => {
  test("is refused with every sheet and column that is missing, and what to do", () => {
    const italian = [
      ["Macchina", "Modello"],
      ["PC-1", false],
    ];
    const sheets = Object.fromEntries(Object.entries(SHEETS).filter(([name]) => name !== "dvPort"));
    const text = refusal(workbook("italian.xlsx", { ...sheets, vInfo: italian }));
    expect(text.split("\n")).toEqual([
      "/italian.xlsx is not all that RVTools exports:",
      expect.stringMatching(
        /^- the sheet vInfo has no column VM, Template, .*; it begins with Macchina, Modello; repair: RVTools 4 writes English headings/,
      ),
      expect.stringMatching(/^- there is no sheet dvPort, only vInfo, vDisk, .*; repair: export all sheets/),
    ]);
  });

  test("is refused where its file is cut off, of another kind, or not there", () => {
    const whole = xlsx(SHEETS);
    writeFileSync(join(folder, "cut.xlsx"), whole.slice(0, whole.length / 2));
    writeFileSync(join(folder, "other.xlsx"), zipSync({ "word/document.xml": new Uint8Array() }));
    writeFileSync(join(folder, "list.csv"), "VM\n");
    expect(refusal(join(folder, "cut.xlsx"))).toBe(
      '/cut.xlsx cannot be read: it is cut off, or no .xlsx file: its archive cannot be read; export it once more ("Export all to xlsx")',
    );
    expect(refusal(join(folder, "other.xlsx"))).toMatch("it is no workbook");
    expect(refusal(join(folder, "list.csv"))).toMatch("not named by its sheet, as RVTools_tabvInfo.csv is");
    expect(refusal(join(folder, "gone.xlsx"))).toMatch("cannot be read: Error: ENOENT");
  });
});

describe("guests as RVTools names them", () => {
  test.each([
    ["Microsoft Windows 11 (64-bit)", "windows11_64Guest"],
    ["Microsoft Windows 10 (32-bit)", "windows9Guest"],
    ["Microsoft Windows Server 2016 or later (64-bit)", "windows9Server64Guest"],
    ["Microsoft Windows Server 2022 (64-bit)", "windows2019srvNext_64Guest"],
    ["Ubuntu Linux (64-bit)", "ubuntu64Guest"],
    ["Debian GNU/Linux 12 (64-bit)", "debian12_64Guest"],
    ["Other 4.x or later Linux (64-bit)", "other4xLinux64Guest"],
    ["Other Linux (32-bit)", "otherLinuxGuest"],
    ["Haiku (64-bit)", ""],
  ])("%s is %s", (name, id) => {
    expect(guestIdOf(name)).toBe(id);
  });
});
