import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { cityPrivileges } from "../../environments/vsphere/privileges";
import { MARK_KEY, RETURN_KEY } from "../../operations/refresh-plan";
import { GUESTINFO_KEYS } from "../../secrets/guestinfo";
import { CLEAN, shapesOf } from "../../vcenter/clean-snapshot";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { deployed } from "../fixtures/deployed";
import { grant, guardedVariables, vcenterClient } from "../lab/guarded-login";
import { PrivilegeLog } from "../lab/privilege-log";
import { editCity, TestLab } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";
import { SeatDisks } from "./seat-disks";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const SEATS = 3;
const STACK = "milan-desktops-smart-working-01";
const FOLDER = "Milano/vm/milan/risorse-umane/smart-working";
const [LEFT, WORKS, NEVER] = ["mi-smw-0001", "mi-smw-0002", "mi-smw-0003"] as const;
const [HERS, HIS] = ["what she wrote and nobody else is to read", "what he is writing"] as const;
const KEY = "    refresh: revert\n    profiles: none\n";

jest.setTimeout(10 * MINUTE);

const folder = mkdtempSync(join(tmpdir(), "refresh-"));
let lab: TestLab;
let log: PrivilegeLog;
let vcenter: VcenterClient;
let seats: SeatDisks;

beforeAll(async () => {
  lab = await TestLab.start(SEATS, (environments) => {
    editCity(environments, "milan", "diskGib: 24", "diskGib: 32");
    for (const [month, own] of [
      ["10", "ubuntu-light-b-old"],
      ["11", "ubuntu-light-b"],
    ]) {
      const template = `template: ubuntu-light-2026-${String(month)},`;
      const clusters = `clusters: [{ cluster: milano-vdi-b, template: ${String(own)}, snapshot: base }]`;
      editCity(environments, "milan", template, `${template} snapshot: base, ${clusters},`);
    }
    editCity(
      environments,
      "milan",
      "    code: smw\n",
      `    code: smw\n    clone: linked\n    returnMinutes: 1\n${KEY}`,
    );
  });
  await lab.deploy(["milan-foundation", "milan-network", STACK]);
  log = new PrivilegeLog(lab.session.paths, "milan");
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.session.environment();
  vcenter = await vcenterClient(lab.session, "milan", user, password);
  seats = new SeatDisks(folder, vcenter, FOLDER);
  // As after their first login; what the wrapping was is used up.
  for (const seat of [LEFT, WORKS, NEVER])
    await set(seat, { [GUESTINFO_KEYS.state]: "joined", [GUESTINFO_KEYS.wrapped]: "used-up" });
  seats.start();
}, 30 * MINUTE);

afterAll(async () => {
  await seats.stop();
  await vcenter.logOut();
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
}, MINUTE);

async function set(seat: string, values: Record<string, string>): Promise<void> {
  await vcenter.setExtraConfig((await seats.machine(seat)).id, values);
}

/** `refresh milan` with the login of its own, as its user types it. */
async function refresh(...options: string[]): Promise<{ code: number | null; lines: string[] }> {
  const needed = cityPrivileges(deployed(lab.city("milan"))).find(({ login }) => login === "refresh")?.privileges ?? [];
  if (needed.length > 0)
    await grant(
      lab.session,
      "milan",
      needed.map(({ id }) => id),
    );
  const { code, stdout, told } = await typedInLab(lab, "refresh", ["milan", ...options], guardedVariables(lab.session));
  expect(log.refusals()).toEqual([]);
  if (stdout === "") throw new Error(told);
  return { code, lines: stdout.split("\n") };
}

async function snapshots(): Promise<(string | undefined)[]> {
  const ids = await Promise.all([LEFT, WORKS, NEVER].map(async (seat) => (await seats.machine(seat)).id));
  const shapes = await shapesOf(vcenter, ids);
  return ids.map((id) => shapes.get(id)?.snapshot?.shape);
}

const THERE = String.raw`\(there again after \d+ s in the median\)`;
const planned = () => lab.session.plan([STACK]);

test("seats that nobody used are told, and get their snapshot in the next run, without drift", async () => {
  await Promise.all([LEFT, WORKS, NEVER].map((seat) => seats.reported(seat)));
  expect(await refresh("--dry-run")).toEqual({ code: 0, lines: ["smart-working: 3 seats: 3 want their snapshot"] });
  expect((await refresh()).lines).toEqual(["smart-working: 3 seats: 3 want their snapshot"]);
  expect(await snapshots()).toEqual([undefined, undefined, undefined]);
  const { code, lines } = await refresh("--at-a-time", "2");
  expect({ code, lines }).toEqual({
    code: 0,
    lines: [expect.stringMatching(`^smart-working: 3 seats: 2 got their snapshot ${THERE}, 1 want their snapshot$`)],
  });
  expect((await refresh()).lines[0]).toMatch(/: 1 got their snapshot .*, 2 as new$/);
  expect((await refresh()).lines).toEqual(["smart-working: 3 seats: 3 as new"]);
  const { extraConfig } = await seats.machine(NEVER);
  expect([
    extraConfig[GUESTINFO_KEYS.state],
    extraConfig[GUESTINFO_KEYS.wrapped] ?? "",
    extraConfig[RETURN_KEY],
  ]).toEqual(["joined", "", "1"]);
  expect(await planned()).toMatchObject([{ result: "unchanged" }]);
});

test("a seat with a session, and one whose person may come back, are let alone", async () => {
  for (const [seat, text] of [
    [LEFT, HERS],
    [WORKS, HIS],
  ] as const) {
    seats.sessions(seat, 1);
    await seats.inGuest(seat, `mkdir -p "$DISK/home" && echo '${text}' >"$DISK/home/letter"`);
    await seats.reported(seat);
  }
  expect((await refresh()).lines).toEqual(["smart-working: 3 seats: 1 as new, 2 in use"]);
  seats.sessions(LEFT, 0);
  await seats.reported(LEFT);
  expect((await refresh()).lines).toEqual(["smart-working: 3 seats: 1 as new, 1 in use, 1 kept for who left them"]);
  expect(seats.isClosed(LEFT)).toBe(false);
  expect(await seats.inGuest(LEFT, 'cat "$DISK/home/letter"')).toBe(`${HERS}\n`);
});

test("one that was left closes by itself, and comes back without anything of who had it", async () => {
  seats.clockAhead = 61;
  await seats.reported(LEFT);
  expect(seats.isClosed(LEFT)).toBe(true);
  expect((await refresh("--dry-run")).lines).toEqual(["smart-working: 3 seats: 1 to bring back, 1 as new, 1 in use"]);
  const others = await Promise.all([WORKS, NEVER].map(async (seat) => (await seats.machine(seat)).started));
  expect(await seats.filesWith(HERS)).toHaveLength(1);
  const { code, lines } = await refresh();
  expect({ code, lines }).toEqual({
    code: 0,
    lines: [expect.stringMatching(`^smart-working: 3 seats: 1 brought back ${THERE}, 1 as new, 1 in use$`)],
  });
  expect(await seats.inGuest(LEFT, 'ls "$DISK"')).toBe("");
  expect(await seats.filesWith(HERS)).toEqual([]);
  expect(seats.isClosed(LEFT)).toBe(false);
  expect((await seats.machine(LEFT)).extraConfig[MARK_KEY]).toMatch(/^1 \d+$/);
  // Who works went on working.
  expect(await seats.inGuest(WORKS, 'cat "$DISK/home/letter"')).toBe(`${HIS}\n`);
  expect(await Promise.all([WORKS, NEVER].map(async (seat) => (await seats.machine(seat)).started))).toEqual(others);
  expect((await refresh()).lines).toEqual(["smart-working: 3 seats: 2 as new, 1 in use"]);
  expect(await planned()).toMatchObject([{ result: "unchanged" }]);
});

test("nothing opens or joins again: the machine joined before", async () => {
  const script = `POSTAZIONI_VAULT_FILE="$DISK/vault" ${join(__dirname, "../../boot/first-login.sh")} 2>&1`;
  expect(await seats.inGuest(LEFT, script)).toContain("this machine joined before");
});

test("a run that ended in the middle is gone on with, and what a revert did not clear is told", async () => {
  const machine = await seats.machine(NEVER);
  const clean = (await shapesOf(vcenter, [machine.id])).get(machine.id)?.snapshot;
  await vcenter.task("RevertToSnapshot_Task", "VirtualMachineSnapshot", clean?.id ?? "");
  expect((await seats.machine(NEVER)).isOn).toBe(false);
  expect((await refresh()).lines[0]).toMatch(/: 1 started .*, 1 as new, 1 in use$/);
  await seats.inGuest(NEVER, 'echo 5 >"$DISK/used"');
  await seats.reported(NEVER);
  expect(await refresh()).toMatchObject({
    code: 1,
    lines: [expect.any(String), expect.stringContaining(`${NEVER}: left: it was brought back, and still has`)],
  });
  await seats.inGuest(NEVER, 'rm "$DISK/used"');
});

test("other memory of the file gives free seats another snapshot, and the next plan mends the one that was in use", async () => {
  lab.edit(
    "milan",
    "light: { image: linux-light, cpus: 2, memoryGib: 4",
    "light: { image: linux-light, cpus: 2, memoryGib: 6",
  );
  await lab.deploy(STACK);
  await Promise.all([LEFT, WORKS, NEVER].map((seat) => seats.reported(seat)));
  expect((await refresh()).lines[0]).toMatch(/: 2 got their snapshot .*, 1 in use$/);
  expect(await planned()).toMatchObject([{ result: "unchanged" }]);
  seats.sessions(WORKS, 0);
  await seats.reported(WORKS);
  seats.clockAhead += 61;
  await seats.reported(WORKS);
  expect((await refresh()).lines[0]).toMatch(/: 1 brought back .*, 2 as new$/);
  expect(await snapshots()).toEqual(
    ["6144 MiB", "4096 MiB", "6144 MiB"].map((memory) => expect.stringContaining(memory)),
  );
  expect(await planned()).toMatchObject([{ result: "changes" }]);
  await lab.deploy(STACK);
  await seats.reported(WORKS);
  expect((await refresh()).lines[0]).toMatch(/: 1 got their snapshot .*, 2 as new$/);
  expect(await planned()).toMatchObject([{ result: "unchanged" }]);
});

test("a seat that joined anew gets another snapshot: that of before has a password that the domain no longer knows", async () => {
  await set(NEVER, { [GUESTINFO_KEYS.accessor]: "another" });
  expect((await refresh()).lines[0]).toMatch(/: 1 got their snapshot .*, 2 as new$/);
  expect((await snapshots())[2]).toContain("first secret another");
});

test("a new image replaces machines that have snapshots, and their seats begin anew", async () => {
  lab.edit("milan", /( {2}- name: smart-working\n(?: {4}.*\n)*? {4}imageVersion: )"2026.11"/, '$1"2026.10"');
  await lab.deploy(STACK);
  expect(await snapshots()).toEqual([undefined, undefined, undefined]);
  expect((await lab.snapshot("milan")).virtualMachines.filter(({ name }) => name.startsWith("mi-smw-"))).toHaveLength(
    SEATS,
  );
});

test("a pool that is made anew has used seats removed, which the next deployment makes; one without refresh is let alone", async () => {
  for (const seat of [LEFT, WORKS, NEVER]) await set(seat, { [GUESTINFO_KEYS.state]: "joined" });
  // The new machines have started, with nothing in their memory.
  await Promise.all([LEFT, WORKS, NEVER].map((seat) => seats.reported(seat)));
  seats.sessions(LEFT, 1);
  await Promise.all([LEFT, WORKS, NEVER].map((seat) => seats.reported(seat)));
  seats.sessions(LEFT, 0);
  await seats.reported(LEFT);
  expect(await refresh()).toMatchObject({
    code: 1,
    lines: [expect.any(String), expect.stringContaining("used before it had a snapshot")],
  });
  lab.edit("milan", "refresh: revert", "refresh: remake");
  await refresh();
  seats.clockAhead += 61;
  await seats.reported(LEFT);
  expect((await refresh()).lines[0]).toMatch(/: 1 removed: the next deployment makes them anew, 2 as new$/);
  await lab.deploy(STACK);
  expect((await seats.machine(LEFT)).isOn).toBe(true);
  lab.edit("milan", "    refresh: remake\n", "");
  expect((await refresh()).lines[0]).toMatch(/: 2 let alone: their pool has no refresh any more, 1 as new$/);
  expect((await refresh()).lines).toEqual(["no pool of milan has refresh: what people leave on a seat stays there"]);
  expect((await seats.machine(WORKS)).extraConfig[RETURN_KEY] ?? "").toBe("");
});

test("no snapshot of a seat is left", async () => {
  expect(CLEAN).toBe("postazioni-clean");
  expect(await snapshots()).toEqual([undefined, undefined, undefined]);
});
