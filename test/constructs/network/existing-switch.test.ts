import { describe, expect, test } from "@jest/globals";
import { ExistingSwitch } from "../../../constructs/network/existing-switch";
import { NetworkSegment } from "../../../constructs/network/network-segment";
import type { PrivateVlan } from "../../../constructs/network/private-vlan";
import { synthesize } from "../../fixtures/synthesized";

const ISOLATED: PrivateVlan = { primary: 110, secondary: 111, type: "isolated" };

describe("a switch that exists", () => {
  const stack = synthesize((scope) => {
    const found = new ExistingSwitch(scope, "switch", { name: "dvs", datacenterId: "dc-1", privateVlans: [ISOLATED] });
    new NetworkSegment(scope, "desktops", {
      name: "desktops",
      description: "10.0.0.0/24, isolated",
      switch: found,
      vlan: 110,
      privateVlan: ISOLATED,
    });
  });

  test("is looked up by its name as written, and neither made nor changed", () => {
    expect(stack.data("vsphere_distributed_virtual_switch")).toEqual([
      expect.objectContaining({ name: "dvs", datacenter_id: "dc-1" }),
    ]);
    expect(stack.resources("vsphere_distributed_virtual_switch")).toEqual([]);
  });

  test("carries port groups as any other", () => {
    expect(stack.resource("vsphere_distributed_port_group")).toMatchObject({
      distributed_virtual_switch_uuid: expect.stringContaining("data.vsphere_distributed_virtual_switch."),
      port_private_secondary_vlan_id: 111,
      allow_promiscuous: false,
    });
  });
});
