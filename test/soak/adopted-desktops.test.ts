import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { synthesizeLab } from "../../cli/lab-synthesis";
import { startLab } from "../../lab/lab";
import type { Lab } from "../../lab/lab";
import { LAB_DIRECTORY } from "../../lab/paths";
import { REPOSITORY } from "../../runtime/paths";
import type { Ended } from "../fixtures/command";
import { stepsOf, Workplace } from "../fixtures/guide";
import { typedHere } from "../fixtures/typed-here";
import { workedThrough } from "../fixtures/worked-through";
import { grant, guardedVariables } from "../lab/guarded-login";
import { planChanges, terraform } from "../lab/plan-changes";
import { deployHere } from "../lab/terraform-alone";

const MINUTE = 60_000;
const DIRECTORY = join(LAB_DIRECTORY, `test-${process.env.JEST_WORKER_ID ?? "1"}`);
const OTHER_GUIDE = "docs/guides/existing-vcenter";
const STACK = "ragusa-desktops-pc-ana-01";
const SEATS = ["rg-pcana-0001", "rg-pcana-0002", "rg-pcana-0003"];
const folder = mkdtempSync(join(tmpdir(), "adopting-"));

/** The privileges of vSphere's role Read-only (VMware, "vSphere Security", "vCenter Server System Roles"). */
const READ_ONLY = ["System.Anonymous", "System.Read", "System.View"];

let reader: Workplace;
/** What `init city` told of the vCenter itself, asked with a login that may read. */
let asked: Ended;

/** A vCenter with a template, a switch and desktops that somebody else made, saved. */
beforeAll(async () => {
  const others = await startLab(options(otherCity()));
  reader = new Workplace();
  try {
    await others.saveVcenter("ragusa", join(reader.folder, "saved"));
    await grant(others, "ragusa", READ_ONLY);
    const variables = { ...others.environment("ragusa"), ...guardedVariables(others) };
    asked = await typedHere(
      ["init", "city", "ragusa", "--environments", join(folder, "asked"), "--code", "rg"],
      variables,
    );
  } finally {
    await others.stop();
  }
  reader.useTools();
}, 10 * MINUTE);

afterAll(() => {
  reader.remove();
  rmSync(folder, { recursive: true });
}, MINUTE);

function options(environments: string): Parameters<typeof startLab>[0] {
  const providers = process.env.POSTAZIONI_TEST_PROVIDERS ?? "built";
  return { environments, directory: DIRECTORY, seatsPerPool: SEATS.length, providers };
}

/** What the file of another guide presupposes in the end, with three desktops. */
function otherCity(): string {
  const mended = new Workplace();
  for (const step of stepsOf(join(REPOSITORY, `${OTHER_GUIDE}.md`))) if (step.kind === "diff") mended.take(step);
  const environments = join(folder, "others");
  mkdirSync(environments);
  cpSync(join(mended.folder, OTHER_GUIDE), environments, { recursive: true });
  mended.remove();
  const file = join(environments, "ragusa.yaml");
  const desktops = [1, 2, 3].map(
    (seat) => `      - { seat: ${String(seat)}, machine: Anagrafe/PC-ANA-0${String(seat)} }\n`,
  );
  writeFileSync(file, readFileSync(file, "utf8").replace(/ +- \{ seat: 1, machine: .*\n/, desktops.join("")));
  return environments;
}

/** The guide as its reader works through it, in a vCenter with desktops. */
workedThrough("adopting", () => reader);

test("a login that may only read has the same file of the vCenter itself, but for its name and the answers", () => {
  expect(asked).toMatchObject({ code: 0, out: expect.stringContaining("1 pool with 3 machines to adopt") });
  const pools = (file: string): string | undefined => /^pools:\n[^]*?\n\n/m.exec(readFileSync(file, "utf8"))?.[0];
  const drafted = pools(join(reader.folder, "city/ragusa.yaml"));
  expect(drafted).toContain("PC-ANA-03");
  expect(pools(join(folder, "asked/ragusa.yaml"))).toBe(drafted);
});

describe("the first plan of the pool that the guide's file adopts", () => {
  let lab: Lab;

  beforeAll(async () => {
    const saved = { city: "ragusa", folder: join(reader.folder, "saved") };
    lab = await startLab({ ...options(join(reader.folder, "city")), saved });
    await synthesizeLab(lab);
    await deployHere(lab, ["ragusa-foundation", "ragusa-network"]);
  }, 10 * MINUTE);

  afterAll(async () => {
    await lab.stop();
  }, MINUTE);

  test(
    "changes the machines' names, places, network and tags alone, and makes none",
    async () => {
      const { changes, json } = await planChanges(lab, STACK);
      expect(changes.map(({ key, actions }) => [key, actions])).toEqual(SEATS.map((seat) => [seat, "update"]));
      const own = ["folder", "name", "network_interface", "resource_pool_id", "tags"];
      expect(changedAttributes(json)).toEqual(Object.fromEntries(SEATS.map((seat) => [seat, own])));
    },
    5 * MINUTE,
  );

  test(
    "leaves nothing to change once it is applied",
    async () => {
      await terraform(lab, STACK, ["apply", "-input=false", "-no-color", "plan"]);
      await synthesizeLab(lab);
      const { changes } = await planChanges(lab, STACK);
      expect(changes).toEqual([]);
    },
    5 * MINUTE,
  );
});

interface PlannedResource {
  readonly type: string;
  readonly index?: string;
  readonly change: {
    readonly before: Readonly<Record<string, unknown>>;
    readonly after: Readonly<Record<string, unknown>>;
  };
}

/** The attributes of each seat whose values a plan changes; those that only the apply tells do not count. */
function changedAttributes(json: string): Record<string, string[]> {
  const plan = JSON.parse(json) as { readonly resource_changes: readonly PlannedResource[] };
  const machines = plan.resource_changes.filter(({ type }) => type === "vsphere_virtual_machine");
  return Object.fromEntries(
    machines.map(({ index = "", change: { before, after } }) => [
      index,
      Object.keys(after)
        .filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]))
        .sort(),
    ]),
  );
}
