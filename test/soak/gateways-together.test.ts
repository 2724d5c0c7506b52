import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Approval } from "../../preview/approval";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { GatewayGuest } from "./gateway-guest";
import { vcenterClient } from "../lab/guarded-login";
import { TestLab, withoutPools } from "../lab/test-lab";
import { startedInLab, typedInLab } from "../lab/typed-command";

/** Both of Milan's gateways in one cluster, and another template: what operators do and the sample files do not. */
const MINUTE = 60_000;
const STACKS = ["milan-foundation", "milan-network", "milan-gateway-a", "milan-gateway-b"];
const GATEWAYS = STACKS.slice(2);
const NAMES = ["milan-gateway-a", "milan-gateway-b"];

let lab: TestLab;
let before: unknown;

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    withoutPools(environments, ["educazione", "polizia-locale", "sala-operativa"]);
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
  const changes = Object.entries(await lab.changes("milan", STACKS));
  return changes.map(([stack, list]) => [stack, list.map(({ type, actions }) => ({ type, actions }))]);
}

/** Previews the gateways and approves what changes of them. @returns the approval's file */
async function approvedGateways(): Promise<string> {
  const file = join(lab.session.paths.directory, "approval.json");
  const { code, told } = await typedInLab(lab, "preview", [
    "milan",
    ...GATEWAYS,
    "--approval",
    file,
    "--out",
    `${file}.md`,
  ]);
  expect({ code, told }).toEqual({ code: 2, told: expect.anything() });
  const approval = JSON.parse(readFileSync(file, "utf8")) as Approval;
  const stacks = Object.entries(approval.stacks).filter(([stack]) => GATEWAYS.includes(stack));
  writeFileSync(file, JSON.stringify({ ...approval, stacks: Object.fromEntries(stacks) }));
  return file;
}

/** The lab's overlay, which says that somebody plays the guests. */
function withGuests(): NodeJS.ProcessEnv {
  const { POSTAZIONI_OVERLAY: overlay = "" } = lab.session.environment("milan");
  const file = join(lab.session.paths.directory, "overlay-with-guests.json");
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(overlay, "utf8")) as object), guests: true }));
  return { POSTAZIONI_OVERLAY: file };
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

  describe("with guests that obey", () => {
    const verdicts: string[] = [];
    let vcenter: VcenterClient;
    let guests: GatewayGuest[] = [];

    beforeAll(async () => {
      const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.session.environment("milan");
      vcenter = await vcenterClient(lab.session, "milan", user, password);
      const folder = `${lab.city("milan").platform.vsphere.datacenter}/vm/milan`;
      for (const part of ["gateway-a", "gateway-b"])
        guests.push(await GatewayGuest.boot(vcenter, `${folder}/${part}`, (now) => verdicts.push(`${part} ${now}`)));
    }, MINUTE);

    afterAll(async () => {
      for (const guest of guests) await guest.stop();
      guests = [];
      await vcenter.logOut();
    }, MINUTE);

    test(
      "load a changed flow by apply: the second's stack is applied once the first carries, and confirms after it",
      async () => {
        lab.edit("milan", "active: false", "active: true");
        const approval = await approvedGateways();
        verdicts.length = 0;
        const { code, told } = await typedInLab(lab, "apply", ["--approved", approval], withGuests());
        expect({ code, told }).toEqual({ code: 0, told: expect.anything() });
        for (const name of NAMES)
          expect(told).toMatch(new RegExp(`${name}: Resources: 0 added, 1 changed.*; rules loaded in place`));
        expect(verdicts).toEqual(
          ["gateway-a", "gateway-b"].flatMap((part) =>
            ["accepted", "loaded", "confirmed"].map((now) => `${part} ${now}`),
          ),
        );
        expect(await deployedChanges()).toEqual([]);
      },
      8 * MINUTE,
    );

    test(
      "load other rules in place once they are ordered, one after the other, as the machines' own program obeys",
      async () => {
        expect(await startedInLab(lab, "gateways", ["milan"])).toEqual({
          ...{ code: 0, told: expect.anything() },
          stdout: NAMES.map((name) => `${name}: carries as it is`).join("\n"),
        });
        lab.edit("milan", "active: true", "active: false");
        await lab.deploy(GATEWAYS);
        expect(await startedInLab(lab, "gateways", ["milan"])).toMatchObject({
          code: 0,
          stdout: NAMES.map((name) => `${name}: rules loaded in place`).join("\n"),
        });
        expect(await deployedChanges()).toEqual([]);
      },
      8 * MINUTE,
    );

    test(
      "end an apply where the first refuses its rules, before the second's stack is touched",
      async () => {
        lab.edit("milan", "active: false", "active: true");
        const approval = await approvedGateways();
        const [, second] = await offered();
        guests[0]?.refuse();
        const { code, told } = await startedInLab(lab, "apply", ["--approved", approval], withGuests());
        expect({ code, told }).toEqual({
          code: 1,
          told: expect.stringMatching(/the new rules of milan-gateway-a do not hold, and the former ones do/),
        });
        expect((await offered())[1]).toEqual(second);
        expect((await deployedChanges()).map(([stack]) => stack)).toEqual(["milan-gateway-b"]);
        lab.edit("milan", "active: true", "active: false");
        await lab.deploy(["milan-gateway-a"]);
      },
      8 * MINUTE,
    );

    /** The rules that vCenter has for each gateway. */
    async function offered(): Promise<(string | undefined)[]> {
      const folder = `${lab.city("milan").platform.vsphere.datacenter}/vm/milan`;
      const machines = await Promise.all(
        ["gateway-a", "gateway-b"].map((part) => vcenter.machinesIn(`${folder}/${part}`)),
      );
      return machines.map((found) => found?.[0]?.extraConfig["guestinfo.postazioni.rules"]);
    }
  });

  test(
    "are replaced by another template, one stack after the other, and stay apart",
    async () => {
      const old = await standing();
      lab.edit("milan", "template: debian-12-gateway", "template: ubuntu-light-2026-11\n    guestId: ubuntu64Guest");
      const changes = await deployedChanges();
      const ofMachine = ["vsphere_drs_vm_override", "vsphere_ha_vm_override", "vsphere_virtual_machine"];
      const replaced = ofMachine.map((type) => ({ type, actions: "delete create" }));
      const rule = { type: "vsphere_compute_cluster_vm_anti_affinity_rule", actions: "update" };
      expect(changes).toEqual([
        ["milan-gateway-a", replaced],
        ["milan-gateway-b", [rule, ...replaced]],
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
