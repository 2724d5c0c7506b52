import { expect, test } from "@jest/globals";
import { milanWith } from "../../fixtures/city-files";

test("ci-state: a city that CI deploys has no local states, and one that nobody's CI deploys may", () => {
  const local = { "platform.state": { backend: "local" } };
  expect(milanWith(local)).toEqual([
    expect.stringMatching(
      /^platform\.state: states in local files have no lock for two jobs, .*; allowed: .*; repair: name a store/,
    ),
  ]);
  expect(milanWith({ ...local, "secrets.ci": undefined }).filter((line) => line.includes("local files"))).toEqual([]);
});
