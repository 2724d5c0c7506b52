import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { synthesizeLab } from "../../cli/lab-synthesis";
import { startLab } from "../../lab/lab";
import type { Lab } from "../../lab/lab";
import type { Ended } from "../fixtures/command";
import { Workplace } from "../fixtures/guide";
import { typedHere } from "../fixtures/typed-here";
import { workedThrough } from "../fixtures/worked-through";
import { grant, guardedVariables } from "../lab/guarded-login";
import { planChanges, terraform } from "../lab/plan-changes";
import { deployHere } from "../lab/terraform-alone";
import { snapshotSchema } from "../lab/vcenter-snapshot";
import type { Snapshot } from "../lab/vcenter-snapshot";
import { inOthersVcenter, othersOptions } from "./others-vcenter";

const MINUTE = 60_000;
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
  reader = new Workplace();
  await inOthersVcenter(folder, async (others) => {
    await others.saveVcenter("ragusa", join(reader.folder, "saved"));
    await grant(others, "ragusa", READ_ONLY);
    const VSPHERE_SERVER = others.data.cities.find(({ id }) => id === "ragusa")?.vcenter;
    const variables = { ...others.environment("ragusa"), ...guardedVariables(others), VSPHERE_SERVER };
    asked = await typedHere(
      ["init", "city", "ragusa", "--environments", join(folder, "asked"), "--code", "rg"],
      variables,
    );
  });
  reader.useTools();
}, 10 * MINUTE);

afterAll(() => {
  reader.remove();
  rmSync(folder, { recursive: true });
}, MINUTE);

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
    lab = await startLab({ ...othersOptions(join(reader.folder, "city")), saved });
    await synthesizeLab(lab);
    await deployHere(lab, ["ragusa-foundation", "ragusa-network"]);
  }, 10 * MINUTE);

  afterAll(async () => {
    await lab.stop();
  }, MINUTE);

  const machines = async (): Promise<Machine[]> => snapshotSchema.parse(await lab.snapshot("ragusa")).virtualMachines;

  test(
    "changes every machine in place, and makes none",
    async () => {
      const { changes } = await planChanges(lab, STACK);
      expect(changes.map(({ key, actions }) => [key, actions])).toEqual(SEATS.map((seat) => [seat, "update"]));
    },
    5 * MINUTE,
  );

  test(
    "changes their names, places, network, tags and holders alone, as the file says, and leaves nothing to change",
    async () => {
      const before = (await machines()).filter(({ name }) => name.startsWith("PC-ANA-"));
      await terraform(lab, STACK, ["apply", "-input=false", "-no-color", "plan"]);
      const after = await machines();
      for (const machine of before) {
        const seat = after.find(({ instanceUuid }) => instanceUuid === machine.instanceUuid);
        expect(seat).toMatchObject({ folder: "/Ragusa/vm/ragusa/anagrafe/pc-ana", networks: ["vm-network"] });
        expect(seat && kept(seat)).toEqual(kept(machine));
      }
      expect(after.map(({ name }) => name)).toEqual(expect.arrayContaining(SEATS));
      await synthesizeLab(lab);
      expect((await planChanges(lab, STACK)).changes).toEqual([]);
    },
    10 * MINUTE,
  );
});

type Machine = Snapshot["virtualMachines"][number];

/** All of a machine that its file does not speak of. */
function kept({ adapters, ...machine }: Machine): object {
  const own: readonly (keyof Machine)[] = ["name", "folder", "resourcePool", "networks", "tags", "customAttributes"];
  const rest = Object.fromEntries(Object.entries(machine).filter(([key]) => !own.some((one) => one === key)));
  return { ...rest, addresses: adapters.map(({ macAddress }) => macAddress) };
}
