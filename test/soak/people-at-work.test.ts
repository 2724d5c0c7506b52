import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { deployedCity } from "../../cli/named-city";
import { accessPart } from "../../environments/desktop-access/access-pair";
import { MEMBERS } from "../../segmentation/gateway";
import { poolSeats } from "../../secrets/pool-seats";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { ActiveDirectory, RELAY } from "../fixtures/active-directory";
import { typedHere } from "../fixtures/typed-here";
import { vcenterClient } from "../lab/guarded-login";
import { CITY_FILES, TestLab } from "../lab/test-lab";
import { AccessLab } from "../network/access-lab";
import { AccessGuests } from "./access-guests";
import { Deployments } from "./deployments";
import type { Started } from "./deployments";
import { RdpPeople } from "./rdp-people";
import { SeatGuests } from "./seat-guests";
import { eventually } from "../fixtures/eventually";

/** One story: the tests run in their order. */
const [MINUTE, PAUSE_MS] = [60_000, 500];
const SEATS = 3;
const STACK = "porto-desktops-remoto-01";
const STACKS = ["porto-foundation", "porto-network", "porto-access-a", "porto-access-b", STACK];
const [ANN, BOB, CLEO, DAN] = ["anna.de-benedictis", "PO900102", "PO900103", "PO900104"] as const;
const PEOPLE = [ANN, BOB, CLEO, DAN] as const;
const LETTER = "what Anna wrote and nobody else is to read";
/** Whatever the time is, one of them is open for hours. */
const WINDOWS =
  '{ days: [mon, tue, wed, thu, fri, sat, sun], start: "00:00", stop: "23:59" }, { days: [mon, tue, wed, thu, fri, sat, sun], start: "12:00", stop: "11:59" }';
const KEYS = `    returnMinutes: 1
    refresh: revert
    profiles: none
    maintenance: { windows: [${WINDOWS}], warnMinutes: [1] }
`;

let lab: TestLab;
let directory: ActiveDirectory;
let access: AccessLab;
let vcenter: VcenterClient;
let accessGuests: AccessGuests;
let seats: SeatGuests;
let people: RdpPeople;
let deployments: Deployments;
let rollout: Started;

jest.setTimeout(20 * MINUTE);

/** What is to be ended, the last begun first. */
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  lab = await TestLab.start(SEATS, portoAlone);
  ends.unshift(() => lab.stop());
  deployments = new Deployments(lab, "porto");
  await lab.deploy(STACKS);
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.session.environment("porto");
  vcenter = await vcenterClient(lab.session, "porto", user, password);
  ends.unshift(() => vcenter.logOut());
  directory = await ActiveDirectory.start([]);
  ends.unshift(() => directory.stop());
  const city = deployedCity(lab.environments, "porto");
  access = await AccessLab.start(city, city, false);
  ends.unshift(() => access.close());
  access.namespaces.start("seats", [process.execPath, RELAY, "88", await directory.way(88)]).stdout.resume();
  people = await RdpPeople.start(access, directory, PEOPLE);
  await people.getFiles(lab.environments, PEOPLE);
  await Promise.all([access.has(0), access.has(1)]);
  const folder = (part: string): string => `Porto/vm/porto/${part}`;
  accessGuests = new AccessGuests(access, vcenter, MEMBERS.map(accessPart).map(folder));
  accessGuests.start();
  ends.unshift(() => accessGuests.stop());
  const pool = poolSeats(city).find(({ pool: name }) => name === "remoto");
  const realm = directory.domain.toUpperCase();
  seats = new SeatGuests(access, vcenter, pool?.folder ?? "", { people: PEOPLE, realm });
  seats.start();
  ends.unshift(() => seats.stop());
}, 60 * MINUTE);

afterAll(async () => {
  for (const end of ends) await end();
}, 5 * MINUTE);

function portoAlone(environments: string): void {
  for (const file of CITY_FILES) rmSync(join(environments, file));
  const fixtures = join(__dirname, "../fixtures");
  copyFileSync(join(fixtures, "access.assignments.csv"), join(environments, "access.assignments.csv"));
  const released = '"2026.10": { template: ubuntu-2026-10, released: 2026-10-14 }';
  const next = `${released}, "2026.11": { template: ubuntu-2026-11, released: 2026-11-18 }`;
  const text = readFileSync(join(fixtures, "access.yaml"), "utf8");
  writeFileSync(
    join(environments, "porto.yaml"),
    text.replace(released, next).replace("    returnMinutes: 30\n", KEYS),
  );
}

/** Somebody opens his file, and again where he is turned away, until he has his desktop. @returns his seat */
async function comes(login: string): Promise<string> {
  for (;;) {
    await people.opens(login, `remoto/${login}`);
    let seat: string | undefined;
    await eventually(async () => {
      seat = (await seats.places()).get(login);
      return seat !== undefined || !(await people.at(login).isConnected());
    }, PAUSE_MS);
    if (seat !== undefined) return seat;
    await people.at(login).closes();
    await setTimeout(1000);
  }
}

/** Somebody has opened his file, and sees his desktop. @returns his seat */
async function works(login: string): Promise<string> {
  const seat = await comes(login);
  await people.works(login, seats.at(seat));
  return seat;
}

async function leaves(login: string, seat: string): Promise<void> {
  await seats.at(seat).logOff(login);
  await people.at(login).closes();
}

/** The processes of somebody's session: others where it was cut. */
async function sessionOf(login: string, seat: string): Promise<string> {
  expect(await people.at(login).isConnected()).toBe(true);
  return (await seats.at(seat).run(`pgrep -u ${login} -f 'xmessage -bg'; pgrep -u ${login} -x xrdp-chansrv`)).output;
}

/** Whether somebody is shown the notice, in lines that a small screen has room for: the first begins behind the program's name. */
async function hasNotice(login: string, seat: string): Promise<boolean> {
  // Its text is of ISO 8859-1, of which a pattern's dot matches no accented letter where the locale is of UTF-8.
  const shown = `pgrep -u ${login} -f '^xmessage -center Questa postazione viene'`;
  const lines = `tr '\\0' ' ' </proc/$(${shown})/cmdline | awk 'length > 80 { exit 1 }'`;
  return (await seats.at(seat).run(`${shown} && ${lines}`)).code === 0;
}

/** Managed object ids of the seats' machines. */
async function machines(): Promise<Record<string, string>> {
  return Object.fromEntries([...(await seats.all())].map(([seat, { id }]) => [seat, id]));
}

describe("a new image, and people at work", () => {
  let before: Record<string, string>;
  let [annAt, bobAt, freeSeat] = ["", "", ""];
  let [bobs, cleos] = ["", ""];
  /** What `refresh` printed meanwhile. */
  const beside: string[] = [];

  /** Waits until something is so while the rollout goes on, and `refresh` beside it. */
  async function whileItGoesOn(isSo: () => Promise<boolean>): Promise<void> {
    await eventually(async () => {
      if (rollout.child.exitCode !== null) throw new Error(`the rollout ended: ${(await rollout.ended).said}`);
      beside.push(await refreshed());
      return isSo();
    }, PAUSE_MS);
  }

  async function isReplaced(seat: string): Promise<boolean> {
    const now = (await machines())[seat];
    return now !== undefined && now !== before[seat];
  }

  test("asks those who work to log off, in their sessions, and gives none of its seats to anybody new", async () => {
    await eventually(async () => (await refreshed()).includes("3 as new"), PAUSE_MS);
    [annAt, bobAt] = [await works(ANN), await works(BOB)];
    before = await machines();
    freeSeat = Object.keys(before).find((seat) => seat !== annAt && seat !== bobAt) ?? "";
    bobs = await sessionOf(BOB, bobAt);
    const pixels = await people.seesDesktop(ANN);
    lab.edit("porto", /(code: rem\n(?: {4}.*\n)*? {4}imageVersion: )"2026.10"/, '$1"2026.11"');
    rollout = deployments.started(["--stacks", STACK, "--destroys", String(SEATS)], withGuests());
    ends.unshift(() => rollout.child.kill("SIGINT"));
    await whileItGoesOn(async () => (await hasNotice(ANN, annAt)) && (await hasNotice(BOB, bobAt)));
    await whileItGoesOn(async () => (await people.at(ANN).sees()).pixels < pixels);
    people.keepPicture(ANN, "asked-to-log-off");
    const [, drained = "", closed] = / drain=(.*) closed=(.*)$/.exec(accessGuests.told.at(-1) ?? "") ?? [];
    expect([drained.split(",").sort(), closed]).toEqual([[annAt, bobAt].sort(), freeSeat]);
    await people.opens(CLEO, `remoto/${CLEO}`);
    await eventually(async () => !(await people.at(CLEO).isConnected()), PAUSE_MS);
    await people.at(CLEO).closes();
    expect([...(await seats.places()).keys()].sort()).toEqual([BOB, ANN]);
  });

  test("changes the free seat first, and the next person gets that", async () => {
    await whileItGoesOn(() => isReplaced(freeSeat));
    expect(await machines()).toMatchObject({ [annAt]: before[annAt], [bobAt]: before[bobAt] });
    expect(await works(CLEO)).toBe(freeSeat);
    cleos = await sessionOf(CLEO, freeSeat);
    expect(await sessionOf(BOB, bobAt)).toBe(bobs);
  });

  test("changes the seat of one who logs off, and nobody else's", async () => {
    await leaves(ANN, annAt);
    await whileItGoesOn(() => isReplaced(annAt));
    expect((await machines())[bobAt]).toBe(before[bobAt]);
    expect([await sessionOf(BOB, bobAt), await sessionOf(CLEO, freeSeat)]).toEqual([bobs, cleos]);
  });

  test("is done once the last one has gone, and cut nobody", async () => {
    await leaves(BOB, bobAt);
    const { code, said } = await rollout.ended;
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(await isReplaced(bobAt)).toBe(true);
    expect(await sessionOf(CLEO, freeSeat)).toBe(cleos);
    process.stdout.write(`refresh said meanwhile: ${[...new Set(beside)].join("")}`);
    await eventually(() => accessGuests.told.at(-1) === "", PAUSE_MS);
  });
});

describe("a seat that was left", () => {
  test("comes back as new, and the next person finds nothing of who had it", async () => {
    // She works there since the rollout; where this is run alone, she comes.
    const cleoAt = (await seats.places()).get(CLEO) ?? (await works(CLEO));
    const cleos = await sessionOf(CLEO, cleoAt);
    await eventually(async () => (await refreshed()).includes("2 as new, 1 in use"), PAUSE_MS);
    const [annAt, bobAt] = [await works(ANN), await works(BOB)];
    const bobs = await sessionOf(BOB, bobAt);
    const hasLetter = async (): Promise<boolean> =>
      (await seats.at(annAt).run(`grep -rqF '${LETTER}' /mnt/disk /tmp /run`)).code === 0;
    await seats.at(annAt).run(`echo '${LETTER}' >/home/${ANN}/letter`);
    expect(await hasLetter()).toBe(true);
    const clock = new Map<string, number>();
    const left = performance.now();
    const note = (what: string): unknown => clock.set(what, Math.round((performance.now() - left) / 1000));
    await leaves(ANN, annAt);
    const next = works(DAN).finally(() => note("the next one works"));
    await eventually(async () => (await seats.at(annAt).report()).includes(" closed "), PAUSE_MS);
    note("it closes");
    await eventually(async () => (await refreshed()).includes("1 brought back"), PAUSE_MS);
    note("it is as new");
    expect(await next).toBe(annAt);
    expect(await hasLetter()).toBe(false);
    expect([await sessionOf(BOB, bobAt), await sessionOf(CLEO, cleoAt)]).toEqual([bobs, cleos]);
    process.stdout.write(`seconds since a seat was left: ${JSON.stringify(Object.fromEntries(clock))}\n`);
    // The rollout's file has another image than what was synthesized first.
    await lab.synth();
    const [plan] = await lab.session.plan([STACK]);
    const log = plan?.result === "unchanged" ? "" : readFileSync(plan?.logFile ?? "", "utf8");
    expect({ ...plan, log }).toMatchObject({ result: "unchanged", log: "" });
  });
});

/** What `refresh porto` prints. */
async function refreshed(): Promise<string> {
  const { code, out, err } = await typedHere(["refresh", "porto"], lab.session.environment("porto"));
  expect({ code, err }).toMatchObject({ code: 0 });
  return out;
}

/** The lab's overlay, which says that somebody plays the guests: the access machines answer. */
function withGuests(): NodeJS.ProcessEnv {
  const { POSTAZIONI_OVERLAY: overlay = "" } = lab.session.environment("porto");
  const file = join(lab.session.paths.directory, "overlay-with-guests.json");
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(overlay, "utf8")) as object), guests: true }));
  return { POSTAZIONI_OVERLAY: file };
}
