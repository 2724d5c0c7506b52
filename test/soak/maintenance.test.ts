import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { deployedCity } from "../../cli/named-city";
import { REPORT_KEY } from "../../operations/seat-report";
import { NOTICE_KEY } from "../../operations/session-notice";
import { poolSeats } from "../../secrets/pool-seats";
import type { VcenterMachine } from "../../vcenter/vcenter-client";
import { vcenterClient } from "../lab/guarded-login";
import { TestLab } from "../lab/test-lab";
import { Deployments } from "./deployments";
import type { Started } from "./deployments";
import { eventually } from "../fixtures/eventually";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const SEATS = 3;
const STACKS = ["catania-desktops-uffici-01", "catania-desktops-anagrafe-01"];
/** Floating seats all follow a new image; of the dedicated ones those that replace lists, whose machines move in the state too. */
const [FREE, IN_USE] = [
  ["ct-uff-0001", "ct-uff-0003", "ct-ana-0001"],
  ["ct-uff-0002", "ct-ana-0002"],
];
/** Whatever the time is, one of them is open for hours. */
const ALWAYS = '{ days: [mon, tue, wed, thu, fri, sat, sun], start: "00:00", stop: "23:59" }';
const AND_AT_NIGHT = '{ days: [mon, tue, wed, thu, fri, sat, sun], start: "12:00", stop: "11:59" }';

jest.setTimeout(20 * MINUTE);

let lab: TestLab;
let deployments: Deployments;

beforeAll(async () => {
  lab = await TestLab.start(SEATS);
  deployments = new Deployments(lab);
  lab.edit("catania", /gates:\n(?: {4}.*\n)+/, "gates: {}\n");
  const dependencies = ["catania-foundation", "catania-network"];
  const { code, told } = await deployments.typed("--yes", "--stacks", ...dependencies, ...STACKS);
  if (code !== 0) throw new Error(told);
}, 20 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** Works with the machines of both pools, by seat. */
async function inVcenter<T>(
  work: (
    machines: ReadonlyMap<string, VcenterMachine>,
    vcenter: Awaited<ReturnType<typeof vcenterClient>>,
  ) => Promise<T>,
): Promise<T> {
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.session.environment("catania");
  const folders = poolSeats(deployedCity(lab.environments, "catania"))
    .filter(({ pool }) => ["uffici", "anagrafe"].includes(pool))
    .map(({ folder }) => folder);
  const vcenter = await vcenterClient(lab.session, "catania", user, password);
  try {
    const found = await Promise.all(folders.map((folder) => vcenter.machinesIn(folder)));
    return await work(new Map(found.flatMap((all) => all ?? []).map((machine) => [machine.name, machine])), vcenter);
  } finally {
    await vcenter.logOut();
  }
}

/** Seats say how many sessions they have, as their agents do. */
function report(seats: readonly string[], sessions: number, health = "healthy"): Promise<void> {
  const text = `${String(sessions)} ${health} ${String(Math.floor(Date.now() / 1000))} 0`;
  return inVcenter(async (machines, vcenter) => {
    for (const seat of seats) await vcenter.setExtraConfig(machines.get(seat)?.id ?? "", { [REPORT_KEY]: text });
  });
}

const ids = (): Promise<Record<string, string>> =>
  inVcenter((machines) => Promise.resolve(Object.fromEntries([...machines].map(([seat, { id }]) => [seat, id]))));
const notices = (): Promise<Record<string, string>> =>
  inVcenter((machines) => {
    const all = [...machines].map(([seat, { extraConfig }]) => [seat, extraConfig[NOTICE_KEY] ?? ""] as const);
    return Promise.resolve(Object.fromEntries(all.filter(([, notice]) => notice !== "")));
  });

/** Waits until so many of the machines are others than before, or the deployment has ended. */
async function replaced(deployment: Started, before: Record<string, string>, many: number): Promise<string[]> {
  for (;;) {
    const now = await ids();
    const others = Object.keys(before).filter((seat) => now[seat] !== undefined && now[seat] !== before[seat]);
    if (others.length >= many || deployment.child.exitCode !== null) return others.sort();
    await setTimeout(500);
  }
}

describe("a new image, and people at work", () => {
  let before: Record<string, string>;

  beforeAll(async () => {
    const windows = (days: string): string => `maintenance: { windows: [${days}], warnMinutes: [1] }`;
    for (const [code, more] of [
      ["uff", ""],
      ["ana", "    replace: [1, 2]\n"],
    ] as const)
      lab.edit(
        "catania",
        `    code: ${code}\n`,
        `    code: ${code}\n    ${windows(`${ALWAYS}, ${AND_AT_NIGHT}`)}\n${more}`,
      );
    lab.edit("catania", /imageVersion: "2026.10"(?=\n {4}seats: (?:1500|520))/g, 'imageVersion: "2026.11"');
    await report(FREE, 0);
    await report(IN_USE, 1);
    before = await ids();
  });

  test("replaces the free seats, and waits for the others, who are asked to log off", async () => {
    const deployment = deployments.started(["--stacks", ...STACKS, "--destroys", "5"]);
    expect(await replaced(deployment, before, FREE.length)).toEqual([...FREE].sort());
    expect(Object.keys(await notices()).sort()).toEqual([...IN_USE].sort());
    deployment.child.kill("SIGINT");
    const { code, said } = await deployment.ended;
    expect({ code, said }).toMatchObject({ code: 130, said: expect.stringContaining("it was ended") });
    expect(said).not.toContain("Error");
    expect(await notices()).toEqual({});
    const after = await ids();
    for (const seat of IN_USE) expect(after[seat]).toBe(before[seat]);
    expect({ locks: deployments.locks(), workers: deployments.workers() }).toEqual({ locks: [], workers: [] });
  });

  test("goes on where it was, and takes those who are left once they have gone", async () => {
    const half = await ids();
    await report(IN_USE, 1);
    const deployment = deployments.started(["--resume", "--destroys", "2"]);
    const isTold = async (): Promise<boolean> => Object.keys(await notices()).length >= IN_USE.length;
    await eventually(async () => (await isTold()) || deployment.child.exitCode !== null, 500);
    expect(await ids()).toEqual(half);
    await report(IN_USE, 0);
    const { code, said } = await deployment.ended;
    expect({ code, said }).toMatchObject({ code: 0 });
    const after = await ids();
    expect(Object.keys(after).filter((seat) => after[seat] === before[seat])).toEqual(["ct-ana-0003"]);
    expect(await deployments.typed("--dry-run", "--stacks", ...STACKS)).toMatchObject({
      code: 0,
      stdout: "2 stacks without change",
    });
  });

  test("is not deployed at another time, and says when it may be", async () => {
    const day = new Date(Date.now() + 4 * 24 * 60 * MINUTE)
      .toLocaleDateString("en", { weekday: "short" })
      .toLowerCase();
    const far = `{ days: [${day}], start: "00:00", stop: "23:59" }`;
    lab.edit("catania", /(code: uff\n {4}maintenance: \{ windows: ).*(?=, warnMinutes)/, `$1[${far}]`);
    lab.edit("catania", /imageVersion: "2026.11"(?=\n {4}seats: 1500)/, 'imageVersion: "2026.10"');
    const { code, told } = await deployments.typed("--stacks", ...STACKS, "--destroys", "3");
    expect({ code, told }).toMatchObject({
      code: 3,
      told: expect.stringMatching(/the gate maintenance is closed for uffici: 3 seats .*; the next one begins on /),
    });
  });
});

describe("a rollout whose canary does not come back", () => {
  const UFFICI = ["--stacks", "catania-desktops-uffici-01"];
  const state = (now: string): string => `rollout: { to: "2026.10", ring: [1], batches: [100], state: ${now} }`;

  test("stops by itself, and goes on once it is healthy", async () => {
    lab.edit(
      "catania",
      /(code: uff\n {4}maintenance: \{ windows: ).*(?=, warnMinutes)/,
      `$1[${ALWAYS}, ${AND_AT_NIGHT}]`,
    );
    lab.edit(
      "catania",
      /imageVersion: "2026.10"(?=\n {4}seats: 1500)/,
      `imageVersion: "2026.11"\n    ${state("canary")}`,
    );
    const canary = "ct-uff-0001";
    await report([canary, "ct-uff-0002", "ct-uff-0003"], 0);
    expect(await deployments.typed(...UFFICI, "--destroys", "1")).toMatchObject({ code: 0 });
    await report([canary], 0, "unhealthy");
    lab.edit("catania", state("canary"), state("batch-1"));
    const { code, told } = await deployments.typed(...UFFICI, "--destroys", "2");
    expect({ code, told }).toMatchObject({
      code: 3,
      told: expect.stringContaining(
        "the gate rollout is closed for uffici: 1 of the 1 seats that have 2026.10 and are on are not healthy, and stopAtPercent is 10: " +
          "ct-uff-0001; 1 of them did not join the domain yet: 'npm run secrets -- first catania' gives them their first secret",
      ),
    });
    await report([canary], 0);
    expect(await deployments.typed(...UFFICI, "--destroys", "2")).toMatchObject({ code: 0 });
  });
});
