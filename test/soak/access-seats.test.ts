import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Power } from "../../environments/model/power";
import { allOn, powerPlan } from "../../operations/power-plan";
import { seatReport } from "../../operations/seat-report";
import { poolSeats } from "../../secrets/pool-seats";
import { accessCity, accessCityWith } from "../fixtures/access-city";
import { ActiveDirectory, RELAY } from "../fixtures/active-directory";
import { AccessLab, eventually } from "../network/access-lab";
import { RdpPeople } from "./rdp-people";
import { RdpSeat } from "./rdp-seat";

const MINUTE = 60_000;
const SEATS = ["po-ana-0001", "po-ana-0003", "po-rem-0001", "po-rem-0002"] as const;
const [HOLDER, OTHER, ANN, BOB] = ["PO900001", "PO900003", "PO900101", "PO900102"] as const;
const PEOPLE = [HOLDER, OTHER, ANN, BOB] as const;

const city = accessCityWith();
const inEmergency = accessCityWith({}, { emergency: { ...accessCity().emergency, active: true } });
const seats = new Map<string, RdpSeat>();
let directory: ActiveDirectory;
let lab: AccessLab;
let people: RdpPeople;

jest.setTimeout(3 * MINUTE);

beforeAll(async () => {
  directory = await ActiveDirectory.start([]);
  lab = await AccessLab.start(city, inEmergency, false);
  lab.namespaces.start("seats", [process.execPath, RELAY, "88", await directory.way(88)]).stdout.resume();
  const addresses = lab.addresses();
  for (const [number, seat] of SEATS.entries()) {
    const props = { seat, number, people: PEOPLE, realm: directory.domain.toUpperCase() };
    seats.set(seat, await RdpSeat.start(lab, { ...props, address: addresses.get(seat) ?? "" }));
    await minute(seat);
  }
  people = await RdpPeople.start(lab, directory, PEOPLE);
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
  await people.getFiles(environments, [ANN, BOB]);
}

function seatAt(name: string): RdpSeat {
  const seat = seats.get(name);
  if (seat === undefined) throw new Error(`no seat ${name} was started`);
  return seat;
}

/** Somebody opens a connection file, his own unless another's is named. */
async function opens(login: string, whose = login): Promise<void> {
  await people.opens(login, whose === ANN || whose === BOB ? `remoto/${whose}` : whose);
}

const works = (login: string, seat: string): Promise<void> => people.works(login, seatAt(seat));

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
  await people.at(OTHER).closes();
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
    await people.at(login).closes();
    await opens(login);
  }
  await works(HOLDER, "po-ana-0001");
  await works(ANN, "po-rem-0001");
  await works(BOB, "po-rem-0002");
  for (const seat of SEATS) expect(await seatAt(seat).windows()).toHaveLength(1);
});

test("in the evening a seat that somebody works at stays on, and one that was left goes off", async () => {
  await people.at(BOB).closes();
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
  await people.at(HOLDER).closes();
  await seatAt("po-ana-0001").logOff(HOLDER);
  await minute("po-ana-0001", "nobody");
  await opens(HOLDER);
  await eventually(
    async () => (await seatAt("po-ana-0001").log()).includes(`login denied for user ${HOLDER}`),
    () => "he was not turned away",
  );
  expect(await seatAt("po-ana-0001").windows()).toEqual([]);
});
