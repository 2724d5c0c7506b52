import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { stepsOf } from "../fixtures/guide";
import { workedThrough } from "../fixtures/worked-through";
import { GuideLab } from "./guide-lab";
import { editCity, TestLab, useShipped } from "../lab/test-lab";

const GUIDE = join(__dirname, "../../docs/guides/desktops.md");
const STEPS = stepsOf(GUIDE);
const SEATS = 8;
const MINUTE = 60_000;
/** What is deployed before the guide begins. */
const FIRST = {
  milan: ["foundation", "network", "secrets", "desktops-anagrafe-01", "desktops-educazione-01"],
  catania: ["foundation", "network"],
};
/** What the guide takes over, made by hand before anything is deployed; the files that are deployed do not name them yet. */
const BY_HAND = "adopt: [{ seat: 2, machine: Smart Working 2020/PC-2 }, { seat: 3, machine: Smart Working 2020/PC-3 }]";

let lab: TestLab;
let reader: GuideLab;

beforeAll(async () => {
  lab = await TestLab.start(SEATS, (environments) => {
    useShipped(environments);
    editCity(environments, "milan", "code: pol\n", `code: pol\n    ${BY_HAND}\n`);
  });
  reader = new GuideLab(lab);
  for (const [city, stacks] of Object.entries(FIRST)) await reader.deploy(stacks.map((stack) => `${city}-${stack}`));
}, 30 * MINUTE);

afterAll(async () => {
  reader.remove();
  await lab.stop();
}, MINUTE);

/**
 * The guide as its reader works through it, in a lab: every change is made, every plan is Terraform's own, and what is
 * deployed is deployed.
 */
workedThrough("desktops", () => reader);

test(
  "ends with nothing left to do",
  async () => {
    const plans = await lab.session.plan(lab.cities);
    expect(plans.filter(({ result }) => result !== "unchanged" && result !== "absent")).toEqual([]);
  },
  3 * MINUTE,
);

test("says of every plan what it changes", () => {
  const plans = STEPS.filter(({ content }) => content.startsWith("npx cdktf diff"));
  const commands = plans.map(({ content }) => content.split("\n").filter((line) => line.includes("cdktf diff")).length);
  expect(plans.map(({ printed }) => printed.trimEnd().split("\n").length)).toEqual(commands);
});
