import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { App, LocalBackend } from "cdktf";
import { loadOverlay } from "../../environments/load-overlay";
import { ReadingRoomStack } from "../../examples/reading-room/reading-room-stack";
import { plannedChanges } from "../../terraform/planned-changes";
import { terraformIn } from "./plan-changes";
import { TestLab } from "./test-lab";

/** The example deploys to Milan's vCenter, which has nothing of the city's yet. */
const MINUTE = 60_000;

let lab: TestLab;
let folder: string;

beforeAll(async () => {
  lab = await TestLab.start(1);
  const outdir = join(lab.session.paths.output, "examples");
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  const stack = new ReadingRoomStack(app, "reading-room");
  // Its state lies in the lab, and the lab's providers are those that were built.
  new LocalBackend(stack, { path: join(outdir, "reading-room.tfstate") });
  const version = loadOverlay(lab.session.paths.overlay).providers.vsphere;
  stack.addOverride("terraform.required_providers.vsphere.version", version);
  app.synth();
  folder = join(outdir, "stacks", "reading-room");
  await terraform("init", "-input=false");
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

function terraform(...args: readonly string[]): Promise<string> {
  const { vcenter } = lab.session.data.cities.find(({ id }) => id === "milan") ?? {};
  const variables = { ...lab.session.environment("milan"), VSPHERE_ALLOW_UNVERIFIED_SSL: "true" };
  return terraformIn(folder, lab.session, args, { ...variables, VSPHERE_SERVER: vcenter ?? "" });
}

test(
  "constructs alone deploy desktops with their switch and port group, change nothing the second time, and take them away",
  async () => {
    await terraform("apply", "-auto-approve", "-input=false", "-no-color");
    const { virtualMachines, portGroups } = await lab.snapshot("milan");
    expect(virtualMachines.map(({ name, networks }) => [name, networks])).toEqual([
      ["let-0001", ["reading-room"]],
      ["let-0002", ["reading-room"]],
    ]);
    expect(portGroups.filter(({ uplink }) => !uplink)).toMatchObject([{ name: "reading-room", vlan: 3990 }]);
    await terraform("plan", "-input=false", "-no-color", "-out=plan");
    expect(plannedChanges(await terraform("show", "-json", "plan"))).toEqual([]);
    await terraform("destroy", "-auto-approve", "-input=false", "-no-color");
    expect((await lab.snapshot("milan")).virtualMachines).toEqual([]);
  },
  10 * MINUTE,
);
