import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { DeclaredCity } from "../../environments/model/city";
import { applyOverlay, overlaySchema } from "../../environments/overlay";
import type { Overlay } from "../../environments/overlay";
import { sampleCity } from "../fixtures/sample-city";

/** What may differ between a city and its lab: endpoints, the store of its states, and sizes. */
const MAY_DIFFER = [
  /^platform\.vsphere\.server$/,
  /^platform\.vault\.address$/,
  /^platform\.state\./,
  /^pools\.\d+\.(?:seats$|retired\.)/,
  /^secrets\.ci\.issuer$/,
];

const ports = fc.integer({ min: 1, max: 65535 });
const count = fc.option(fc.integer({ min: 1, max: 5000 }), { nil: undefined });

const overlays: fc.Arbitrary<Overlay> = fc
  .record({ vsphere: ports, vault: ports, issuer: ports, seatsPerPool: count })
  .map(({ vsphere, vault, issuer, seatsPerPool }) =>
    overlaySchema.parse({
      endpoints: {
        sample: {
          vsphere: `127.0.0.1:${String(vsphere)}`,
          vault: `http://127.0.0.1:${String(vault)}`,
          issuer: `http://127.0.0.1:${String(issuer)}/realms/ci`,
        },
      },
      ...(seatsPerPool !== undefined && { seatsPerPool }),
    }),
  );

/** Every value of a tree by its dotted path. */
function leaves(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, path === "" ? key : `${path}.${key}`));
}

function differences(before: DeclaredCity, after: DeclaredCity): string[] {
  const [old, now] = [new Map(leaves(before)), new Map(leaves(after))];
  return [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path));
}

function bounded(seatsPerPool: number, pools: DeclaredCity["pools"]): DeclaredCity {
  const endpoints = { vsphere: "127.0.0.1:1", vault: "http://127.0.0.1:2", issuer: "http://127.0.0.1:3" };
  return applyOverlay(
    { ...sampleCity(), pools },
    overlaySchema.parse({ endpoints: { sample: endpoints }, seatsPerPool }),
  );
}

describe("the lab's overlay", () => {
  test("changes nothing of a city but endpoints, state and sizes", () => {
    fc.assert(
      fc.property(overlays, (overlay) => {
        const city = { ...sampleCity() };
        const forbidden = differences(city, applyOverlay(city, overlay)).filter(
          (path) => !MAY_DIFFER.some((allowed) => allowed.test(path)),
        );
        expect(forbidden).toEqual([]);
      }),
    );
  });

  test("never makes a pool larger", () => {
    fc.assert(
      fc.property(overlays, (overlay) => {
        const city = sampleCity();
        const { pools } = applyOverlay(city, overlay);
        expect(pools.every(({ seats }, index) => seats <= (city.pools[index]?.seats ?? 0))).toBe(true);
      }),
    );
  });

  test("bounds a pool by number, so that a seat retired there is one seat less", () => {
    const [pool] = bounded(2, sampleCity().pools).pools;
    expect(pool).toMatchObject({ name: "anagrafe", seats: 2, retired: [2] });
  });

  test("leaves a pool its first seat where all before it are retired", () => {
    const pools = sampleCity().pools.map((pool) => ({ ...pool, seats: 5, retired: [1, 2, 3] }));
    expect(bounded(2, pools).pools[0]).toMatchObject({ seats: 4, retired: [1, 2, 3] });
  });

  test("leaves a pool that is taken down the numbers that it had, and so its stacks", () => {
    const pools = sampleCity().pools.map((pool) => ({ ...pool, seats: 5, retired: [1, 2, 3], decommissioned: true }));
    expect(bounded(2, pools).pools[0]).toMatchObject({ seats: 4, retired: [1, 2, 3], decommissioned: true });
    const empty = pools.map((pool) => ({ ...pool, retired: [1, 2, 3, 4, 5], decommissioned: false }));
    expect(bounded(2, empty).pools[0]).toMatchObject({ seats: 5, retired: [1, 2, 3, 4, 5] });
  });

  test("leads only to this machine", () => {
    const endpoints = { vsphere: "vcenter.example.org:443", vault: "http://127.0.0.1:1", issuer: "http://127.0.0.1:2" };
    expect(overlaySchema.safeParse({ endpoints: { sample: endpoints } }).success).toBe(false);
  });

  test("can say nothing else", () => {
    for (const other of [{ pools: [] }, { seatsPerStack: 5 }, { allowUnverifiedTls: true }]) {
      expect(overlaySchema.safeParse({ endpoints: {}, ...other }).success).toBe(false);
    }
  });

  test("refuses a city that it has no endpoints for, rather than deploy to the real ones", () => {
    const overlay = overlaySchema.parse({ endpoints: {} });
    expect(() => applyOverlay(sampleCity(), overlay)).toThrow("the lab overlay has no endpoints for sample");
    const city = sampleCity();
    const named = { ...city, city: { ...city.city, id: "constructor" } };
    expect(() => applyOverlay(named, overlay)).toThrow("the lab overlay has no endpoints for constructor");
  });
});

test.each([
  { backend: "pg", server: "states.comune.milano.example", database: "states" },
  { backend: "s3", bucket: "states", region: "default" },
  { backend: "s3", bucket: "states", region: "default", endpoint: "https://127.0.0.1.example" },
  { backend: "http", address: "https://gitlab.example/127.0.0.1" },
  { backend: "consul", address: "consul.example:8501", path: "127.0.0.1" },
])("states go to no store that is not on loopback: %j", (state) => {
  expect(overlaySchema.safeParse({ endpoints: {}, state }).success).toBe(false);
});

test("states may go to a store on loopback, for tests", () => {
  const state = { backend: "s3", bucket: "states", region: "default", endpoint: "https://127.0.0.1:7070" };
  expect(overlaySchema.parse({ endpoints: {}, state }).state).toEqual(state);
});
