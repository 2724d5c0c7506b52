import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import type { Assignment } from "../../environments/model/assignment";
import { accessMachinesPlan } from "../../remote-desktop/access-machines-plan";
import { bundle } from "../../remote-desktop/render/cloud-init";
import { AGENT } from "../../remote-desktop/render/own-files";
import { seatRuns } from "../../remote-desktop/render/seat-runs";
import { packed } from "../../segmentation/render/packed";
import { accessCityWith, certifiedCity } from "../fixtures/access-city";

/** open-vm-tools, guest_msg_def.h: a message between guest and host has at most 64 KiB. */
const LARGEST_VALUE = 64 * 1024;
const folder = mkdtempSync(join(tmpdir(), "configuration-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function bundleOf(city: Parameters<typeof accessMachinesPlan>[0]): string {
  const plan = accessMachinesPlan(city);
  if (plan === undefined) throw new Error("the city has no access machines");
  return bundle(plan, 0);
}

/** What the machine's own program makes of a bundle. */
function unpacked(text: string): { config: string; holders: string } {
  const [unpack = ""] = /^unpack\(\) \{\n[^]*?^\}$/m.exec(AGENT) ?? [];
  writeFileSync(join(folder, "bundle"), text);
  const { status } = spawnSync("sh", ["-c", `${unpack}\nunpack bundle next`], { cwd: folder });
  expect(status).toBe(0);
  const read = (name: string): string => readFileSync(join(folder, "next", name), "utf8");
  return { config: read("haproxy.cfg"), holders: read("holders.map") };
}

test("a machine has a server for each seat, in the order of their numbers, and the seat of each holder", () => {
  const { config, holders } = unpacked(bundleOf(accessCityWith({ anagrafe: 5 })));
  expect(config.match(/^ {2}server po-\S+ \S+/gm)).toEqual(
    [...[1, 2, 3, 4, 5].map((number) => `ana-000${String(number)}`), "rem-0001", "rem-0002", "rem-0003"].map(
      (seat) => `  server po-${seat} po-${seat}.vdi.porto.example:3389`,
    ),
  );
  expect(config).not.toMatch(/^ {2}seats /m);
  expect(holders).toBe("anagrafe/po900001 po-ana-0001\nanagrafe/po900003 po-ana-0003\n");
});

test("a run ends where a number is missing, and where a line would be too long", () => {
  const runs = seatRuns(["po-ana-0001", "po-ana-0002", "po-ana-0004", "po-rem-0005"], 2);
  expect(runs.map(({ first, seats }) => [first, seats.length])).toEqual([
    [1, 2],
    [4, 1],
    [5, 1],
  ]);
  expect(seatRuns(["po-ana-0001", "po-ana-0002", "po-ana-0003"], 2)).toHaveLength(2);
});

test("15,000 seats with a holder each, of any staff numbers, fit into what guestinfo takes", () => {
  const assignments = Array.from({ length: 15_000 }, (_, index): Assignment => ({
    seat: `po-${index < 7500 ? "ana" : "anb"}-${String((index % 7500) + 1).padStart(4, "0")}`,
    staff: `PO${String((index * 611_953 + 1) % 999_983).padStart(6, "0")}`,
    ...{ directorate: "anagrafe", from: "2026-01-01", line: index + 2 },
  }));
  const { pools } = accessCityWith({ anagrafe: 7500, remoto: 1 });
  const second = pools
    .filter(({ name }) => name === "anagrafe")
    .map((pool) => ({ ...pool, name: "second", code: "anb" }));
  const text = bundleOf(accessCityWith({}, { assignments, pools: [...pools, ...second] }));
  const { config, holders } = unpacked(text);
  expect([config.match(/^ {2}server po-an/gm), holders.match(/\n/g)].map((found) => found?.length)).toEqual([
    15_000, 15_000,
  ]);
  expect(holders).toContain(`second/${assignments.at(-1)?.staff.toLowerCase() ?? ""} po-anb-7500\n`);
  expect(packed(text).length).toBeLessThan(LARGEST_VALUE);
});

test("with certificates each machine proves to the other that it is the other one, and nothing is encrypted without", () => {
  const { config } = unpacked(bundleOf(certifiedCity()));
  const tls =
    "ssl crt /etc/haproxy/postazioni/machine.pem ca-file /etc/haproxy/postazioni/authority.pem verify required";
  expect(config).toContain(
    `  server porto-access-b 10.66.2.6:10000 ${tls} ssl-min-ver TLSv1.2 verifyhost porto-access-b.vdi.porto.example`,
  );
  expect(config).toContain(`  bind 10.66.2.5:10000 ${tls}`);
  expect(config).toContain("reject unless { ssl_c_s_dn(cn) -m str porto-access-b.vdi.porto.example }");
  expect(unpacked(bundleOf(accessCityWith())).config).not.toContain("ssl");
});
