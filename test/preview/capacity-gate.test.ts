import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CapacityChange } from "../../preview/capacity-changes";
import { fileChange } from "../../preview/file-change";
import { fileFindings } from "../../preview/file-findings";
import { isAtLeastPercent } from "../../preview/percent";
import { deployedSample } from "../fixtures/deployed";

const GROUP = { kind: "hostGroup", name: "gpu", unit: "vgpus", before: null } as const;

/** What the gate says of resources, with so many percent allowed. */
function asked(changes: readonly Omit<CapacityChange, "before">[], capacityPercent: number) {
  const city = deployedSample();
  const gated = { ...city, review: { gates: { capacityPercent }, waivers: [] } };
  const capacity = changes.map((change) => ({ ...change, before: null }));
  return fileFindings(gated, { ...fileChange(city, city), capacity }, city);
}

function left(headroom: number, available: number) {
  return { demanded: available - headroom, available, headroom };
}

describe("the gate of what stays free", () => {
  test("names each resource so that no other has its name: a waiver opens exactly that", () => {
    const after = left(0, 10);
    const scopes = asked(
      [
        { ...GROUP, cluster: "vdi-a", profile: "grid_t4-2q", after },
        { ...GROUP, cluster: "vdi-a", profile: "grid_t4-4q", after },
        { ...GROUP, cluster: "vdi-b", profile: "grid_t4-2q", after },
        { ...GROUP, cluster: "vdi-b", profile: null, unit: "cpus", after },
        { kind: "cluster", name: "gpu", cluster: "gpu", profile: null, unit: "cpus", after },
      ],
      10,
    ).map(({ scope }) => scope);
    expect(scopes).toEqual([
      "vdi-a/gpu grid_t4-2q vgpus",
      "vdi-a/gpu grid_t4-4q vgpus",
      "vdi-b/gpu grid_t4-2q vgpus",
      "vdi-b/gpu cpus",
      "gpu cpus",
    ]);
  });

  test("lets exactly so many percent pass, and nothing below", () => {
    const segment = { kind: "segment", name: "desktops", cluster: null, unit: "addresses", profile: null } as const;
    expect(asked([{ ...segment, after: left(7, 100) }], 7)).toEqual([]);
    expect(asked([{ ...segment, after: left(6, 100) }], 7)).toMatchObject([
      { text: expect.stringMatching(/^6 of 100/) },
    ]);
    expect(asked([{ ...segment, after: left(0, 0) }], 7)).toEqual([]);
    expect(asked([{ ...segment, after: left(-1, 0) }], 0)).toHaveLength(1);
  });
});

test("a share is compared as it is on paper, with up to two decimals", () => {
  const hundredths = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000 }),
      fc.integer({ min: 1, max: 100_000 }),
      hundredths,
      (part, whole, limit) => {
        const onPaper = BigInt(part) * 10_000n >= BigInt(limit) * BigInt(whole);
        expect(isAtLeastPercent(part, whole, limit / 100)).toBe(onPaper);
      },
    ),
  );
  const exact = fc.tuple(hundredths, fc.integer({ min: 1, max: 1000 }));
  fc.assert(fc.property(exact, ([limit, times]) => isAtLeastPercent(limit * times, 10_000 * times, limit / 100)));
});
