import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { choiceOf } from "../../cli/preview/choose-stacks";
import { DriftRecord } from "../../cli/preview/drift-record";
import { synthesizeInto } from "../../cli/preview/synthesize";
import type { DeclaredCity, DeployedCity } from "../../environments/model/city";
import { configurationDigest } from "../../preview/approval";
import { driftReport } from "../../preview/drift-report";
import type { StackChoice } from "../../preview/stack-choice";
import { stackPreview } from "../../preview/stack-preview";
import { Redactor } from "../../runtime/redactor";
import { synthesizedStacks } from "../../terraform/manifest";
import { planCity } from "../../terraform/plan-city";
import type { StackResult } from "../../terraform/plan-stack";
import { deployed } from "../fixtures/deployed";
import { DeployedModel } from "../fixtures/deployed-model";
import { everyFieldCity } from "../fixtures/every-field";
import { SOME_EDITS, withEdits } from "../fixtures/every-field-edits";
import { runs } from "../fixtures/soak";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const CITY = everyFieldCity();

/** Synthesizes a city. @returns undefined where the changes do not go together */
async function synthesized(name: string, city: DeclaredCity): Promise<[string, DeployedCity] | undefined> {
  const [output, whole] = [folder(name), deployed(city)];
  try {
    await synthesizeInto(output, whole);
    return [output, whole];
  } catch {
    return undefined;
  }
}

function planned(output: string, model: DeployedModel, choice?: StackChoice): Promise<StackResult[]> {
  const { signal } = new AbortController();
  const planning = { output, signal, env: {}, redactor: new Redactor(), terraform: "", logs: folder("logs") };
  return planCity(synthesizedStacks(output), planning, () => undefined, choice, model.plan);
}

function changed(results: readonly StackResult[]): string[] {
  return results
    .map(stackPreview)
    .filter(({ result }) => result !== "unchanged")
    .map(({ stack }) => stack);
}

function names(results: readonly StackResult[]): string[] {
  return results.map(({ stack }) => stack);
}

/** What a look for drift finds now, as it is read from its file. */
async function lookedAt(
  [output, city]: [string, DeployedCity],
  model: DeployedModel,
): Promise<DriftRecord | undefined> {
  const file = folder("drift.json");
  writeFileSync(file, JSON.stringify(driftReport(city, await planned(output, model), new Date(0))));
  return DriftRecord.in(file, city.city.id);
}

test("of a base that is deployed are planned exactly the stacks in which a plan of all shows something, whatever the file changes", async () => {
  let tries = 0;
  await fc.assert(
    fc.asyncProperty(SOME_EDITS, SOME_EDITS, async (earlier, edits) => {
      tries += 1;
      const before = await synthesized(`base-${String(tries)}`, withEdits(CITY, earlier));
      const after = await synthesized(`wanted-${String(tries)}`, withEdits(withEdits(CITY, earlier), edits));
      fc.pre(before !== undefined && after !== undefined);
      const model = new DeployedModel();
      model.deploy(before[0], synthesizedStacks(before[0]));
      const all = await planned(after[0], model);
      const chosen = await planned(after[0], model, await choiceOf(after[0], before[1], undefined));
      expect(names(chosen)).toEqual(changed(all));
      expect(changed(chosen)).toEqual(changed(all));
    }),
    { numRuns: runs(12) },
  );
});

test("with what the last look for drift found nothing is left out that was not deployed since, whatever was, and whatever the file changes", async () => {
  let tries = 0;
  const reached = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(SOME_EDITS, SOME_EDITS, reached, async (since, edits, isReached) => {
      tries += 1;
      const then = await synthesized(`then-${String(tries)}`, CITY);
      const base = await synthesized(`since-${String(tries)}`, withEdits(CITY, since));
      const wanted = await synthesized(`now-${String(tries)}`, withEdits(withEdits(CITY, since), edits));
      fc.pre(then !== undefined && base !== undefined && wanted !== undefined);
      const model = new DeployedModel();
      model.deploy(then[0], synthesizedStacks(then[0]));
      const record = await lookedAt(then, model);
      const nodes = synthesizedStacks(base[0]);
      model.deploy(base[0], nodes, (stack) => isReached[nodes.findIndex(({ name }) => name === stack)] === true);
      const choice = await choiceOf(wanted[0], base[1], record);
      const chosen = await planned(wanted[0], model, choice);
      expect(changed(chosen)).toEqual(changed(await planned(wanted[0], model)));
    }),
    { numRuns: runs(12) },
  );
});

test("a stack is planned whose dependency was deployed since, though nothing of its own differs from the base or from then", async () => {
  const then = await synthesized("then", CITY);
  if (then === undefined) throw new Error("the fixture has changed");
  let left = 0;
  for (const name of ["dvs-a", "dvs-b", "dvs-c", "dvs-d"]) {
    const { network } = CITY;
    const base = await synthesized(name, { ...CITY, network: { ...network, switch: { ...network.switch, name } } });
    if (base === undefined) throw new Error(`${name} is not synthesized`);
    const model = new DeployedModel();
    model.deploy(then[0], synthesizedStacks(then[0]));
    const record = await lookedAt(then, model);
    model.deploy(base[0], synthesizedStacks(base[0]), (stack) => stack === "piccola-network");
    const pending = changed(await planned(base[0], model));
    left += pending.length;
    expect(changed(await planned(base[0], model, await choiceOf(base[0], base[1], record)))).toEqual(pending);
  }
  expect(left).toBeGreaterThan(0);
});

test("a stack comes after those that are planned before it, through stacks that are not", async () => {
  const output = folder("chain");
  const names = ["city-a", "city-b", "city-c"];
  for (const name of names) {
    mkdirSync(join(output, "stacks", name), { recursive: true });
    writeFileSync(join(output, "stacks", name, "cdk.tf.json"), "{}");
  }
  const stacks = names.map((name, index) => [name, { name, dependencies: names.slice(Math.max(0, index - 1), index) }]);
  writeFileSync(join(output, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(stacks) as object }));
  const results = await planned(output, new DeployedModel(), { stacks: new Set(["city-a", "city-c"]) });
  expect(results).toMatchObject([
    { stack: "city-a", dependencies: [] },
    { stack: "city-c", dependencies: ["city-a"] },
  ]);
});

test("all are planned where a chosen one stands on a stack that is not deployed", async () => {
  const output = folder("undeployed");
  const names = ["city-a", "city-b"];
  for (const name of names) mkdirSync(join(output, "stacks", name), { recursive: true });
  for (const name of names) writeFileSync(join(output, "stacks", name, "cdk.tf.json"), "{}");
  const failure = "terraform plan: Unable to find remote state: No stored state was found";
  const model = new DeployedModel();
  const plan: typeof model.plan = (stack, upstream, planning) =>
    stack.name === "city-b" && upstream.size === 0
      ? Promise.resolve({ stack: stack.name, failure })
      : model.plan(stack, upstream, planning);
  const nodes = [
    { name: "city-a", dependencies: [] },
    { name: "city-b", dependencies: ["city-a"] },
  ];
  const { signal } = new AbortController();
  const planning = { output, signal, env: {}, redactor: new Redactor(), terraform: "", logs: folder("logs") };
  const results = await planCity(nodes, planning, () => undefined, { stacks: new Set(["city-b"]) }, plan);
  expect(names).toEqual(results.flatMap((result) => ("plan" in result ? [result.stack] : [])));
});

test("what several jobs found is known together: of each stack what its own job saw, since the first began", () => {
  const looks = [
    { stack: "milan-network", lookedAt: "2026-11-30T02:19:00.000Z" },
    { stack: "milan-secrets", lookedAt: "2026-11-30T02:17:00.000Z" },
  ];
  mkdirSync(folder("jobs"));
  for (const { stack, lookedAt } of looks) {
    const planned = { configuration: configurationDigest(stack), asDeclared: true, outputs: {} };
    const report = { city: "milan", lookedAt, stacks: [{ stack, planned }] };
    writeFileSync(folder("jobs", `${stack}.json`), JSON.stringify(report));
  }
  const record = DriftRecord.in(folder("jobs"), "milan");
  expect(record?.lookedAt).toBe("2026-11-30T02:17:00.000Z");
  const stacks = ["milan-network", "milan-secrets", "milan-foundation"];
  expect(stacks.map((stack) => record?.isAsDeclared(stack, stack))).toEqual([true, true, false]);
  mkdirSync(folder("none"));
  expect(DriftRecord.in(folder("none"), "milan")).toBeUndefined();
});

test.each([
  ["nothing that is JSON", "{", "it is no report on drift; take what 'npm run drift -- milan --json FILE' wrote last"],
  ["an older report", '{"city":"milan","stacks":[]}', "it is no report on drift"],
  [
    "another city's",
    '{"city":"catania","lookedAt":"2026-11-30T02:17:00.000Z","stacks":[]}',
    "it is of catania, not of milan",
  ],
])("a record that is %s is refused, with the repair", (_, text, told) => {
  const file = folder("record.json");
  writeFileSync(file, text);
  expect(() => DriftRecord.in(file, "milan")).toThrow(`--drift ${file}: ${told}`);
  expect(DriftRecord.in(folder("no-such.json"), "milan")).toBeUndefined();
});
