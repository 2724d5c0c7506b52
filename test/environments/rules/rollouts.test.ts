import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { brokenWith, milanWith } from "../../fixtures/city-files";

/** Milan's smart-working pool on 2026.10 with a rollout to 2026.11. */
function rollout(text: string): Edit {
  return { "pools.smart-working.imageVersion": "2026.10", "pools.smart-working.+rollout": inYaml(text) };
}

describe("a rollout", () => {
  test.each(["canary", "batch-1", "batch-2", "promoted", "rolled-back"])("may be in the state %s", (state) => {
    expect(milanWith(rollout(`{ to: "2026.11", canaryPercent: 5, batches: [25, 100], state: ${state} }`))).toEqual([]);
  });

  test("leads to another version of the pool's image", () => {
    const path = "pools[name=smart-working].rollout.to";
    const repair = "repair: correct the version, or take the rollout out: without it imageVersion alone counts";
    expect(milanWith(rollout('{ to: "2026.12", canaryPercent: 5, state: canary }'))).toEqual([
      `${path}: "2026.12" is no version of it; allowed: "2026.11"; ${repair}`,
    ]);
    expect(milanWith(rollout('{ to: "2026.10", canaryPercent: 5, state: canary }'))).toEqual([
      `${path}: "2026.10" is the pool's imageVersion already; allowed: "2026.11"; ${repair}`,
    ]);
  });

  test("rolls back nothing that was never rolled out: a version that is not released", () => {
    const edits: Edit[] = [
      rollout('{ to: "2026.11", canaryPercent: 5, state: rolled-back }'),
      { 'images.linux-light.versions."2026.11".released': "2026-12-09" },
    ];
    expect(milanWith(...edits)).toEqual([
      'pools[name=smart-working].rollout.to: "2026.11" is released on 2026-12-09, and the file is of 2026-11-24; allowed: ' +
        "a version that a pool has or rolls out, forward or back, was released by asOf; repair: wait for the version's day, " +
        "or correct released or asOf",
    ]);
  });

  test("grows from batch to batch", () => {
    const path = "pools[name=smart-working].rollout";
    expect(milanWith(rollout('{ to: "2026.11", canaryPercent: 25, batches: [25, 60, 40], state: canary }'))).toEqual([
      expect.stringContaining(`${path}.batches[0]: 25 percent is not more than the 25 before it`),
      expect.stringContaining(`${path}.batches[2]: 40 percent is not more than the 60 before it`),
    ]);
  });

  test("is in a batch that it has", () => {
    expect(milanWith(rollout('{ to: "2026.11", canaryPercent: 5, batches: [25], state: batch-2 }'))).toEqual([
      "pools[name=smart-working].rollout.state: batch-2 is not there: the rollout has 1; allowed: canary, batch-1, promoted, " +
        "rolled-back; repair: write the batches in growing order, and a state that is one of them",
    ]);
  });

  test("begins with canaries by their share, by name, or both", () => {
    expect(milanWith(rollout('{ to: "2026.11", ring: [3, 40-60], state: canary }'))).toEqual([]);
    expect(milanWith(rollout('{ to: "2026.11", ring: [3], canaryPercent: 2, batches: [5], state: canary }'))).toEqual(
      [],
    );
    expect(milanWith(rollout('{ to: "2026.11", state: canary }'))).toEqual([
      expect.stringContaining("canaryPercent, ring, or both"),
    ]);
  });

  test("names seats that are there, each once, and in a dedicated pool those that get a new machine", () => {
    const path = "pools[name=smart-working].rollout.ring";
    const ringed = (...edits: Edit[]) =>
      milanWith(rollout('{ to: "2026.11", ring: [3, 1-5, 9999], state: canary }'), ...edits);
    expect(ringed()).toEqual([
      expect.stringContaining(`${path}[1]: the number 3 is there twice`),
      expect.stringContaining(`${path}[2]: the number 9999 is more than the pool's`),
    ]);
    const own = milanWith({
      "pools.anagrafe.imageVersion": "2026.10",
      "pools.anagrafe.+rollout": inYaml('{ to: "2026.11", ring: [3, 4], state: canary }'),
      "pools.anagrafe.+replace": [4],
    });
    expect(own).toEqual([
      expect.stringContaining("pools[name=anagrafe].rollout.ring[0]: the seat 3 keeps its image: it is a person's own"),
    ]);
  });

  test.each([
    ["a share over 100", '{ to: "2026.11", canaryPercent: 101, state: canary }', "canaryPercent: 101"],
    ["no share", '{ to: "2026.11", canaryPercent: 0, state: canary }', "canaryPercent: 0"],
    ["another state", '{ to: "2026.11", canaryPercent: 5, state: halfway }', 'state: "halfway"'],
  ])("is refused with %s", (_, text, said) => {
    expect(milanWith(rollout(text))).toEqual([expect.stringContaining(said)]);
  });
});

const ALLOWED =
  /replace\[0\]: .*allowed: a whole number from 1 to 9999 or two seat numbers with a hyphen, such as 40-60; /;

describe("the seats to replace", () => {
  const PATH = "pools[name=anagrafe].replace";
  const replace = (list: string): Edit => ({ "pools.anagrafe.+replace": inYaml(list) });

  test("are seats that were issued, alone or from the first to the last", () => {
    expect(milanWith(replace("[17, 40-60, 1450]"))).toEqual([]);
  });

  test.each([
    ["[1451]", `${PATH}[0]: the number 1451 is more than the pool's 1450 seats`],
    ["[1400-1500]", `${PATH}[0]: the number 1500 is more than the pool's 1450 seats`],
    ["[60-40]", `${PATH}[0]: 60 is more than 40`],
    ["[17, 10-20]", `${PATH}[1]: the number 17 is there twice`],
    ["[10-20, 20-30]", `${PATH}[1]: the number 20 is there twice`],
  ])("are refused as %s", (list, line) => {
    expect(milanWith(replace(list))).toEqual([expect.stringContaining(line)]);
    expect(brokenWith(replace(list))).toEqual(["replace-seats"]);
  });

  test.each(["1.5", "-3", "true"])("are refused as %s, with what a seat number or a range is", (entry) => {
    expect(milanWith(replace(`[${entry}]`))).toEqual([expect.stringMatching(ALLOWED)]);
  });

  test("are refused as words, with what a range is", () => {
    expect(milanWith(replace("[forty-sixty]"))).toEqual([
      `${PATH}[0]: "forty-sixty" does not have the right form; allowed: two seat numbers with a hyphen, such as 40-60; ` +
        "repair: correct it",
    ]);
  });

  test("are none of a floating pool", () => {
    expect(milanWith({ "pools.educazione.+replace": [1] })).toEqual([
      expect.stringContaining("replace: the pool is floating: its machines follow the image anyway"),
    ]);
  });
});
