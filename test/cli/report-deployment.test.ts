import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { deployedSeats } from "../../cli/report/deployed-seats";
import { deploymentReport, deploymentText } from "../../reports/deployment-report";
import type { DeclaredCity } from "../../environments/model/city";
import { sampleCity } from "../fixtures/sample-city";

const INSTANCES = [{ index_key: "sa-ana-0001", attributes: {} }];
const ONE_SEAT = JSON.stringify({
  version: 4,
  resources: [{ mode: "managed", type: "vsphere_virtual_machine", name: "pool_kept", instances: INSTANCES }],
});
const folder = mkdtempSync(join(tmpdir(), "deployment-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The sample, whose pool anagrafe gets its 4 seats, of which 0002 is retired, in two work sites. */
function city(): DeclaredCity {
  const sample = sampleCity();
  const waves = [
    { id: "2026-1", workSite: 2026, seats: "1-3", released: true },
    { id: "2027-1", workSite: 2027, seats: "4-4", released: false },
  ];
  return { ...sample, pools: sample.pools.map((pool) => (pool.name === "anagrafe" ? { ...pool, waves } : pool)) };
}

/** A folder with a state of the shards named, each with the machines named. */
function states(name: string, machines: Record<string, string[]>): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [shard, seats] of Object.entries(machines)) {
    const instances = seats.map((seat) => ({ index_key: seat, attributes: {} }));
    const machine = { mode: "managed", type: "vsphere_virtual_machine", name: "pool_kept", instances };
    const template = { mode: "data", type: "vsphere_virtual_machine", name: "t", instances: [{ attributes: {} }] };
    const state = { version: 4, serial: 1, resources: [machine, template] };
    writeFileSync(join(path, `sample-desktops-${shard}.tfstate`), JSON.stringify(state));
  }
  return path;
}

describe("report deployment", () => {
  test("shows what is planned and released, by directorate and work site", () => {
    expect(deploymentText(deploymentReport(city()))).toBe(
      [
        "sample, as of 2026-11-24: seats planned, released",
        "",
        "directorate  work site  planned  released",
        "anagrafe          2026        2         2",
        "anagrafe          2027        1         0",
        "tecnica      -                3         3",
        "total                         6         5",
        "",
      ].join("\n"),
    );
  });

  test("shows what is deployed beside it, and what is deployed and not released", () => {
    const path = states("some", { "anagrafe-01": ["sa-ana-0001", "sa-ana-0002"], "anagrafe-02": ["sa-ana-0004"] });
    const report = deploymentReport(city(), deployedSeats(city(), path));
    expect(report.rows).toMatchObject([
      { directorate: "anagrafe", workSite: 2026, planned: 2, released: 2, deployed: 1 },
      { directorate: "anagrafe", workSite: 2027, planned: 1, released: 0, deployed: 1 },
      { directorate: "tecnica", workSite: null, deployed: 0 },
    ]);
    expect(report.total).toEqual({ planned: 6, released: 5, deployed: 2 });
    expect(deploymentText(report)).toContain("deployed, and not released in the file: sa-ana-0002, sa-ana-0004");
  });

  test.each([
    ["of no byte, as 'terraform state pull' prints of a stack that was never deployed", Buffer.from(""), 0],
    ["of white space alone", Buffer.from("\ufeff\r\n"), 0],
    ["with a byte order mark", Buffer.from(`\ufeff${ONE_SEAT}`), 1],
    ["in UTF-16, as Windows PowerShell writes it", Buffer.from(`\ufeff${ONE_SEAT}`, "utf16le"), 1],
  ])("reads a state %s", (name, bytes, deployed) => {
    const path = states(name.slice(0, 20), { "anagrafe-01": [] });
    writeFileSync(join(path, "sample-desktops-anagrafe-01.tfstate"), bytes);
    expect(deployedSeats(city(), path).size).toBe(deployed);
  });

  test("counts no machine without a seat's name, nor what an interrupted replacement left over", () => {
    const path = states("odd", { "anagrafe-01": [] });
    const seat = { index_key: "sa-ana-0001" };
    const instances = [seat, { index_key: "sa-ana-0002", deposed: "abcd1234" }, {}, { index_key: 0 }];
    const machine = { mode: "managed", type: "vsphere_virtual_machine", instances };
    const file = join(path, "sample-desktops-anagrafe-01.tfstate");
    writeFileSync(file, JSON.stringify({ version: 4, resources: [machine] }));
    expect([...deployedSeats(city(), path)]).toEqual(["sa-ana-0001"]);
  });

  test.each([
    ["a pipe", (file: string) => execFileSync("mkfifo", [file]), "cannot be read: it is no regular file"],
    [
      "a link",
      (file: string) => {
        symlinkSync("/etc/passwd", file);
      },
      "cannot be read: it is no regular file",
    ],
    ["an encrypted state", '{"meta":{},"encrypted_data":"a"}', "it is encrypted; take what 'tofu state pull' prints"],
    ["null", "null", "it is no map"],
    ["another version", '{"version":3,"resources":[]}', "version is not as a state has it"],
    ["what is not JSON", "root:x", "it is not JSON; take what 'terraform state pull' prints"],
  ])("refuses %s in a line, without what is in it", (name, make, message) => {
    const path = states(name.replaceAll(" ", "-"), { "anagrafe-01": [] });
    const file = join(path, "sample-desktops-anagrafe-01.tfstate");
    rmSync(file);
    if (typeof make === "string") writeFileSync(file, make);
    else make(file);
    expect(() => deployedSeats(city(), path)).toThrow(message);
    expect(() => deployedSeats(city(), path)).not.toThrow("root:");
  });

  test("says where there is no state of the city, and where a file is no state", () => {
    expect(() => deployedSeats(city(), folder)).toThrow(
      "has no state of the desktops of Campione, such as sample-desktops-",
    );
    const path = states("broken", { "anagrafe-01": [] });
    writeFileSync(join(path, "sample-desktops-anagrafe-01.tfstate"), '{"version": 3}');
    expect(() => deployedSeats(city(), path)).toThrow(
      "sample-desktops-anagrafe-01.tfstate is no Terraform state of version 4",
    );
  });
});
