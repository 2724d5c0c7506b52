import { describe, expect, test } from "@jest/globals";
import { GatewayMachine } from "../../../constructs/network/gateway-machine";
import type { GatewayMachineProps } from "../../../constructs/network/gateway-machine";
import { synthesize } from "../../fixtures/synthesized";
import type { Synthesized } from "../../fixtures/synthesized";

const PROPS: GatewayMachineProps = {
  name: "sample-gateway-a",
  annotation: "gateway",
  template: "debian-12-gateway",
  guestId: "debian12_64Guest",
  firmware: "efi",
  cpus: 2,
  memoryGib: 4,
  cpuReservationMhz: 4000,
  diskGib: 8,
  waitForGuest: false,
  adapters: [
    { networkId: "dvportgroup-1", macAddress: "00:50:56:00:00:01" },
    { networkId: "dvportgroup-2", macAddress: "00:50:56:3f:ff:ff" },
  ],
  rules: "H4sIAAAA",
  userData: "#cloud-config\n",
  metaData: "instance-id: a-1\n",
  datacenterId: "datacenter-1",
  folder: "sample/gateway-a",
  resourcePoolId: "resgroup-1",
  datastoreId: "datastore-1",
  tags: ["urn:tag"],
};

function gateway(change: Partial<GatewayMachineProps> = {}): Synthesized {
  return synthesize((scope) => new GatewayMachine(scope, "gateway", { ...PROPS, ...change }));
}

describe("a gateway", () => {
  test("has its adapters in their order, each with its static MAC address", () => {
    expect(gateway().resource("vsphere_virtual_machine").network_interface).toEqual([
      { network_id: "dvportgroup-1", adapter_type: "vmxnet3", use_static_mac: true, mac_address: "00:50:56:00:00:01" },
      { network_id: "dvportgroup-2", adapter_type: "vmxnet3", use_static_mac: true, mac_address: "00:50:56:3f:ff:ff" },
    ]);
  });

  test("is told its rules and its data through guestinfo, which only root of the guest may write", () => {
    expect(gateway().resource("vsphere_virtual_machine").extra_config).toEqual({
      "guest_rpc.rpci.auth.cmd.info-set": "TRUE",
      "guestinfo.postazioni.rules": "H4sIAAAA",
      "guestinfo.metadata": Buffer.from(PROPS.metaData).toString("base64"),
      "guestinfo.metadata.encoding": "base64",
      "guestinfo.userdata": Buffer.from(PROPS.userData).toString("base64"),
      "guestinfo.userdata.encoding": "base64",
    });
  });

  test("is not restarted by the provider for other guestinfo, unless the provider knows no other way", () => {
    expect(gateway().resource("vsphere_virtual_machine").extra_config_reboot_required).toBe(false);
    const old = gateway({ restartsForGuestinfo: true }).resource("vsphere_virtual_machine");
    expect(old).not.toHaveProperty("extra_config_reboot_required");
  });

  test("waits for its guest only where it is asked to", () => {
    expect(gateway().resource("vsphere_virtual_machine").wait_for_guest_net_timeout).toBe(0);
    expect(gateway({ waitForGuest: true }).resource("vsphere_virtual_machine").wait_for_guest_net_timeout).toBe(5);
  });

  test("refuses all that cannot be at once, with its path", () => {
    const adapters = Array.from({ length: 11 }, () => ({ networkId: "x", macAddress: "00:50:56:40:00:00" }));
    expect(() => gateway({ adapters, userData: "x".repeat(50_000) })).toThrow(
      /^test\/gateway: 11 network adapters are more than 10; 00:50:56:40:00:00 is no static MAC address from .*; the MAC address 00:50:56:40:00:00 is given more than once; .*; userData has more than 64 KiB in base64$/,
    );
    expect(() => gateway({ adapters: [] })).toThrow("test/gateway: a gateway needs a network adapter");
  });

  test("takes data of just 64 KiB", () => {
    expect(() => gateway({ userData: "x".repeat(49_152) })).not.toThrow();
    expect(() => gateway({ userData: "x".repeat(49_153) })).toThrow("userData has more than 64 KiB in base64");
    expect(() => gateway({ rules: "x".repeat(65_536) })).not.toThrow();
    expect(() => gateway({ rules: "x".repeat(65_537) })).toThrow("rules have more than 64 KiB");
  });
});
