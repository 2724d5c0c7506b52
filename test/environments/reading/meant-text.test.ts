import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { meantText } from "../../../environments/reading/meant-text";
import { citySchema } from "../../../environments/model/city";
import { textEdit } from "../../fixtures/city-edits";
import { MILAN, assignmentsCsv, load, milanAssigning, milanWith } from "../../fixtures/city-files";

const DAY = (text: string): boolean => /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text);

function day(written: string): string[] {
  return milanWith(textEdit("asOf: 2026-11-24", `asOf: ${written}`));
}

function ports(written: string): string[] {
  return milanWith(textEdit("ports: [tcp/443]", `ports: [${written}]`));
}

describe("a day as people write it", () => {
  test.each([
    "24/11/2026",
    "24.11.2026",
    "24-11-2026",
    "24/11/26",
    "20261124",
    "2026/11/24",
    "24 novembre 2026",
    "24 Nov. 2026",
    "11/24/2026",
    "2026-11-24T00:00:00Z",
    "2026\u201011\u201024",
    "2026\u201111\u201124",
    "2026–11–24",
    "24—11—2026",
  ])("is refused with how it is written: %s", (written) => {
    expect(day(written)).toEqual([expect.stringContaining('repair: write "2026-11-24"')]);
  });

  test.each(["31/02/2026", "24/13/2026", "November", "24/11"])(
    "is refused without a guess where it is none: %s",
    (written) => {
      expect(day(written)).toEqual([expect.stringContaining("repair: correct it")]);
    },
  );

  test("is understood with the day first, as in Italy, for every day", () => {
    const days = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom("/", ".", "-", " "), (date, separator) => {
        const iso = date.toISOString().slice(0, 10);
        expect(meantText(iso.split("-").reverse().join(separator), DAY)).toBe(iso);
      }),
    );
  });
});

describe("a port as people write it", () => {
  test.each([
    ["3389", "tcp/3389"],
    ['"3389"', "tcp/3389"],
    ["443/tcp", "tcp/443"],
    ["TCP/443", "tcp/443"],
    ["tcp 443", "tcp/443"],
    ['"tcp:443"', "tcp/443"],
    ["tcp/0443", "tcp/443"],
    ["UDP 3478 - 3481", "udp/3478-3481"],
    ["3478-3481/udp", "udp/3478-3481"],
    ["ICMP", "icmp"],
  ])("is refused with how it is written: %s", (written, meant) => {
    const found = ports(written);
    expect(found).toEqual([expect.stringContaining(`repair: write "${meant}"`)]);
    expect(ports(meant).join("")).not.toMatch(/right form|is a number/);
  });
});

describe("what else is written in another form", () => {
  test("is refused in its right form where only letters or spaces differ", () => {
    expect(milanWith(textEdit("id: milan", "id: Milan"))).toEqual([expect.stringContaining('repair: write "milan"')]);
    const host = "vcenter.comune.milano.example";
    expect(milanWith(textEdit(host, host.toUpperCase()))).toEqual([
      expect.stringContaining("repair: write it in lower case"),
    ]);
  });

  test("is never told to be put in quotes where it would be refused in them", () => {
    expect(milanWith(textEdit("id: milan", "id: 15146")).join("")).not.toContain("put it in quotes");
    expect(citySchema.shape.city.shape.id.safeParse("15146").success).toBe(false);
  });

  test("is told in the CSV file too", () => {
    expect(milanAssigning(["mi-ana-0002,MI900101,servizi-civici,12/01/2026,"])).toEqual([
      expect.stringContaining("repair: write 2026-01-12"),
    ]);
    expect(milanAssigning(["MI-ANA-0002,MI900101,servizi-civici,2026-01-12,"])).toEqual([
      expect.stringContaining("repair: write mi-ana-0002"),
    ]);
  });

  test("is told of a CSV file that a spreadsheet wrote with semicolons", () => {
    const csv = assignmentsCsv("mi-ana-0002,MI900101,servizi-civici,2026-01-12,").replaceAll(",", ";");
    const { violations } = load({ "milan.yaml": MILAN, "milan.assignments.csv": csv });
    expect(violations.map(({ repair }) => repair)).toEqual([expect.stringMatching(/^separate the cells by commas/)]);
  });
});

describe("a value pasted from elsewhere", () => {
  const vcenter = "server: vcenter.comune.milano.example";
  const vault = 'address: "https://vault.comune.milano.example:8200"';
  const subnet = "subnet: 10.21.0.0/26";
  test.each([
    [vcenter, "server: https://vcenter.comune.milano.example/sdk", '"vcenter.comune.milano.example"'],
    [vcenter, "server: vcenter.comune.milano.example:443", '"vcenter.comune.milano.example"'],
    [vcenter, "server: vcenter.comune.milano.example.", '"vcenter.comune.milano.example"'],
    [vault, 'address: "vault.comune.milano.example:8200"', '"https://vault.comune.milano.example:8200"'],
    [vault, 'address: "https://vault.comune.milano.example.:8200"', '"https://vault.comune.milano.example:8200"'],
    [subnet, "subnet: 10.21.0.0/255.255.255.192", '"10.21.0.0/26"'],
    [subnet, "subnet: 10.21.0.0 / 26", '"10.21.0.0/26"'],
    ["cup: B41B21005770001", "cup: b41b21005770001", '"B41B21005770001"'],
    ["dhcpServers: [10.21.100.20]", 'dhcpServers: ["10.21.100.20/32"]', '"10.21.100.20"'],
    ["group: 'MILANO\\vdi-helpdesk'", 'group: "MILANO\\vdi-helpdesk"', "'MILANO\\vdi-helpdesk'"],
    ["group: 'MILANO\\vdi-helpdesk'", 'group: "MILANO\\nuovi"', "'MILANO\\nuovi'"],
    ["    destroyed: true", "    destroyed: false", "true"],
    ["    destroyed: true", '    destroyed: "true"', "true"],
  ])("is refused once, with what is accepted in its place: %s as %s", (from, to, meant) => {
    const found = milanWith(textEdit(from, to));
    expect(found).toEqual([expect.stringContaining(`repair: write ${meant}`)]);
    expect(
      milanWith(
        textEdit(
          from,
          from.replace(/(?<=: \[)[^\]]+|(?<=: )[^[]+$/, () => meant),
        ),
      ),
    ).toEqual([]);
  });

  test("is told in full, however long", () => {
    const print = /rootSha256: "(?<print>[^"]*)"/.exec(MILAN)?.groups?.print ?? "";
    expect(milanWith(textEdit(print, print.toLowerCase()))).toEqual([
      expect.stringContaining(`repair: write "${print}"`),
    ]);
  });

  test.each([
    [vault, 'address: "http://vault.comune.milano.example:8200"'],
    [vault, 'address: "https://vault.comune.milano.example:8200/%2e/"'],
    [vault, 'address: "https://vault.comune.milano.example:08200"'],
    ["url: ldaps://dc1.comune.milano.example", "url: ldaps://dc1.comune.milano.example:0636"],
    [subnet, "subnet: 10.21.0.0/255.255.192.255"],
    [subnet, "subnet: 010.21.0.0/26"],
    ["branch: main", "branch: main.lock"],
  ])("is refused once and without a guess where it may be something else: %s as %s", (from, to) => {
    expect(milanWith(textEdit(from, to))).toEqual([expect.stringContaining("repair: correct it")]);
  });

  test("shows a hyphen of a word processor by its code", () => {
    expect(day("2026\u201111\u201124").join("")).toContain('"2026\\u{2011}11\\u{2011}24" does not have');
  });

  test("has no second violation of its map where it was refused itself", () => {
    expect(milanWith(textEdit("replaced: { percent: 25 }", "replaced: { percent: 25% }"))).toEqual([
      expect.stringContaining("repair: write 25 without quotes"),
    ]);
  });
});

describe("what is refused", () => {
  test.each([
    ["userDn: OU=Personale,DC=comune,DC=milano,DC=example", 'userDn: "OU=Personale, DC=comune,DC=milano,DC=example"'],
    ["group: 'MILANO\\vdi-helpdesk'", "group: MILANO/vdi-helpdesk"],
    ["group: vdi-helpdesk", "group: MILANO/vdi-helpdesk"],
    ["group: vdi-helpdesk", 'group: "CN=vdi,OU=x"'],
  ])("is never repaired by what is refused next: %s", (from, to) => {
    const [line = ""] = milanWith(textEdit(from, to));
    const written = /repair: write (\S+)/.exec(line)?.[1];
    expect(written === undefined ? [] : milanWith(textEdit(from, to.replace(/(?<=: ).*/, written)))).toEqual([]);
    expect(line).toContain("repair: ");
  });
});

describe("a text that is longer than any day, port or name", () => {
  test("is not guessed at, whatever it holds: patterns may take the square of its length", () => {
    const asked: string[] = [];
    const accepts = (text: string): boolean => asked.push(text) > 0;
    expect(meantText(`a${" ".repeat(500)}b`, accepts)).toBeUndefined();
    expect(asked).toEqual([]);
    expect(meantText(`A${" ".repeat(400)}b`, accepts)).toBeDefined();
  });
});
