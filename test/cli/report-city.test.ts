import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { CITIES } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";

const folder = mkdtempSync(join(tmpdir(), "city-report-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const report = (...args: readonly string[]) =>
  typedHere(["report", "city", ...args], { POSTAZIONI_ENVIRONMENTS: CITIES });

describe("report city", () => {
  test("gives JSON of a stable shape, with seats by directorate, image versions and costs", async () => {
    const { code, out } = await report("milan");
    const parsed = JSON.parse(out) as { seats: object[]; images: object[]; costs: object; changes: object[] };
    expect([code, Object.keys(parsed)]).toEqual([
      0,
      [...["city", "asOf", "project", "total", "changes", "seats", "capacity", "network", "access", "images", "costs"]],
    ]);
    expect(parsed.seats[0]).toMatchObject({ name: "Servizi Civici", planned: 1450, released: 1450 });
    expect(parsed.images[0]).toMatchObject({ pool: "anagrafe", image: "windows-office", seats: 1450 });
  });

  test("writes one page that holds every part, and the file's history", async () => {
    const file = join(folder, "city.html");
    const { code, out } = await report("catania", "--html", file);
    const page = readFileSync(file, "utf8");
    expect([code, out]).toEqual([0, ""]);
    for (const id of ["seats", "capacity", "network", "access", "images", "costs", "changes"]) {
      expect(page).toContain(`<section id="${id}"`);
    }
    expect(page).toContain('<html lang="it">');
    expect(page).toContain("nessun CUP pubblicato");
    expect(statSync(file).size).toBeLessThan(3_000_000);
    await report("catania", "--lang", "en", "--html", file);
    expect(readFileSync(file, "utf8")).toContain("no CUP is published");
  });

  test("refuses a folder as the page's file", async () => {
    const { code, err } = await report("catania", "--html", folder);
    expect([code, err]).toEqual([2, expect.stringContaining(`--html: ${folder} is a folder: name a file`)]);
  });
});

describe("report inventory", () => {
  const inventory = (...args: readonly string[]) =>
    typedHere(["report", "inventory", ...args], { POSTAZIONI_ENVIRONMENTS: CITIES });

  test("has every seat, gateway, service, host and server, each once, with function, owner and office", async () => {
    const { code, out } = await inventory("milan");
    const [head, ...rows] = out.split("\r\n").slice(0, -1);
    expect([code, head]).toEqual([0, "name,kind,function,owner,office,segment,addresses,portable,personal"]);
    const names = rows.map((row) => row.split(",")[0]);
    expect(new Set(names).size).toBe(names.length);
    expect(rows.filter((row) => row.split(",")[1] === "desktop").length).toBe(12_382);
    expect(rows.find((row) => row.startsWith("mi-ana-0002,"))).toBe(
      'mi-ana-0002,desktop,"workstation office of the pool anagrafe, dedicated",MI900101,Servizi Civici,desktops-anagrafe,' +
        "10.21.32.10 to 10.21.39.250 by DHCP,no,no",
    );
    expect(rows.find((row) => row.startsWith("milan-gateway-b,"))).toContain("10.21.32.3");
    expect(rows.find((row) => row.startsWith("dhcp,"))).toBe(
      "dhcp,service,offers udp/67,Reti,,shared,10.21.100.20,no,no",
    );
  });

  test("as a page has a row for all desktops of a pool and an office, and says that it is not for publication", async () => {
    const { out } = await inventory("milan", "--format", "markdown");
    expect(out).toContain("Not for publication");
    expect(out.split("\n").filter((line) => line.includes("| desktop |")).length).toBeLessThan(12);
  });
});
