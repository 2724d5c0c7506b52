import { describe, expect, test } from "@jest/globals";
import { inventoryOf } from "../../vcenter/inventory";
import { ManagedObject } from "../../vcenter/managed-object";
import { parseXml } from "../../vcenter/xml";

/** A host as a vCenter tells it: six adapters, of which a switch of each kind has one, and two have no link. */
const HOST = `<ObjectContent><obj type="HostSystem">host-10</obj>
  <propSet><name>name</name><val>esx-1.example</val></propSet>
  <propSet><name>config</name><val><product><version>7.0.1</version></product><network>
    ${[0, 1, 2, 3, 4].map((n) => `<pnic><key>key-pnic-${String(n)}</key><device>vmnic${String(n)}</device>${n < 3 ? "<linkSpeed><speedMb>10000</speedMb></linkSpeed>" : ""}</pnic>`).join("")}
    <vswitch><name>vSwitch0</name><pnic>key-pnic-0</pnic></vswitch>
    <proxySwitch><dvsName>dvs-storage</dvsName><pnic>key-pnic-1</pnic></proxySwitch>
    <opaqueSwitch><key>0d</key><name>nsx-hostswitch</name><pnic>key-pnic-2</pnic></opaqueSwitch>
  </network></val></propSet></ObjectContent>`;

describe("a host's adapters", () => {
  const [host] = inventoryOf([ManagedObject.of(parseXml(HOST))]).hosts;

  test("are taken by switches of the host's own, distributed ones, and those of NSX", () => {
    expect(host?.adapters.map(({ name, switch: of }) => [name, of])).toEqual([
      ["vmnic0", "vSwitch0"],
      ["vmnic1", "dvs-storage"],
      ["vmnic2", "nsx-hostswitch"],
      ["vmnic3", undefined],
      ["vmnic4", undefined],
    ]);
  });

  test("have a link or none", () => {
    expect(host?.adapters.map(({ linked }) => linked)).toEqual([true, true, true, false, false]);
  });

  test("and its release are read", () => {
    expect(host).toMatchObject({ name: "esx-1.example", version: "7.0.1" });
  });
});

/** A machine with CD-ROMs by their backings, as a vCenter tells it. */
function machineWith(...backings: readonly string[]): ManagedObject {
  const devices = backings.map(
    (backing) =>
      `<VirtualDevice xsi:type="VirtualCdrom"><key>16000</key><backing xsi:type="${backing}"><deviceName></deviceName></backing></VirtualDevice>`,
  );
  return ManagedObject.of(
    parseXml(
      `<c xmlns:xsi="x"><obj type="VirtualMachine">vm-1</obj><propSet><name>config.hardware.device</name><val>${devices.join("")}</val></propSet></c>`,
    ),
  );
}

test.each([
  [["VirtualCdromIsoBackingInfo", "VirtualCdromRemoteAtapiBackingInfo"], false],
  [["VirtualCdromRemotePassthroughBackingInfo"], true],
  [["VirtualCdromIsoBackingInfo", "VirtualCdromAtapiBackingInfo"], true],
  [[], false],
])("a machine with CD-ROMs of %j has one that the provider does not know: %s", (backings, expected) => {
  expect(inventoryOf([machineWith(...backings)]).machines.map(({ hasHostCdrom }) => hasHostCdrom)).toEqual([expected]);
});
