import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { capacityReport, capacityText } from "../../reports/capacity-report";
import { edited } from "../fixtures/city-edits";
import { CITIES, MILAN } from "../fixtures/city-files";
import { sizedCity } from "../fixtures/sized-city";
import { typedHere } from "../fixtures/typed-here";

const ROOT = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "capacity-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const report = (...args: readonly string[]) =>
  typedHere(["report", "capacity", ...args], { POSTAZIONI_ENVIRONMENTS: CITIES });

describe("report capacity", () => {
  test("says of every resource how full it is and what stays free, also with what is promised to others", async () => {
    const { code, out } = await report("milan");
    expect(code).toBe(0);
    expect(out).toContain(
      "cluster milano-vdi-a, 11 of 12 hosts          virtual CPUs       [##############......]  72%  12,288 of 16,896    4,608 free    4,008 in an emergency\n",
    );
    expect(out).toContain(
      "host group gpu of milano-vdi-a, 3 of 4 hosts  GiB of memory      [################....]  80%",
    );
    expect(out).toMatch(/^host group gpu .* vGPUs grid_a16-2q .* 620 of 768 +148 free$/m);
    expect(out).toMatch(/^datastore vsan-vdi-b +GiB of disks .* 427,272 of 600,000 +172,728 free$/m);
    const host = (await report("catania")).out;
    expect(host).toMatch(/^segment desktops-uffici +addresses .* 1,500 of 2,045 +545 free +245 in an emergency$/m);
    expect(out).toMatch(/^segment desktops-educazione +addresses .* 95% +3,900 of 4,081 +181 free$/m);
  });

  test("says what the file does not say", async () => {
    cpSync(join(ROOT, "test/fixtures/sample.yaml"), join(folder, "sample.yaml"));
    const { code, out } = await report("sample", "--environments", folder);
    expect(code).toBe(0);
    expect(out).toMatch(/^cluster vdi-a, 2 of 3 hosts +GiB of memory {2}not said +72 demanded$/m);
  });

  test("gives JSON of a stable shape", async () => {
    const parsed = JSON.parse((await report("catania", "--format", "json")).out) as { resources: object[] };
    expect(Object.keys(parsed)).toEqual(["city", "asOf", "resources"]);
    expect(parsed).toMatchObject({ city: "catania", asOf: "2026-11-24" });
    expect(Object.entries(parsed.resources[0] ?? {})).toEqual([
      ["kind", "cluster"],
      ["name", "catania-vdi-a"],
      ["cluster", "catania-vdi-a"],
      ["unit", "cpus"],
      ["profile", null],
      ["hosts", { all: 6, left: 5 }],
      ["demanded", 1760],
      ["available", 2880],
      ["headroom", 1120],
      ["headroomInEmergency", 1120],
      ["percent", 61],
    ]);
  });

  test("explains itself, and ends with 2 for a city, a format or a file that is wrong", async () => {
    expect((await report("--help")).out).toContain("Exit codes: 0 done, 2 bad input.");
    expect(await report("milano")).toMatchObject({ code: 2, err: expect.stringContaining('did you mean "milan"?') });
    expect(await report("milan", "--format", "csv")).toMatchObject({ code: 2 });
    const environments = mkdtempSync(join(folder, "wrong-"));
    writeFileSync(join(environments, "milan.yaml"), edited(MILAN, { "platform.clusters.milano-vdi-a.hostCores": 128 }));
    const refused = await report("milan", "--environments", environments);
    expect(refused).toMatchObject({ code: 2, out: "", err: expect.stringContaining("has 8,448 virtual CPUs") });
  }, 60_000);
});

describe("a resource's bar", () => {
  test.each([
    [0, "[....................]   0%"],
    [99, "[#########...........]  49%"],
    [199, "[###################.]  99%"],
    [200, "[####################] 100%"],
  ])("shows %d of 200 rounded down, so that it is full only where nothing is free", (seats, bar) => {
    const city = sizedCity({ seats, cluster: { hostMemoryGib: 800 } });
    expect(capacityText(capacityReport(city))).toContain(`GiB of memory  ${bar}`);
  });
});
