import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cloneMinutes, copyMinutes } from "../../../environments/capacity/clone-time";
import { everyFieldCity } from "../../fixtures/every-field";

const CITY = everyFieldCity();
const [STORE] = CITY.platform.datastores;
const [IMAGE] = Object.values(CITY.images);

/** The sample with one image and these datastores. */
function cityWith(clonesAtATime: number, diskGib: number, speeds: readonly (number | undefined)[], minutes?: number) {
  if (STORE === undefined || IMAGE === undefined) throw new Error("the fixture has changed");
  return {
    images: { one: { ...IMAGE, diskGib } },
    platform: {
      vsphere: { ...CITY.platform.vsphere, clonesAtATime, cloneMinutes: minutes },
      datastores: speeds.map((copyMibPerSecond) => ({ ...STORE, copyMibPerSecond })),
    },
  };
}

describe("the minutes of a clone", () => {
  test("are what the slowest datastore needs for as many of the largest image as run at a time", () => {
    expect(copyMinutes(cityWith(1, 60, [1024]))).toBe(1);
    expect(copyMinutes(cityWith(8, 60, [1024, 512]))).toBe(16);
    expect(copyMinutes(cityWith(8, 60, [1024, undefined]))).toBe(41);
  });

  test("are the provider's own thirty where the copies take less, and the file's where it says some", () => {
    expect(cloneMinutes(cityWith(1, 60, [1024]))).toBe(30);
    expect(cloneMinutes(cityWith(8, 60, [undefined]))).toBe(41);
    expect(cloneMinutes(cityWith(8, 60, [undefined], 90))).toBe(90);
  });

  test("never are fewer with more clones at a time", () => {
    const size = fc.integer({ min: 1, max: 640 });
    fc.assert(
      fc.property(size, size, size, (few, more, gib) => {
        const [least, most] = [Math.min(few, more), Math.max(few, more)];
        const fewest = cloneMinutes(cityWith(least, gib, [300]));
        expect(cloneMinutes(cityWith(most, gib, [300]))).toBeGreaterThanOrEqual(fewest);
      }),
    );
  });
});
