import { describe, expect, test } from "@jest/globals";
import type { Inventory } from "../../vcenter/inventory";
import { milan, found } from "./held";

describe("of an existing switch", () => {
  const on = (change: Partial<Inventory["switches"][number]>, groups: Inventory["portGroups"] = []) => {
    const existing = { ...milan.deployed, network: { ...milan.deployed.network } };
    const file = {
      ...milan,
      deployed: {
        ...existing,
        network: { ...existing.network, switch: { ...existing.network.switch, existing: true } },
      },
    };
    const { network, platform } = file.deployed;
    const asSaid = {
      ...{ name: network.switch.name, datacenter: "Milano", mtu: 9000, version: "8.0.0" },
      hosts: platform.clusters.flatMap(({ hosts: names }) => names),
      privateVlans: network.segments.flatMap(({ vlan, privateVlan }) =>
        privateVlan === undefined ? [] : [{ primary: vlan, secondary: privateVlan.secondary, type: privateVlan.type }],
      ),
    };
    return found((inventory) => ({ ...inventory, switches: [{ ...asSaid, ...change }], portGroups: groups }), file);
  };

  test("nothing is said where it is as the file says", () => {
    expect(on({})).toEqual([]);
  });

  test("its name, its MTU that have not joined and private VLANs that are missing are said", () => {
    expect(on({ name: "dvs-vdi-milan" })).toEqual([
      'wrong: network.switch.name: there is no distributed switch "dvs-vdi-milano" in the datacenter; write "dvs-vdi-milan", or take existing out: then a deployment makes it',
    ]);
    expect(on({ name: "dvs-vdi-milano", datacenter: "Torino" })).toEqual([
      'wrong: network.switch.name: there is no distributed switch "dvs-vdi-milano" in the datacenter; take existing out: then a deployment makes it',
    ]);
    expect(on({ mtu: 1500, hosts: [] })).toEqual([
      expect.stringMatching(/^wrong: network\.switch\.existing: .* was not joined by 24 hosts: /),
      expect.stringMatching(/^wrong: network\.switch\.mtu: .*1500 bytes, not 9000; write 1500/),
    ]);
    expect(on({ privateVlans: [] })[0]).toMatch(
      /^wrong: network\.segments\[name=gateway-smart-working\]\.privateVlan: .*no promiscuous private VLAN 2100\/2100/,
    );
  });

  test("a port group of a segment's name with another VLAN is said, and the segment's own is not", () => {
    const group = { name: "desktops-anagrafe", switch: "dvs-vdi-milano", datacenter: "Milano" };
    expect(on({}, [{ ...group, vlan: 2111 }])).toEqual([]);
    expect(on({}, [{ ...group, vlan: 7 }])).toEqual([
      expect.stringContaining('"desktops-anagrafe" on "dvs-vdi-milano" with the VLAN 7'),
    ]);
  });
});
