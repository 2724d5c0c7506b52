import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-edits";
import { milanBreaking, milanWith } from "../../fixtures/city-files";
import { accounted, withBlocks, withExpectation, withFlow } from "../../fixtures/statements";

/** The segment of the drawing offices without IPv4's counterpart: Milan has IPv6 where the file says so. */
const ONLY_IPV4 = "desktops-tecnica";
/** A service of Milan that has nothing but an IPv6 address. */
const ONLY_IPV6: Edit = { "network.services.vault.addresses": ["fd21:6110:100::30"] };

describe("flow-endpoint", () => {
  const allowed =
    "allowed: each end is a segment, a service, a network outside or a zone, and has addresses; any is one only of " +
    "blocks, mustReach and mustNotReach";
  const empty = `"gateway-anagrafe" has no addresses; ${allowed}; repair: give it addresses, name another end, or take it out`;

  test("refuses a flow to an unknown segment, with those that there are and the nearest", () => {
    expect(milanWith(withFlow({ from: "access", to: "desktops-tecnika", ports: "[tcp/22]" }))).toEqual([
      'network.flows[id=extra].to: "desktops-tecnika" names no segment, service, network outside or zone; allowed: ' +
        '"gateway-smart-working", "desktops-smart-working", "gateway-anagrafe", "desktops-anagrafe", ' +
        '"gateway-educazione", "desktops-educazione", "gateway-polizia-locale", "desktops-polizia-locale", ' +
        '"gateway-sala-operativa", "desktops-sala-operativa", "gateway-tecnica", "desktops-tecnica" and 21 more; repair: write ' +
        '"desktops-tecnica"',
    ]);
  });

  test.each<[what: string, edit: Edit, line: string]>([
    ["a flow's from", withFlow({ from: "acces", to: "vault" }), 'network.flows[id=extra].from: "acces" names no'],
    ["a zone", withFlow({ from: "zone:date", to: "vault" }), 'network.flows[id=extra].from: "zone:date" names no'],
    [
      "a pool's flow",
      { "pools.tecnica.flows.plotters.to": "plotter" },
      'pools[name=tecnica].flows[id=plotters].to: "plotter" names no',
    ],
    [
      "an application's flow, though no pool uses it",
      { "applications.+0": { id: "unused", flows: [accounted({ to: "vaults", ports: "[icmp]" })] } },
      'applications[id=unused].flows[id=extra].to: "vaults" names no',
    ],
    ["a block", withBlocks({ from: "plotter", to: "any" }), 'network.blocks[id=extra].from: "plotter" names no'],
    ["the management path", { "network.management.from": "admins" }, 'network.management.from: "admins" names no'],
    [
      "what must be reached",
      withExpectation("mustReach", "access", "vaults", "any"),
      'network.mustReach[0].to: "vaults" names no',
    ],
    [
      "what must not be reached",
      withExpectation("mustNotReach", "everybody", "vault", "any"),
      'network.mustNotReach[0].from: "everybody" names no',
    ],
  ])("looks at the ends of %s", (_, edit, line) => {
    expect(milanBreaking("flow-endpoint", edit)).toEqual([expect.stringContaining(line)]);
  });

  test("refuses any in a flow and in the management path: it would open to everybody", () => {
    const repair = "repair: name those that need it; whoever is elsewhere is a network in network.outside";
    const [line, ...others] = milanWith(withFlow({ from: "any", to: "vault" }));
    expect(others).toEqual([]);
    expect(line).toContain('network.flows[id=extra].from: "any" would open it for everybody; allowed: "gateway-smart');
    expect(line).toContain(repair);
    expect(milanBreaking("flow-endpoint", { "network.management.from": "any" })).toEqual([
      expect.stringContaining('network.management.from: "any" would open it for everybody'),
    ]);
  });

  test("refuses an end without addresses: it would open, close or promise nothing, and say nothing", () => {
    expect(milanWith(withFlow({ from: "gateway-anagrafe", to: "vault" }))).toEqual([
      `network.flows[id=extra].from: ${empty}`,
    ]);
    expect(milanWith(withBlocks({ from: "gateway-anagrafe", to: "any" }))).toEqual([
      `network.blocks[id=extra].from: ${empty}`,
    ]);
    expect(milanWith(withExpectation("mustReach", "access", "gateway-anagrafe", "any"))).toEqual([
      `network.mustReach[0].to: ${empty}`,
    ]);
    const inside: Edit = { "network.outside.plotters.ranges": ["10.21.100.0/24"] };
    expect(milanBreaking("flow-endpoint", inside)).toEqual([
      expect.stringContaining('pools[name=tecnica].flows[id=plotters].to: "plotters" has no addresses'),
    ]);
  });

  test("accepts segments, services, networks outside and zones, and any where something closes or is expected", () => {
    expect(milanWith(withFlow({ from: "administrators", to: "zone:services", ports: "[icmp]" }))).toEqual([]);
    expect(
      milanWith(withBlocks({ from: "any", to: "plotters" }, { id: "other", from: "plotters", to: "any" })),
    ).toEqual([]);
    expect(milanWith(withExpectation("mustNotReach", "any", "registry-database", "tcp/22"))).toEqual([]);
  });
});

describe("flow-enforced", () => {
  const rest =
    "allowed: one end at least has machines in a segment that is not external; repair: take it out; it belongs to " +
    "whoever stands between the two";

  test("refuses a flow between two networks elsewhere, which never comes by here", () => {
    expect(milanWith(withFlow({ from: "administrators", to: "databases", ports: "[tcp/22]" }))).toEqual([
      `network.flows[id=extra]: "administrators" and "databases" are both elsewhere; ${rest}`,
    ]);
  });

  test("refuses a block and an expectation of two networks elsewhere", () => {
    expect(milanWith(withBlocks({ from: "internet", to: "zone:data" }))).toEqual([
      `network.blocks[id=extra]: "internet" and "zone:data" are both elsewhere; ${rest}`,
    ]);
    expect(milanWith(withExpectation("mustNotReach", "plotters", "registry-database", "any"))).toEqual([
      `network.mustNotReach[0]: "plotters" and "registry-database" are both elsewhere; ${rest}`,
    ]);
  });

  test("accepts a flow with one end here, whichever it is", () => {
    expect(milanWith(withFlow({ from: "databases", to: "shared", ports: "[tcp/22]" }))).toEqual([]);
    expect(milanWith(withFlow({ from: "shared", to: "databases", ports: "[tcp/22]" }))).toEqual([]);
  });
});

describe("flow-family", () => {
  const rest =
    "have no IP version in common; allowed: both ends have IPv4 addresses, or both have IPv6 addresses; repair: give " +
    "the segment a subnet of the other family, or correct the end";

  test("refuses a flow between an end with IPv4 only and one with IPv6 only", () => {
    expect(milanBreaking("flow-family", ONLY_IPV6, withFlow({ from: ONLY_IPV4, to: "vault" }))).toEqual([
      `network.flows[id=extra].to: "desktops-tecnica" and "vault" ${rest}`,
    ]);
  });

  test("refuses it in a block, in the management path and in an expectation", () => {
    const outside: Edit = { "network.outside.plotters.ranges": ["fd21:6110:60::/64"] };
    expect(milanBreaking("flow-family", outside, withBlocks({ from: "plotters", to: ONLY_IPV4 }))).toContainEqual(
      `network.blocks[id=extra].to: "plotters" and "desktops-tecnica" ${rest}`,
    );
    expect(
      milanBreaking("flow-family", outside, withExpectation("mustNotReach", "plotters", ONLY_IPV4, "any")),
    ).toContainEqual(`network.mustNotReach[0].to: "plotters" and "desktops-tecnica" ${rest}`);
    const management: Edit = { "network.management.from": "plotters", "network.management.to": "desktops-tecnica" };
    expect(milanBreaking("flow-family", outside, management)).toContainEqual(
      `network.management.to: "plotters" and "desktops-tecnica" ${rest}`,
    );
  });

  test("refuses what a pool or an application brings, in each segment where nothing would pass", () => {
    const outside: Edit = { "network.outside.plotters.ranges": ["fd21:6110:60::/64"] };
    expect(milanWith(outside)).toEqual([
      `pools[name=tecnica].flows[id=plotters].to: "desktops-tecnica" and "plotters" ${rest}`,
    ]);
    const video: Edit = { "network.outside.internet-video.ranges": ["2001:db8:203::/48"] };
    const lines = milanWith(video);
    expect(lines).toHaveLength(4);
    expect(lines).toContain(
      `applications[id=videoconference].flows[id=media].to: "desktops-smart-working" and "internet-video" ${rest}`,
    );
    expect(lines).toContain(
      `applications[id=videoconference].flows[id=media].to: "desktops-anagrafe" and "internet-video" ${rest}`,
    );
  });

  test("accepts ends that have one IP version in common", () => {
    expect(milanWith(withFlow({ from: ONLY_IPV4, to: "vault" }))).toEqual([]);
    expect(milanWith(ONLY_IPV6, withFlow({ from: "desktops-sala-operativa", to: "vault" }))).toEqual([]);
  });
});
