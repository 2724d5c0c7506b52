import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Power } from "../../environments/model/power";
import { allOn, powerPlan } from "../../operations/power-plan";
import { seatReport } from "../../operations/seat-report";
import { LAB_DIRECTORY } from "../../lab/paths";
import { poolSeats } from "../../secrets/pool-seats";
import { accessCity, accessCityWith } from "../fixtures/access-city";
import { ActiveDirectory, RELAY } from "../fixtures/active-directory";
import { endOf, startCommand } from "../fixtures/command";
import { AccessLab, eventually } from "../network/access-lab";
import { RdpPerson } from "./rdp-person";
import { RdpSeat } from "./rdp-seat";

const MINUTE = 60_000;
const HOST = "postazioni.porto.example";
const SEATS = ["po-ana-0001", "po-ana-0003", "po-rem-0001", "po-rem-0002"] as const;
const [HOLDER, OTHER, ANN, BOB] = ["PO900001", "PO900003", "PO900101", "PO900102"] as const;
const PEOPLE = [HOLDER, OTHER, ANN, BOB] as const;
const SCREEN_PIXELS = 800 * 600;
/** Pictures of people's screens, of the last run. */
const PICTURES = join(LAB_DIRECTORY, "screens");

const city = accessCityWith();
const inEmergency = accessCityWith({}, { emergency: { ...accessCity().emergency, active: true } });
const seats = new Map<string, RdpSeat>();
const people = new Map<string, RdpPerson>();
const passwords = new Map<string, string>();
let directory: ActiveDirectory;
let lab: AccessLab;

jest.setTimeout(3 * MINUTE);

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  directory = await ActiveDirectory.start([]);
  for (const login of PEOPLE) passwords.set(login, await directory.addUser(login));
  lab = await AccessLab.start(city, inEmergency, false);
  lab.namespaces.start("seats", [process.execPath, RELAY, "88", await directory.way(88)]).stdout.resume();
  const addresses = lab.addresses();
  for (const [number, seat] of SEATS.entries()) {
    const props = { seat, number, people: PEOPLE, realm: directory.domain.toUpperCase() };
    seats.set(seat, await RdpSeat.start(lab, { ...props, address: addresses.get(seat) ?? "" }));
    await minute(seat);
  }
  const hosts = `127.0.0.1 localhost\n10.66.2.4 ${HOST}\n`;
  for (const [number, login] of PEOPLE.entries()) people.set(login, await RdpPerson.start(lab, login, number, hosts));
  await giveFiles();
  await Promise.all([lab.has(0), lab.has(1)]);
}, 10 * MINUTE);

afterAll(async () => {
  await lab.close();
  await directory.stop();
}, MINUTE);

/** What a seat's minute does with what `secrets first` tells it; a floating one has its image's group. */
async function minute(seat: string, holder?: string): Promise<void> {
  const pool = poolSeats(city).find(({ seats: names }) => names.includes(seat));
  await seatAt(seat).minute({ holder: holder ?? pool?.holders.get(seat) ?? "" });
}

/** Connection files by the command. */
async function giveFiles(): Promise<void> {
  const environments = join(lab.folder, "environments");
  mkdirSync(environments);
  const fixtures = join(__dirname, "../fixtures");
  copyFileSync(join(fixtures, "access.yaml"), join(environments, "porto.yaml"));
  copyFileSync(join(fixtures, "access.assignments.csv"), join(environments, "access.assignments.csv"));
  writeFileSync(join(lab.folder, "logins.txt"), `${ANN}\n${BOB}\n`);
  const options = ["--environments", environments, "--out", join(lab.folder, "files")];
  const people = ["--people", `remoto=${join(lab.folder, "logins.txt")}`];
  const { code, err } = await endOf(startCommand(["report", "access-points", "porto", ...options, ...people]));
  expect({ code, err }).toMatchObject({ code: 0 });
}

function seatAt(name: string): RdpSeat {
  const seat = seats.get(name);
  if (seat === undefined) throw new Error(`no seat ${name} was started`);
  return seat;
}

function person(login: string): RdpPerson {
  const found = people.get(login);
  if (found === undefined) throw new Error(`nobody is ${login}`);
  return found;
}

/** Somebody opens a connection file, his own unless another's is named. */
async function opens(login: string, whose = login): Promise<void> {
  const file = whose === ANN || whose === BOB ? `remoto/${whose}` : whose;
  await person(login).opens(`/mnt/files/${file}.rdp`, passwords.get(login) ?? "");
}

/** Waits until somebody's screen shows his desktop on a seat: that has a window with both names, and his screen its colour. */
async function works(login: string, seat: string): Promise<void> {
  let said = "";
  await eventually(
    async () => (await seatAt(seat).windows()).includes(`${login} at ${seat}`),
    () => said,
  ).catch(async (error: unknown) => {
    said = `${await person(login).said()}\n${await seatAt(seat).log()}`;
    throw new Error(`${login} does not work at ${seat}: ${said}`, { cause: error });
  });
  const colour = `#${createHash("sha256").update(login).digest("hex").slice(0, 6)}`;
  let seen = { colour: "", pixels: 0 };
  await eventually(
    async () => {
      seen = await person(login).sees();
      return seen.colour === colour && seen.pixels > SCREEN_PIXELS / 2;
    },
    () => `${login} should see ${colour}: ${JSON.stringify(seen)}`,
  );
  copyFileSync(join(lab.folder, `${login}.png`), join(PICTURES, `${login}.png`));
}

test("a person with a connection file sees his own desktop, on the seat that is his", async () => {
  await opens(HOLDER);
  await works(HOLDER, "po-ana-0001");
  expect(await seatAt("po-ana-0001").windows()).toEqual([`${HOLDER} at po-ana-0001`]);
});

test("somebody else's connection file opens nothing: the seat lets in its holder alone", async () => {
  await opens(OTHER, HOLDER);
  await eventually(
    async () => (await seatAt("po-ana-0001").log()).includes(`login denied for user ${OTHER}`),
    () => "nobody was turned away",
  );
  expect(await seatAt("po-ana-0001").windows()).toEqual([`${HOLDER} at po-ana-0001`]);
  await person(OTHER).closes();
  await opens(OTHER);
  await works(OTHER, "po-ana-0003");
});

test("whoever comes to floating seats gets one of his own", async () => {
  await opens(ANN);
  await works(ANN, "po-rem-0001");
  await opens(BOB);
  await works(BOB, "po-rem-0002");
  expect(await seatAt("po-rem-0001").windows()).toEqual([`${ANN} at po-rem-0001`]);
});

test("a configuration that is loaded while all work cuts nobody", async () => {
  const peers = (): Promise<string[][]> => Promise.all(SEATS.map((seat) => seatAt(seat).peers()));
  const before = await peers();
  expect(before.flat()).toHaveLength(SEATS.length);
  await lab.gets(inEmergency);
  expect(await peers()).toEqual(before);
});

test("where an access machine fails, each comes back to his session, as it was", async () => {
  await lab.masterFails();
  for (const login of [BOB, ANN, HOLDER]) {
    await person(login).closes();
    await opens(login);
  }
  await works(HOLDER, "po-ana-0001");
  await works(ANN, "po-rem-0001");
  await works(BOB, "po-rem-0002");
  for (const seat of SEATS) expect(await seatAt(seat).windows()).toHaveLength(1);
});

test("in the evening a seat that somebody works at stays on, and one that was left goes off", async () => {
  await person(BOB).closes();
  await seatAt("po-rem-0002").logOff(BOB);
  await eventually(
    async () => (await poweredSeat("po-rem-0002")).sessions === 0,
    () => "the session does not end",
  );
  const found = await Promise.all(["po-rem-0001", "po-rem-0002"].map(poweredSeat));
  const evening = new Date("2026-11-24T21:00:00Z");
  const power: Power = { days: ["tue"], start: "07:00", stop: "19:00", reserve: 0 };
  const { stop, inUse } = powerPlan(found, allOn(city, power, evening), 0);
  expect([stop.map(({ seat }) => seat), inUse.map(({ seat }) => seat)]).toEqual([["po-rem-0002"], ["po-rem-0001"]]);
  await seatAt("po-rem-0002").off();
  await works(ANN, "po-rem-0001");
});

/** A seat as `power` finds it. */
async function poweredSeat(seat: string) {
  await minute(seat);
  const report = await seatAt(seat).report();
  const now = Date.now() / 1000;
  return {
    ...{ seat, machine: seat, isOn: true, isLeft: false },
    sessions: seatReport({ "guestinfo.postazioni.report": report }, now)?.sessions,
  };
}

test("whose assignment has ended gets in no longer", async () => {
  await person(HOLDER).closes();
  await seatAt("po-ana-0001").logOff(HOLDER);
  await minute("po-ana-0001", "nobody");
  await opens(HOLDER);
  await eventually(
    async () => (await seatAt("po-ana-0001").log()).includes(`login denied for user ${HOLDER}`),
    () => "he was not turned away",
  );
  expect(await seatAt("po-ana-0001").windows()).toEqual([]);
});
