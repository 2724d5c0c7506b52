import { expect, test } from "@jest/globals";
import { milanBreaking, milanWith } from "../../fixtures/city-files";

test("engine-platform refuses an engine of another CI platform than that of secrets.ci, whose jobs Vault gives no login", () => {
  expect(milanWith({ "platform.+engine": "github" })).toEqual([
    'platform.engine: "github" runs the jobs, and secrets.ci names "gitlab"; allowed: the jobs of an engine that is a CI ' +
      "platform log in as the jobs that secrets.ci names; repair: name the platform of secrets.ci, or declare secrets.ci for this one",
  ]);
  expect(milanBreaking("engine-platform", { "platform.+engine": "gitlab" })).toEqual([]);
  expect(milanBreaking("engine-platform", { "platform.+engine": "atlantis" })).toEqual([]);
});

test("engine-platform refuses a CI platform where secrets.ci names none", () => {
  expect(milanBreaking("engine-platform", { "platform.+engine": "gitlab", "secrets.ci": undefined })).toEqual([
    expect.stringContaining('"gitlab" runs the jobs, and secrets.ci names no platform at all'),
  ]);
});

test("engine-state refuses states in files of one machine, which the next job does not have", () => {
  const local = { "platform.state": { backend: "local" } };
  expect(milanBreaking("engine-state", { "platform.+engine": "spacelift", ...local })).toEqual([
    expect.stringContaining('platform.engine: "spacelift" runs each stack where it likes'),
  ]);
  expect(milanBreaking("engine-state", local)).toEqual([]);
});

test("an engine that is not known is refused with those that are", () => {
  expect(milanWith({ "platform.+engine": "jenkins" })).toEqual([
    expect.stringMatching(/platform\.engine: .*"jenkins".*github.*gitlab.*atlantis.*spacelift/),
  ]);
});
