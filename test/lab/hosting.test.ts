import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { planChanges, terraform } from "./plan-changes";
import { TestLab } from "./test-lab";

/** One lab, one story: Milan's emergency begins, Catania hosts seats of it, and it ends. */
const SEATS = 4;
const MINUTE = 60_000;
const HOSTED = "catania-desktops-milan-anagrafe-hosted-01";
const OTHERS = [
  "catania-foundation",
  "catania-network",
  "milan-foundation",
  "milan-network",
  "milan-desktops-anagrafe-01",
];

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(SEATS);
  // A surge that Milan hosts itself would begin with it, and is no subject here.
  lab.edit("milan", "    - { pool: anagrafe, code: anx, seats: 300 }\n", "");
  await lab.session.deploy([...OTHERS, HOSTED]);
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** What the plan of a stack changes: Terraform's words, by the key of the seat or else by the kind of resource. */
async function planned(stack: string): Promise<Record<string, string>> {
  const { changes } = await planChanges(lab.session, stack);
  return Object.fromEntries(changes.map(({ type, key = type, actions }) => [key, actions]));
}

/** Names of the machines of both cities. */
async function machines(): Promise<Record<string, string[]>> {
  const entries = lab.cities.map(async (city): Promise<[string, string[]]> => {
    const { virtualMachines } = await lab.snapshot(city);
    return [city, virtualMachines.map(({ name }) => name).sort()];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Milan's emergency begins or ends; the seats that the plan in Catania changes, which is then applied. */
async function emergency(from: string, to: string): Promise<Record<string, string>> {
  lab.edit("milan", `active: ${from}`, `active: ${to}`);
  await lab.session.synth();
  const changes = await planned(HOSTED);
  await terraform(lab.session, HOSTED, ["apply", "-input=false", "-no-color", "plan"]);
  return changes;
}

test(
  "a guest's emergency adds exactly its seats in the host's vCenter, its end takes exactly those, and nothing else changes",
  async () => {
    const seats = ["ct-anh-0001", "ct-anh-0002", "ct-anh-0003", "ct-anh-0004"];
    const all = (actions: string): unknown => Object.fromEntries(seats.map((seat) => [seat, actions]));
    const before = await machines();
    expect(await emergency("false", "true")).toEqual(all("create"));
    for (const stack of [...OTHERS, HOSTED]) expect([stack, await planned(stack)]).toEqual([stack, {}]);
    expect(await machines()).toEqual({ ...before, catania: [...(before.catania ?? []), ...seats].sort() });
    expect(await emergency("true", "false")).toEqual(all("delete"));
    expect(await planned(HOSTED)).toEqual({});
    expect(await machines()).toEqual(before);
  },
  10 * MINUTE,
);
