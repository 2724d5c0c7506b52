import { describe, expect, test } from "@jest/globals";
import { hostAdapters, uplinkNames } from "../../../environments/network/host-adapters";
import { edited } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { MILAN, load, milanBreaking, milanWith } from "../../fixtures/city-files";

const A = "platform.clusters.milano-vdi-a";
const has = (all: readonly string[], taken: readonly string[] = []): Edit => ({
  [`${A}.+hostAdapters`]: all,
  [`${A}.+takenAdapters`]: taken,
});
const others = (...entries: readonly object[]): Edit => ({ "network.switch.+adaptersOf": entries });
const GPU = { cluster: "milano-vdi-a", hostGroup: "gpu", adapters: ["vmnic4", "vmnic5", "vmnic6"] };

describe("a switch without adapters", () => {
  const none: Edit = { "network.switch.adapters": [] };

  test("is refused where it is to be made, and taken where it is there already", () => {
    expect(milanBreaking("switch-adapters-named", none)).toEqual([
      expect.stringContaining('no adapters are named for "esx-a01.comune.milano.example"'),
    ]);
    expect(milanWith({ ...none, "network.switch.+existing": true })).toEqual([]);
  });
});

describe("adapters by host", () => {
  test("are those of the host's entry, and the switch's otherwise", () => {
    const edits = others(GPU, {
      cluster: "milano-vdi-b",
      hosts: ["esx-b01.comune.milano.example"],
      adapters: ["vmnic0"],
    });
    const { cities, violations } = load({ "milan.yaml": edited(MILAN, edits) });
    expect(violations).toEqual([]);
    const [city] = cities;
    const by = new Map(city && hostAdapters(city).map(({ host, adapters }) => [host.split(".")[0], adapters]));
    expect(by.size).toBe(24);
    expect(by.get("esx-a08")).toEqual(["vmnic2", "vmnic3"]);
    expect(by.get("esx-a09")).toEqual(["vmnic4", "vmnic5", "vmnic6"]);
    expect(by.get("esx-b01")).toEqual(["vmnic0"]);
    expect(by.get("esx-b02")).toEqual(["vmnic2", "vmnic3"]);
    expect(city && uplinkNames(city)).toEqual(["uplink1", "uplink2", "uplink3"]);
  });

  test.each<[what: string, edit: Edit, expected: string]>([
    ["an unknown cluster", others({ ...GPU, cluster: "milano-vdi-c" }), '"milano-vdi-c" names no cluster; '],
    ["an unknown group", others({ ...GPU, hostGroup: "gpus" }), 'repair: write "gpu"'],
    [
      "a host of another cluster",
      others({ cluster: "milano-vdi-a", hosts: ["esx-b01.comune.milano.example"], adapters: ["vmnic0"] }),
      'names no host of the cluster "milano-vdi-a"',
    ],
    ["a host twice", others(GPU, { cluster: "milano-vdi-a", adapters: ["vmnic7"] }), "has adapters by an entry before"],
    [
      "hosts and a group",
      others({ ...GPU, hosts: ["esx-a09.comune.milano.example"] }),
      "it names hosts and a host group",
    ],
  ])("are refused for %s", (_, edit, expected) => {
    const found = milanBreaking("switch-adapters-hosts", edit);
    expect(found.join("\n")).toContain("network.switch.adaptersOf[");
    expect(found.join("\n")).toContain(expected);
  });

  test("are refused where one is there twice", () => {
    expect(milanWith(others({ ...GPU, adapters: ["vmnic4", "vmnic4"] }))).toEqual([
      expect.stringContaining('network.switch.adaptersOf[0].adapters[1]: the adapter "vmnic4" is there already'),
    ]);
  });
});

describe("a switch of its own", () => {
  const rule = "switch-adapters-free";

  test("takes adapters that no other switch has", () => {
    expect(milanBreaking(rule, has(["vmnic0", "vmnic1", "vmnic2", "vmnic3"], ["vmnic0", "vmnic1"]))).toEqual([]);
    expect(milanBreaking(rule, { [`${A}.+hostAdapters`]: ["vmnic2", "vmnic3"] })).toEqual([]);
  });

  test("is refused where hosts have two adapters and none is free, with the existing switch as the repair", () => {
    const edits: Edit[] = [has(["vmnic0", "vmnic1"], ["vmnic0", "vmnic1"]), { "network.switch.adapters": ["vmnic0"] }];
    const [found = "", ...more] = milanBreaking(rule, ...edits);
    expect(more).toEqual([]);
    expect(found).toContain(
      'platform.clusters[name=milano-vdi-a].hostAdapters: "dvs-vdi-milano" would take vmnic0 of ' +
        '"esx-a01.comune.milano.example" from another switch; none is free; allowed: ',
    );
    expect(found).toContain(
      "repair: name the switch that its hosts have and say existing: true, the usual case with two",
    );
    expect(milanBreaking(rule, ...edits, { "network.switch.+existing": true })).toEqual([]);
  });

  test("is refused taken adapters, also where the hosts' whole list is not said", () => {
    expect(milanBreaking(rule, { [`${A}.+takenAdapters`]: ["vmnic2"] })).toEqual([
      expect.stringContaining('would take vmnic2 of "esx-a01.comune.milano.example" from another switch; allowed: '),
    ]);
  });

  test("is refused adapters that hosts do not have, for a host group too", () => {
    const few = has(["vmnic0", "vmnic2", "vmnic3"], ["vmnic0"]);
    expect(milanBreaking(rule, few)).toEqual([]);
    expect(milanBreaking(rule, few, others(GPU))).toEqual([
      expect.stringContaining("its hosts have no vmnic4, vmnic5, vmnic6, only vmnic0, vmnic2, vmnic3; "),
    ]);
    expect(milanBreaking(rule, has(["vmnic2", "vmnic3"], ["vmnic9"]))).toEqual([
      expect.stringContaining("takenAdapters: its hosts have no vmnic9, only vmnic2, vmnic3; "),
    ]);
  });
});

describe("teaming and LACP", () => {
  const rule = "switch-uplinks";
  const teaming = (policy: string, ...standby: readonly string[]): Edit => ({
    "network.switch.+teaming": { policy, standby },
  });
  const lacp = (keys: object = {}): Edit => ({ "network.switch.+lacp": { mode: "active", ...keys } });

  test("are accepted as the documents of vSphere allow them", () => {
    expect(milanWith(teaming("failover_explicit", "uplink2"))).toEqual([]);
    expect(milanWith(teaming("loadbalance_ip"), lacp())).toEqual([]);
    expect(milanWith(lacp({ group: "lag1" }), { "network.switch.+existing": true })).toEqual([]);
  });

  test.each<[what: string, edits: Edit[], expected: string]>([
    ["an uplink that is not there", [teaming("loadbalance_srcid", "uplink3")], "no host has an adapter for uplink3"],
    ["no active uplink", [teaming("loadbalance_srcid", "uplink1", "uplink2")], "every uplink of 24 hosts stands by"],
    [
      "no active uplink of some hosts",
      [others(GPU), teaming("loadbalance_srcid", "uplink1", "uplink2")],
      "every uplink of 20 hosts stands by, such as of esx-a01.comune.milano.example",
    ],
    [
      "standby beside IP hash",
      [teaming("loadbalance_ip", "uplink2")],
      "stand by beside loadbalance_ip, whose port channel",
    ],
    ["LACP without IP hash", [lacp()], "basic LACP does not work with vSphere's own policy"],
    ["LACP with another policy", [teaming("loadbalance_loadbased"), lacp()], "not work with loadbalance_loadbased"],
    ["standby beside LACP", [teaming("loadbalance_ip", "uplink2"), lacp()], "uplinks stand by beside LACP"],
    ["a group on a switch that is made", [lacp({ group: "lag1" })], "the provider makes no link aggregation group"],
    [
      "LACP with one adapter",
      [teaming("loadbalance_ip"), lacp(), { "network.switch.adapters": ["vmnic2"] }],
      "it needs two adapters, and 24 hosts with only one would join",
    ],
  ])("are refused for %s", (_, edits, expected) => {
    expect(milanBreaking(rule, ...edits)).toEqual([expect.stringContaining(expected)]);
  });

  test("are refused where a policy or version is unknown, with the nearest", () => {
    expect(milanWith(teaming("loadbalance_srcids"))).toEqual([expect.stringContaining('write "loadbalance_srcid"')]);
    expect(milanWith({ "network.switch.+version": "8.0.2" })).toEqual([
      expect.stringContaining('"8.0.2" is not one of'),
    ]);
  });
});
