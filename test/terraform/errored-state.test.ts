import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { erroredFate, erroredStates, stateVersion } from "../../terraform/errored-state";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "errored-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function state(serial: number, resources: readonly unknown[] = [], lineage = "one"): string {
  return JSON.stringify({ version: 4, serial, lineage, outputs: {}, resources });
}

function file(text: string, ...place: readonly string[]): string {
  const path = join(folder, ...place, "errored.tfstate");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

test("states are found in every folder of stacks beside this one, oldest first, and in logs", () => {
  const newer = file(state(2), "cdktf.out", "stacks", "milan-network");
  const older = file(state(2), "apply.out", "stacks", "milan-secrets");
  file(state(2), "apply.out", "stacks", "catania-network");
  utimesSync(older, 1, 1);
  utimesSync(newer, 2, 2);
  mkdirSync(join(folder, "apply.out", "logs"));
  const logged = join(folder, "apply.out", "logs", "milan-network-apply.log.tfstate");
  writeFileSync(logged, state(3));
  expect(erroredStates(join(folder, "recover.out"), ["milan-network", "milan-secrets"])).toEqual([
    { stack: "milan-secrets", file: older },
    { stack: "milan-network", file: newer },
    { stack: "milan-network", file: logged },
  ]);
});

test("a state is stored only over an older one of its own lineage", () => {
  const left = file(state(5, [{ name: "made" }]));
  const fate = (text: string): unknown => erroredFate(left, stateVersion(text));
  const other = [{ name: "other" }];
  expect(fate("")).toEqual({ kind: "push" });
  expect(fate(state(9, [], "two"))).toEqual({ kind: "push" });
  expect(fate(state(4, other))).toEqual({ kind: "push" });
  expect(fate(state(5, [{ name: "made" }]))).toEqual({ kind: "superseded" });
  expect(fate(state(5, other))).toEqual({
    kind: "left-alone",
    reason: "it is number 5, and the stored state is number 5 since",
  });
  expect(fate(state(6, other))).toMatchObject({ kind: "left-alone" });
  expect(fate(state(4, other, "two"))).toEqual({
    kind: "left-alone",
    reason: "it is of another lineage: the stored state was begun anew since",
  });
});

test.each(["", '{"version": 4, "serial": 5, "lin', "[]", '{"encrypted_data": "AAAA", "encryption_version": "v0"}'])(
  "what is no state is left alone: %j",
  (text) => {
    expect(erroredFate(file(text), undefined)).toEqual({
      kind: "left-alone",
      reason: "it is truncated, encrypted, or no state",
    });
  },
);

test("a first deployment's state has no lineage: it is stored where nothing is, and never over another", () => {
  const left = file(state(0, [{ name: "made" }], ""));
  expect(erroredFate(left, undefined)).toEqual({ kind: "push" });
  expect(erroredFate(left, stateVersion(state(1, [])))).toEqual({ kind: "push" });
  expect(erroredFate(left, stateVersion(state(2, [{ name: "made" }])))).toMatchObject({ kind: "left-alone" });
});
