import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { accessCity, accessCityWith } from "../fixtures/access-city";
import { AccessLab, eventually } from "./access-lab";

const city = accessCityWith();
const inEmergency = accessCityWith({}, { emergency: { ...accessCity().emergency, active: true } });
let lab: AccessLab;

beforeAll(async () => {
  lab = await AccessLab.start(city, inEmergency);
  await Promise.all([lab.has(0), lab.has(1)]);
  await eventually(
    async () => (await lab.ask({ do: "come", name: "anagrafe", who: "PO900001" })).seat !== null,
    () => lab.state(0),
  );
}, 90_000);

afterAll(() => lab.close());

const comes = async (who: string, name = "remoto") => (await lab.ask({ do: "come", name, who })).seat;
const leaves = async (who: string) => (await lab.ask({ do: "leave", who })).cut;

test("a person reaches his own seat and nobody else's; who has none is turned away", async () => {
  expect(await comes("PO900003", "anagrafe")).toBe("po-ana-0003");
  expect(await comes("po900001", "anagrafe")).toBe("po-ana-0001");
  expect(await comes("PO900004", "anagrafe")).toBeNull();
  expect(await comes("PO900003", "elsewhere")).toBeNull();
}, 60_000);

test("whoever comes gets a free seat, keeps it when he comes back, and one too many is turned away", async () => {
  expect([await comes("ANN"), await comes("BOB")]).toEqual(["po-rem-0001", "po-rem-0002"]);
  expect(await leaves("ANN")).toBe(false);
  expect(await comes("CEM")).toBe("po-rem-0003");
  expect(await comes("DORA")).toBeNull();
  expect(await comes("ANN")).toBe("po-rem-0001");
}, 60_000);

test("seats that are about to be changed are kept from new people, and closed ones from everybody, without a session cut", async () => {
  const until = Math.floor(Date.now() / 1000) + 600;
  // CEM works at the third seat, BOB has the second one; ANN left the first one for a moment.
  expect(await leaves("ANN")).toBe(false);
  await lab.holds(`${String(until)} drain=po-rem-0003,po-rem-0001 closed=po-rem-0002,po-ana-0003`);
  expect(await comes("ANN")).toBe("po-rem-0001");
  expect(await comes("PO900003", "anagrafe")).toBeNull();
  for (const who of ["BOB", "CEM"]) expect((await lab.ask({ do: "is-cut", who })).cut).toBe(false);
  expect(await leaves("BOB")).toBe(false);
  expect(await comes("BOB")).toBeNull();
  await lab.holds("");
  expect(await comes("BOB")).toBe("po-rem-0002");
  expect(await comes("PO900003", "anagrafe")).toBe("po-ana-0003");
}, 60_000);

test("what is held is held no longer than it says, as after a deployment that died", async () => {
  const until = Math.floor(Date.now() / 1000) + 4;
  await lab.holds(`${String(until)} drain= closed=po-ana-0003`);
  expect(await comes("PO900003", "anagrafe")).toBeNull();
  await eventually(
    async () => (await comes("PO900003", "anagrafe")) === "po-ana-0003",
    () => lab.state(0),
  );
}, 60_000);

test("an emergency's seats come by a new configuration in place, which cuts nobody and gives nobody another's seat", async () => {
  await lab.gets(inEmergency);
  // Their names are asked for first.
  await eventually(
    async () => (await comes("DORA")) !== null,
    () => lab.state(0),
  );
  expect(await comes("DORA")).toBe("po-rsu-0001");
  expect((await lab.ask({ do: "is-cut", who: "BOB" })).cut).toBe(false);
  expect(await leaves("BOB")).toBe(false);
  expect(await comes("EVE")).toBe("po-rsu-0002");
  expect(await comes("BOB")).toBe("po-rem-0002");
}, 60_000);

test("where the first machine fails, the other knows who has which seat", async () => {
  await lab.masterFails();
  expect([await comes("CEM"), await comes("EVE"), await comes("FAY"), await comes("ANN")]).toEqual([
    ...["po-rem-0003", "po-rsu-0002"],
    ...[null, "po-rem-0001"],
  ]);
}, 60_000);
