import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { loadOverlay } from "../../environments/load-overlay";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { hostAdapters } from "../../environments/network/host-adapters";
import type { City } from "../../environments/model/city";
import type { Segment } from "../../environments/model/network";
import { networkPlan } from "../../environments/network/network-plan";
import { applyOverlay } from "../../environments/overlay";
import { MEMBERS } from "../../segmentation/gateway";
import { cloudInit } from "../../segmentation/render/cloud-init";
import { nftables } from "../../segmentation/render/nftables";
import { soakTest } from "../fixtures/soak";
import { TestLab } from "./test-lab";

/** What the file says of a city's network, read back from vCenter: Milan makes its switch, Catania uses one that is there. */
const MINUTE = 60_000;
const MILAN = ["milan-foundation", "milan-network", "milan-gateway-a", "milan-gateway-b"];
const CATANIA = ["catania-foundation", "catania-network", "catania-desktops-remoto-01"];
const FLOW = `    - id: added
      from: zone:desktops
      to: vault
      owner: Sicurezza
      purpose: an opening of the test
      ticket: T-1
      until: 2027-12-31
`;

/** Hosts with other adapters, and the second uplink of each standing by. */
const UPLINKS =
  "adaptersOf: [{ cluster: milano-vdi-a, hostGroup: gpu, adapters: [vmnic4, vmnic5] }], networkIoControl: true, " +
  "teaming: { policy: failover_explicit, standby: [uplink2] }";

let lab: TestLab;
const before = new Map<string, unknown>();

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    const change = (name: string, from: string, to: string): void => {
      const file = join(environments, name);
      const text = readFileSync(file, "utf8");
      if (!text.includes(from)) throw new Error(`no ${from} in ${name}`);
      writeFileSync(file, text.replace(from, to));
    };
    change("catania.yaml", "name: dvs-vdi-catania,", "name: dvs-vdi-catania, existing: true,");
    change("milan.yaml", "name: dvs-vdi-milano,", `name: dvs-vdi-milano, ${UPLINKS},`);
  });
  for (const city of lab.cities) before.set(city, await lab.standing(city));
  await lab.deploy(MILAN);
  await lab.deploy(CATANIA);
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

function ownSegments({ network }: City): Segment[] {
  return network.segments.filter(({ external }) => !external);
}

/** The private VLANs that a file asks for, sorted as vCenter's are read. */
function privateVlans(city: City): { primary: number; secondary: number; type: string }[] {
  return ownSegments(city)
    .flatMap(({ vlan, privateVlan }) => (privateVlan === undefined ? [] : [{ primary: vlan, ...privateVlan }]))
    .sort((a, b) => a.primary - b.primary || a.secondary - b.secondary);
}

describe("of both cities, read back over the API,", () => {
  test.each(["milan", "catania"])(
    "%s has a port group for each segment, with its VLAN and every relaxation refused",
    async (id) => {
      const city = lab.city(id);
      const { portGroups } = await lab.snapshot(id);
      const made = portGroups.filter(({ uplink }) => !uplink).sort((a, b) => a.name.localeCompare(b.name));
      const expected = ownSegments(city)
        .map(({ name, vlan, privateVlan }) => ({
          name,
          uplink: false,
          ...(privateVlan === undefined ? { vlan } : { privateVlan: privateVlan.secondary }),
          promiscuous: false,
          forgedTransmits: false,
          macChanges: false,
        }))
        .sort((a, b) => a.name.localeCompare(b.name));
      expect(made).toEqual(expected);
    },
  );

  test.each(["milan", "catania"])("%s has one switch with the file's MTU, hosts and private VLANs", async (id) => {
    const city = lab.city(id);
    const { distributedSwitches } = await lab.snapshot(id);
    const hosts = city.platform.clusters.flatMap((cluster) => cluster.hosts).sort();
    expect(
      distributedSwitches.map(({ name, mtu, privateVlans: map, hosts: joined }) => {
        return { name, mtu, hosts: joined.map((host) => host.name).sort(), privateVlans: map };
      }),
    ).toEqual([
      { name: city.network.switch.name, mtu: city.network.switch.mtu, hosts, privateVlans: privateVlans(city) },
    ]);
  });

  test("Milan's hosts give the adapters that the file says of them, and its switch has an uplink for each", async () => {
    const { distributedSwitches } = await lab.snapshot("milan");
    const [found] = distributedSwitches;
    expect(found?.uplinks).toEqual(["uplink1", "uplink2"]);
    const given = (found?.hosts ?? []).map(({ name, devices }): [string, string[]] => [name, devices]);
    const said = hostAdapters(lab.city("milan")).map(({ host, adapters }): [string, readonly string[]] => [
      host,
      adapters,
    ]);
    expect(Object.fromEntries(given)).toEqual(Object.fromEntries(said));
    expect(new Set(said.map(([, adapters]) => adapters.join(" ")))).toEqual(
      new Set(["vmnic2 vmnic3", "vmnic4 vmnic5"]),
    );
  });

  test("Catania's desktops stand on the switch that was there", async () => {
    const { virtualMachines } = await lab.snapshot("catania");
    expect(virtualMachines.map(({ networks }) => networks)).toEqual([["desktops-remoto"]]);
  });
});

describe("the gateways", () => {
  test("have a leg in every VLAN, in the plan's order and with its addresses", async () => {
    const [plan] = gatewayPlans(lab.city("milan"));
    const { virtualMachines } = await lab.snapshot("milan");
    const legs = MEMBERS.map((member) => ({
      name: plan?.names[member],
      adapters: plan?.interfaces.map(({ segment, macs }) => ({ network: segment, macAddress: macs[member] })),
    }));
    expect(virtualMachines.map(({ name, adapters }) => ({ name, adapters }))).toEqual(legs);
    expect(legs[0]?.adapters?.length).toBeGreaterThan(5);
  });

  test("were told just what the renderer says, the ruleset of the proof among it", async () => {
    // As it is deployed: gateways fetch whom to believe from the lab's Vault.
    const city = applyOverlay(lab.city("milan"), loadOverlay(lab.session.paths.overlay));
    const [plan] = gatewayPlans(city);
    if (plan === undefined) throw new Error("Milan has no gateways");
    const { virtualMachines } = await lab.snapshot("milan");
    const decoded = virtualMachines.map(({ guestinfo }) => ({
      rules: guestinfo["guestinfo.postazioni.rules"] ?? "",
      userData: Buffer.from(guestinfo["guestinfo.userdata"] ?? "", "base64").toString(),
      metaData: Buffer.from(guestinfo["guestinfo.metadata"] ?? "", "base64").toString(),
    }));
    expect(decoded).toEqual(MEMBERS.map((member) => cloudInit(networkPlan(city), plan, member)));
    for (const { rules } of decoded) {
      expect(gunzipSync(Buffer.from(rules, "base64")).toString()).toBe(nftables(networkPlan(city), plan));
    }
  });
});

describe("a plan", () => {
  test(
    "after the deployment has no change",
    async () => {
      const plans = await lab.session.plan([...MILAN, ...CATANIA]);
      expect(plans.filter(({ result }) => result !== "unchanged")).toEqual([]);
      expect(plans).toHaveLength(MILAN.length + CATANIA.length);
    },
    5 * MINUTE,
  );

  soakTest(
    "after a flow was added changes both gateways in place, each in its own stack, and nothing else",
    async () => {
      lab.edit("milan", /(?=\n {2}mustReach:)/, `\n${FLOW.trimEnd()}`);
      const changes = Object.entries(await lab.changes("milan", MILAN));
      const change = { type: "vsphere_virtual_machine", actions: "update" };
      expect(changes.map(([stack, list]) => [stack, list.map(({ type, actions }) => ({ type, actions }))])).toEqual([
        ["milan-gateway-a", [change]],
        ["milan-gateway-b", [change]],
      ]);
      await lab.deploy(MILAN.slice(2));
      expect(await lab.changes("milan", MILAN)).toEqual({});
    },
    5 * MINUTE,
  );

  soakTest(
    "of a destroy leaves the vCenters as they were, Catania's switch among them",
    async () => {
      await lab.destroy([...MILAN].reverse());
      await lab.destroy([...CATANIA].reverse());
      for (const city of lab.cities) expect(await lab.standing(city)).toEqual(before.get(city));
    },
    5 * MINUTE,
  );
});
