import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { nastyCity } from "../fixtures/hostile-texts";
import { terraform, terraformIn } from "./plan-changes";
import { TestLab } from "./test-lab";

const MINUTE = 60_000;
/** Of each kind. */
const STACKS = ["foundation", "network", "gateway-a", "gateway-b", "secrets", "desktops-educazione-01"].map(
  (kind) => `milan-${kind}`,
);

jest.setTimeout(5 * MINUTE);

const { file, texts } = nastyCity();
let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    writeFileSync(join(environments, "milan.yaml"), file);
  });
  await lab.synth();
}, 30 * MINUTE);

afterAll(() => lab.stop(), MINUTE);

function stackFolder(stack: string): string {
  return join(lab.session.paths.output, "stacks", stack);
}

/** Every text in a stack's JSON, keys of maps among them. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [...(Array.isArray(value) ? [] : [key]), ...textsIn(child)]);
}

function nastyTextsOf(stack: string): string[] {
  const found = textsIn(JSON.parse(readFileSync(join(stackFolder(stack), "cdk.tf.json"), "utf8")));
  return [...new Set(found)].filter((text) => texts.some((nasty) => text.includes(nasty)));
}

test.each(STACKS)("%s is valid with nasty texts in every field that takes one", async (stack) => {
  await terraform(lab.session, stack, ["init", "-input=false"]);
  expect(await terraform(lab.session, stack, ["validate", "-no-color"])).toContain("The configuration is valid.");
});

test("every nasty text of the stacks is to Terraform what it is in the file", async () => {
  const written = [...new Set(STACKS.flatMap(nastyTextsOf))];
  expect(written.length).toBeGreaterThan(20);
  const folder = join(lab.session.paths.output, "stacks", "nasty-texts");
  mkdirSync(folder, { recursive: true });
  const output = Object.fromEntries(written.map((value, index) => [`text-${String(index)}`, { value }]));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ output }));
  await terraformIn(folder, lab.session, ["init", "-input=false"]);
  await terraformIn(folder, lab.session, ["apply", "-auto-approve", "-input=false", "-no-color"]);
  const read = JSON.parse(await terraformIn(folder, lab.session, ["output", "-json"])) as typeof output;
  expect(Object.keys(output).map((name) => read[name]?.value)).toEqual(written);
});
