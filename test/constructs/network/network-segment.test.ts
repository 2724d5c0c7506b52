import { describe, expect, test } from "@jest/globals";
import { DistributedSwitch } from "../../../constructs/network/distributed-switch";
import type { DistributedSwitchProps } from "../../../constructs/network/distributed-switch";
import { NetworkSegment } from "../../../constructs/network/network-segment";
import type { NetworkSegmentProps } from "../../../constructs/network/network-segment";
import { synthesize } from "../../fixtures/synthesized";

const SWITCH: DistributedSwitchProps = {
  name: "dvs",
  datacenterId: "datacenter-2",
  hosts: ["esx-1.example", "esx-2.example"],
  adapters: ["vmnic2", "vmnic3"],
  mtu: 9000,
  privateVlans: [{ primary: 2110, secondary: 2111, type: "isolated" }],
  tags: ["tag-1"],
};
const SWITCH_TYPE = "vsphere_distributed_virtual_switch";
const REFUSED = { allow_promiscuous: false, allow_forged_transmits: false, allow_mac_changes: false };

function network(props: Partial<DistributedSwitchProps> = {}, segment: Partial<NetworkSegmentProps> = {}) {
  return synthesize((scope) => {
    const distributedSwitch = new DistributedSwitch(scope, "switch", { ...SWITCH, ...props });
    new NetworkSegment(scope, "segment", {
      name: "desktops",
      description: "10.0.0.0/24",
      switch: distributedSwitch,
      vlan: 2110,
      tags: ["tag-1"],
      ...segment,
    });
  });
}

describe("DistributedSwitch", () => {
  test("has an uplink for each physical adapter and the largest packet asked for", () => {
    expect(network().resource("vsphere_distributed_virtual_switch")).toMatchObject({
      name: "dvs",
      uplinks: ["uplink1", "uplink2"],
      active_uplinks: ["uplink1", "uplink2"],
      max_mtu: 9000,
    });
  });

  test("is joined by every host with every adapter", () => {
    const stack = network();
    expect(stack.data("vsphere_host")).toMatchObject([{ for_each: '${toset(["esx-1.example", "esx-2.example"])}' }]);
    expect(stack.resource("vsphere_distributed_virtual_switch").dynamic).toMatchObject({
      host: {
        for_each: expect.stringContaining("data.vsphere_host."),
        content: { host_system_id: "${each.value.id}", devices: ["vmnic2", "vmnic3"] },
      },
    });
  });

  test("gives hosts with other adapters their own, and as many uplinks as the most have", () => {
    const resource = network({
      adaptersOf: { "esx-2.example": ["vmnic4", "vmnic5", "vmnic6"] },
    }).resource("vsphere_distributed_virtual_switch");
    expect(resource).toMatchObject({
      uplinks: ["uplink1", "uplink2", "uplink3"],
      dynamic: {
        host: {
          content: {
            devices: '${lookup({"esx-2.example" = ["vmnic4", "vmnic5", "vmnic6"]}, each.key, ["vmnic2", "vmnic3"])}',
          },
        },
      },
    });
  });

  test("has what the props say of teaming, LACP, network I/O control and the version, as the provider calls it", () => {
    const teaming = { policy: "failover_explicit", standby: ["uplink2"] };
    expect(network({ teaming, version: "8.0.3", networkIoControl: true }).resource(SWITCH_TYPE)).toMatchObject({
      teaming_policy: "failover_explicit",
      active_uplinks: ["uplink1"],
      standby_uplinks: ["uplink2"],
      version: "8.0.3",
      network_resource_control_enabled: true,
      network_resource_control_version: "version3",
    });
    const hashed = { policy: "loadbalance_ip", standby: [] };
    expect(network({ teaming: hashed, lacpMode: "active" }).resource(SWITCH_TYPE)).toMatchObject({
      lacp_api_version: "singleLag",
      lacp_enabled: true,
      lacp_mode: "active",
      teaming_policy: "loadbalance_ip",
    });
  });

  test("leaves to vSphere what the props leave out", () => {
    const left = ["teaming_policy", "standby_uplinks", "lacp_mode", "lacp_enabled", "lacp_api_version", "version"];
    const resource = network().resource(SWITCH_TYPE);
    for (const key of [...left, "network_resource_control_enabled"]) expect(resource).not.toHaveProperty(key);
  });

  test("refuses to have no active uplink, or one that is not there", () => {
    const teaming = { policy: "loadbalance_srcid", standby: ["uplink1", "uplink2", "uplink9"] };
    expect(() => network({ teaming })).toThrow(
      "test/switch: uplink9 is no uplink of the switch; every uplink stands by",
    );
  });

  test("knows the private VLANs with their promiscuous entry", () => {
    expect(network().resource("vsphere_distributed_virtual_switch").pvlan_mapping).toEqual([
      { primary_vlan_id: 2110, secondary_vlan_id: 2110, pvlan_type: "promiscuous" },
      { primary_vlan_id: 2110, secondary_vlan_id: 2111, pvlan_type: "isolated" },
    ]);
  });

  test("refuses promiscuous mode, forged transmits and MAC changes", () => {
    expect(network().resource("vsphere_distributed_virtual_switch")).toMatchObject(REFUSED);
  });

  test("lists every failure in one error", () => {
    expect(() => network({ hosts: [], adapters: [], mtu: 9001 })).toThrow(
      "test/switch: a switch needs at least one host; a switch needs at least one physical adapter a host; " +
        "MTU 9001 is not between 1280 and 9000",
    );
  });
});

describe("NetworkSegment", () => {
  test("is a port group in its VLAN", () => {
    const portGroup = network().resource("vsphere_distributed_port_group");
    expect(portGroup).toMatchObject({ name: "desktops", vlan_id: 2110, tags: ["tag-1"] });
    expect(portGroup).not.toHaveProperty("port_private_secondary_vlan_id");
  });

  test("is in the secondary VLAN where it is private, and in no other", () => {
    const privateVlan = { primary: 2110, secondary: 2111, type: "isolated" as const };
    const portGroup = network({}, { privateVlan }).resource("vsphere_distributed_port_group");
    expect(portGroup).toMatchObject({ port_private_secondary_vlan_id: 2111 });
    expect(portGroup).not.toHaveProperty("vlan_id");
  });

  test("is refused a private VLAN that its switch does not have", () => {
    const privateVlan = { primary: 2110, secondary: 2119, type: "community" as const };
    expect(() => network({}, { privateVlan })).toThrow(
      "test/segment: the switch has no community private VLAN 2110/2119",
    );
  });

  test("refuses promiscuous mode, forged transmits and MAC changes", () => {
    expect(network().resource("vsphere_distributed_port_group")).toMatchObject(REFUSED);
  });
});

test("a segment whose switch has a link aggregation group uses it alone: any other uplink would carry nothing", () => {
  const type = "vsphere_distributed_port_group";
  expect(network({}, { aggregationGroup: "lag1" }).resource(type)).toMatchObject({
    active_uplinks: ["lag1"],
    standby_uplinks: [],
  });
  expect(network().resource(type)).not.toHaveProperty("active_uplinks");
});
