import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { GatewayGuest } from "./gateway-guest";
import { vcenterClient } from "./guarded-login";
import { TestLab } from "./test-lab";
import { typed } from "./typed-command";

/** Both of Milan's gateways in one cluster, and another template: what operators do and the sample files do not. */
const MINUTE = 60_000;
const STACKS = ["milan-foundation", "milan-network", "milan-gateway-a", "milan-gateway-b"];
const GATEWAYS = STACKS.slice(2);
const NAMES = ["milan-gateway-a", "milan-gateway-b"];

let lab: TestLab;
let before: unknown;

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    const file = join(environments, "milan.yaml");
    const text = readFileSync(file, "utf8");
    const together = "clusters: [milano-vdi-a, milano-vdi-a]\n    diskGib: 24";
    writeFileSync(file, text.replace("clusters: [milano-vdi-a, milano-vdi-b]", together));
  });
  before = await lab.standing("milan");
  await lab.deploy(STACKS);
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** The rule that keeps the gateways apart, and the identities of the machines. */
async function standing(): Promise<{ rules: unknown; uuids: string[]; powered: string[] }> {
  const { clusters, virtualMachines } = await lab.snapshot("milan");
  const rules = clusters.flatMap((cluster) => cluster.rules).filter(({ name }) => name === "milan-gateways-apart");
  const raw = (await lab.session.snapshot("milan")) as { virtualMachines: { powerState: string }[] };
  return {
    rules,
    uuids: virtualMachines.map(({ instanceUuid }) => instanceUuid),
    powered: raw.virtualMachines.map(({ powerState }) => powerState),
  };
}

async function deployedChanges(): Promise<[string, { type: string; actions: string }[]][]> {
  const changes = Object.entries(await lab.changes("milan")).filter(([stack]) => STACKS.includes(stack));
  return changes.map(([stack, list]) => [stack, list.map(({ type, actions }) => ({ type, actions }))]);
}

describe("both gateways in one cluster", () => {
  test(
    "are kept apart by a rule with both, and a second plan is empty",
    async () => {
      const { rules, powered } = await standing();
      expect(rules).toEqual([expect.objectContaining({ type: "antiAffinity", members: NAMES })]);
      expect(powered).toEqual(["poweredOn", "poweredOn"]);
      expect(await deployedChanges()).toEqual([]);
    },
    5 * MINUTE,
  );

  test(
    "load other rules in place once they are ordered, one after the other, as the machines' own program obeys",
    async () => {
      const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.session.environment("milan");
      const vcenter = await vcenterClient(lab.session, "milan", user, password);
      const guests: GatewayGuest[] = [];
      try {
        for (const part of ["gateway-a", "gateway-b"])
          guests.push(
            await GatewayGuest.boot(vcenter, `${lab.city("milan").platform.vsphere.datacenter}/vm/milan/${part}`),
          );
        expect(await typed(lab, "gateways", ["milan"])).toEqual({
          ...{ code: 0, told: expect.anything() },
          stdout: NAMES.map((name) => `${name}: carries as it is`).join("\n"),
        });
        lab.edit("milan", "active: false", "active: true");
        await lab.deploy(GATEWAYS);
        expect(await typed(lab, "gateways", ["milan"])).toMatchObject({
          code: 0,
          stdout: NAMES.map((name) => `${name}: rules loaded in place`).join("\n"),
        });
        expect(await deployedChanges()).toEqual([]);
        lab.edit("milan", "active: true", "active: false");
      } finally {
        for (const guest of guests) await guest.stop();
        await vcenter.logOut();
      }
    },
    8 * MINUTE,
  );

  test(
    "are replaced by another template, one stack after the other, and stay apart",
    async () => {
      const old = await standing();
      lab.edit("milan", "template: debian-12-gateway", "template: ubuntu-light-2026-11\n    guestId: ubuntu64Guest");
      const changes = await deployedChanges();
      const replaced = { type: "vsphere_virtual_machine", actions: "delete create" };
      const rule = { type: "vsphere_compute_cluster_vm_anti_affinity_rule", actions: "update" };
      expect(changes).toEqual([
        ["milan-gateway-a", [replaced]],
        ["milan-gateway-b", [rule, replaced]],
      ]);
      await lab.deploy(["milan-gateway-a"]);
      const half = await standing();
      expect(half.uuids.filter((uuid) => old.uuids.includes(uuid))).toEqual(old.uuids.slice(1));
      await lab.deploy(GATEWAYS);
      const now = await standing();
      expect(now.rules).toEqual(old.rules);
      expect(now.uuids.filter((uuid) => old.uuids.includes(uuid))).toEqual([]);
      expect(await deployedChanges()).toEqual([]);
    },
    8 * MINUTE,
  );

  test(
    "leave nothing",
    async () => {
      await lab.destroy([...STACKS].reverse());
      expect(await lab.standing("milan")).toEqual(before);
    },
    5 * MINUTE,
  );
});
