import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { milanBreaking, milanWith } from "../../fixtures/city-files";
import { withBlocks, withFlow } from "../../fixtures/statements";

/** An edit that adds a segment. */
const withSegment = (text: string): Edit => ({ "network.segments.+0": inYaml(`{ ${text} }`) });

describe("vlan-once", () => {
  const allowed = "allowed: each VLAN belongs to one segment; only private VLANs share a primary";

  test("refuses a plain VLAN that another segment has", () => {
    expect(milanWith({ "network.segments.databases.vlan": 2190 })).toEqual([
      `network.segments[name=databases].vlan: the VLAN 2190 is the segment "management"'s already; ` +
        `${allowed}; repair: give one of the two another VLAN`,
    ]);
  });

  test("refuses a secondary VLAN that another segment has", () => {
    expect(milanWith({ "network.segments.desktops-tecnica.privateVlan.secondary": 2121 })).toEqual([
      expect.stringContaining(
        `network.segments[name=desktops-tecnica].privateVlan.secondary: the VLAN 2121 is the segment "desktops-educazione"'s already`,
      ),
    ]);
  });

  test("refuses a plain VLAN that is a primary one, whichever comes first", () => {
    expect(milanWith({ "network.segments.management.vlan": 2140 })).toEqual([
      expect.stringContaining(`[name=management].vlan: the VLAN 2140 is the segment "gateway-tecnica"'s already`),
    ]);
    const first: Edit = {
      "network.segments.+0": { name: "early", zone: "services", vlan: 2140, subnet: "10.21.90.0/24" },
    };
    expect(milanWith(first)).toEqual([
      expect.stringContaining(`[name=early].vlan: the VLAN 2140 is the segment "gateway-tecnica"'s already`),
      expect.stringContaining(`[name=gateway-tecnica].privateVlan.secondary: the VLAN 2140 is the segment "early"'s`),
    ]);
  });

  test("refuses a secondary VLAN that is the primary one of a later segment", () => {
    expect(milanBreaking("vlan-once", { "network.segments.desktops-educazione.privateVlan.secondary": 2140 })).toEqual([
      expect.stringContaining(`[name=desktops-educazione].privateVlan.secondary: the VLAN 2140 is the segment`),
      expect.stringContaining(`[name=gateway-tecnica].privateVlan.secondary: the VLAN 2140 is the segment`),
    ]);
  });

  test("refuses a second promiscuous segment of a primary VLAN", () => {
    const second: Edit = {
      "network.segments.management.vlan": 2100,
      "network.segments.management.+privateVlan": { secondary: 2100, type: "promiscuous" },
    };
    expect(milanBreaking("vlan-once", second)).toEqual([
      expect.stringContaining(
        `[name=management].privateVlan.secondary: the VLAN 2100 is the segment "gateway-smart-working"'s already`,
      ),
    ]);
  });

  test("lets private VLANs share a primary one", () => {
    expect(
      milanBreaking("vlan-once", {
        "network.segments.desktops-tecnica.vlan": 2130,
        "network.segments.desktops-tecnica.privateVlan.type": "community",
      }),
    ).toEqual([]);
  });
});

describe("private-vlan-subnet", () => {
  const rest =
    "allowed: of the segments of one primary VLAN only one has addresses: nothing keeps a machine from an address of " +
    "another segment of its primary VLAN, nor its DHCP request from that segment's range; repair: give the segment a " +
    "primary VLAN of its own with a promiscuous segment or, if its machines may reach each other, a VLAN of its own " +
    "without privateVlan";

  test("refuses a second segment with a range on a primary VLAN, whatever the kinds", () => {
    expect(milanWith({ "network.segments.desktops-sala-operativa.vlan": 2130 })).toEqual([
      "network.segments[name=desktops-sala-operativa].subnet: the primary VLAN 2130 has the addresses of " +
        `"desktops-polizia-locale" already; ${rest}`,
    ]);
    expect(milanWith({ "network.segments.gateway-tecnica.+subnet": "10.21.88.0/24" })).toEqual([
      'network.segments[name=desktops-tecnica].subnet: the primary VLAN 2140 has the addresses of "gateway-tecnica" ' +
        `already; ${rest}`,
    ]);
  });

  test("counts a range of IPv6 alone, DHCP or none, and a segment that exists elsewhere", () => {
    expect(milanWith({ "network.segments.gateway-tecnica.+subnet6": "fd21:6110:140::/64" })).toEqual([
      expect.stringContaining('[name=desktops-tecnica].subnet: the primary VLAN 2140 has the addresses of "gateway-'),
    ]);
    const elsewhere = "privateVlan: { secondary: 2149, type: community }, subnet: 10.21.90.0/24, external: true";
    expect(milanWith(withSegment(`name: elsewhere, zone: services, vlan: 2140, ${elsewhere}`))).toEqual([
      expect.stringContaining('[name=desktops-tecnica].subnet: the primary VLAN 2140 has the addresses of "elsewhere"'),
    ]);
  });

  test("lets it have promiscuous segments without one", () => {
    expect(milanWith()).toEqual([]);
  });
});

describe("service-macs", () => {
  const rest =
    "allowed: macs has a MAC address for each of the service's addresses; in a city with gateways a service of its own that " +
    "opens flows, is blocked or manages has macs, or a neighbour could take its address, and with it what it may reach; " +
    "repair: write the MAC addresses of its machines' network adapters, in the order of addresses";
  const portal = "network.services.registry-portal";

  test("refuses a service that opens flows, in an emergency too, or is blocked, without MAC addresses", () => {
    expect(milanWith({ [`${portal}.macs`]: undefined })).toEqual([
      `network.services[name=registry-portal]: a neighbour of "registry-portal" could take its address; ${rest}`,
    ]);
    const about = { from: "vault", to: "internet", ports: "[tcp/443]" };
    const line = 'network.services[name=vault]: a neighbour of "vault" could take its address';
    for (const edit of [withFlow(about), withBlocks(about)])
      expect(milanBreaking("service-macs", edit)).toEqual([expect.stringContaining(line)]);
    expect(milanBreaking("service-macs", { "emergency.flows.sessions-over-udp.from": "vault" })).toEqual([
      expect.stringContaining(line),
    ]);
  });

  test("refuses another number of them than of addresses, and what is none of one adapter", () => {
    expect(milanWith({ [`${portal}.macs`]: ["00:50:56:3f:00:40", "00:50:56:3f:00:41"] })).toEqual([
      `network.services[name=registry-portal].macs: "registry-portal" has 2 for 1 addresses; ${rest}`,
    ]);
    for (const mac of ["00:50:56:3F:00:40", "01:50:56:3f:00:40", "00-50-56-3f-00-40", "00:50:56:3f:00"])
      expect(milanWith({ [`${portal}.macs`]: [mac] })).toEqual([
        expect.stringContaining("[name=registry-portal].macs[0]"),
      ]);
  });

  test("asks for none where nothing depends on the address, or the city's own firewalls enforce", () => {
    expect(milanWith()).toEqual([]);
    expect(milanBreaking("service-macs", { [`${portal}.macs`]: undefined, "network.gateway": undefined })).toEqual([]);
  });
});

describe("segment-slaac", () => {
  const rest =
    "allowed: a segment of the zone desktops with subnet6 says slaac, true or false; true needs a subnet6 of 64 bits; " +
    "repair: write slaac: true, and its machines make themselves addresses by advertisements of its router; slaac: false, " +
    "and they have none, or static ones; or take subnet6 out";
  const room = "network.segments.desktops-sala-operativa";
  const line = "network.segments[name=desktops-sala-operativa]";

  test("refuses a desktops' segment with IPv6 that does not say how its machines get addresses", () => {
    expect(milanWith({ [`${room}.slaac`]: undefined })).toEqual([
      `${line}.subnet6: how the machines of "desktops-sala-operativa" get addresses is not said; ${rest}`,
    ]);
    expect(milanWith({ [`${room}.slaac`]: false })).toEqual([]);
  });

  test("refuses SLAAC without a range, and in one that is not of 64 bits", () => {
    expect(milanWith({ "network.segments.desktops-tecnica.+slaac": true })).toEqual([
      `network.segments[name=desktops-tecnica].slaac: "desktops-tecnica" has no subnet6; ${rest}`,
    ]);
    expect(milanBreaking("segment-slaac", { [`${room}.subnet6`]: "fd21:6110:80::/60" })).toEqual([
      `${line}.subnet6: "fd21:6110:80::/60" has another length of its prefix, with slaac; ${rest}`,
    ]);
  });
});

describe("private-vlan-promiscuous", () => {
  test("refuses a promiscuous segment with a secondary VLAN of its own", () => {
    expect(milanWith({ "network.segments.gateway-smart-working.privateVlan.secondary": 2102 })).toEqual([
      "network.segments[name=gateway-smart-working].privateVlan.secondary: the promiscuous segment of the primary " +
        "VLAN 2100 has the secondary 2102; allowed: secondary equals vlan in a promiscuous segment, and in no other; " +
        "repair: repeat vlan in a promiscuous segment; give any other a secondary of its own",
    ]);
  });

  test("refuses an isolated segment without one", () => {
    expect(
      milanBreaking("private-vlan-promiscuous", { "network.segments.desktops-anagrafe.privateVlan.secondary": 2110 }),
    ).toEqual([expect.stringContaining("the isolated segment of the primary VLAN 2110 has the secondary 2110")]);
  });
});

describe("private-vlan-isolated", () => {
  test("refuses a second isolated segment of a primary VLAN", () => {
    expect(
      milanBreaking("private-vlan-isolated", {
        "network.segments.desktops-sala-operativa.vlan": 2130,
        "network.segments.desktops-sala-operativa.privateVlan.type": "isolated",
      }),
    ).toEqual([
      "network.segments[name=desktops-sala-operativa].privateVlan.type: the primary VLAN 2130 has " +
        'the isolated segment "desktops-polizia-locale" already; allowed: a primary VLAN has one isolated segment at ' +
        "most; repair: give the segment another primary VLAN, or make it a community",
    ]);
  });
});

describe("private-vlan-router", () => {
  const rest =
    "has no promiscuous segment; allowed: the primary VLAN of an isolated or community segment has a promiscuous segment, " +
    "in a city with gateways not an external one; repair: declare a promiscuous segment with the same vlan, where the " +
    "router is connected; it needs no subnet";

  test("refuses a private VLAN whose primary has no promiscuous entry: nothing would leave it", () => {
    expect(milanWith({ "network.segments.gateway-tecnica": undefined })).toEqual([
      `network.segments[name=desktops-tecnica].privateVlan: the primary VLAN 2140 of "desktops-tecnica" ${rest}`,
    ]);
  });

  test("refuses each segment of it, isolated or community", () => {
    const gone: Edit = {
      "network.segments.gateway-polizia-locale.vlan": 2131,
      "network.segments.gateway-polizia-locale.privateVlan.secondary": 2131,
      "network.segments.desktops-sala-operativa.vlan": 2130,
    };
    expect(milanBreaking("private-vlan-router", gone)).toEqual([
      expect.stringContaining('the primary VLAN 2130 of "desktops-polizia-locale" has no'),
      expect.stringContaining('the primary VLAN 2130 of "desktops-sala-operativa" has no'),
    ]);
  });

  test("counts a promiscuous segment that exists elsewhere only where no gateway of the file has to stand in it", () => {
    const elsewhere: Edit = { "network.segments.gateway-tecnica.+external": true };
    expect(milanWith(elsewhere)).toEqual([
      expect.stringContaining('the primary VLAN 2140 of "desktops-tecnica" has no'),
    ]);
    expect(
      milanWith(elsewhere, {
        "network.gateway": undefined,
        "secrets.ssh.roles.gateways.machines": ["pools/smart-working"],
      }),
    ).toEqual([]);
  });
});

describe("segment-mtu", () => {
  test("refuses a segment's mtu beyond the switch's, which would drop its packets", () => {
    const rest = "allowed: a segment's mtu is at most the switch's; repair: lower the segment's or raise the switch's";
    expect(milanWith({ "network.switch.mtu": 1499 })).toEqual([
      `network.segments[name=management].mtu: 1500 is more than the switch's 1499; ${rest}`,
      `network.segments[name=uplink].mtu: 1500 is more than the switch's 1499; ${rest}`,
    ]);
  });

  test("lets it be the same", () => {
    expect(milanWith({ "network.switch.mtu": 1500 })).toEqual([]);
  });
});
