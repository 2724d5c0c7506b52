import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { accessCityWith } from "../fixtures/access-city";
import { AccessLab, eventually } from "../network/access-lab";
import type { Answer } from "../network/access-lab";

const SEATS = { anagrafe: 4, remoto: 150 };
const [ARRIVALS, PEOPLE] = [10_000, 170];
const MORE = { ...SEATS, remoto: 160 };
const small = accessCityWith(SEATS);
const large = accessCityWith(MORE);
let lab: AccessLab;

beforeAll(async () => {
  lab = await AccessLab.start(small, large);
  await Promise.all([lab.has(0), lab.has(1)]);
  const isSeated = async (): Promise<boolean> =>
    (await lab.ask({ do: "come", name: "remoto", who: "first" })).seat !== null;
  await eventually(isSeated, () => lab.state(0));
}, 120_000);

afterAll(() => lab.close());

/** Reloads, drained seats, and machines that fail and come back, one after the other, until all have come. */
async function disturb(isOver: () => boolean): Promise<Record<string, number>> {
  const done = { reloads: 0, drains: 0, failures: 0 };
  for (let turn = 0; !isOver(); turn += 1) {
    await lab.gets(turn % 2 === 0 ? large : small);
    done.reloads += 1;
    const seat = `po-rem-${String((turn % 100) + 1).padStart(4, "0")}`;
    for (const state of ["drain", "ready"]) {
      for (const member of [0, 1] as const) await lab.runtime(member, `set server remoto/${seat} state ${state}`);
      await setTimeout(1000);
    }
    done.drains += 1;
    const failed = await lab.masterFails();
    await setTimeout(5000);
    await lab.returns(failed);
    done.failures += 1;
    await setTimeout(2000);
  }
  return done;
}

test("of 10,000 random arrivals, while machines fail, configurations change and seats are drained, none finds a wrong seat or a shared one", async () => {
  let counts: Answer | undefined;
  const people = Array.from({ length: PEOPLE }, (_, index) => `p${String(index)}`);
  const order = {
    do: "crowd",
    arrivals: ARRIVALS,
    name: "remoto",
    people,
    at_a_time: 100,
    longest: 1.5,
    kept: 25 * 60,
  };
  const own = { PO900001: "po-ana-0001", PO900003: "po-ana-0003" };
  const crowd = lab.ask({ ...order, own, own_name: "anagrafe" }).then((answer) => (counts = answer));
  const done = await disturb(() => counts !== undefined);
  await crowd;
  console.log(JSON.stringify({ ...counts, ...done }));
  expect(counts).toMatchObject({ wrong: 0, shared: 0 });
  expect(counts?.seated).toBeGreaterThan(ARRIVALS / 2);
  expect(done.failures).toBeGreaterThan(1);
}, 900_000);
