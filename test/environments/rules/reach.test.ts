import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-edits";
import { milanBreaking, milanWith } from "../../fixtures/city-files";
import { withBlocks, withExpectation, withFlow } from "../../fixtures/statements";

describe("isolated-reach", () => {
  const rest =
    "allowed: no flow and no mustReach leads from an isolated segment to itself; repair: name other ends, or make the " +
    "segment a community";
  const asked = (segment: string): string =>
    `the machines of the isolated segment "${segment}" are asked to reach each other; ${rest}`;

  test("refuses a flow from an isolated segment to itself", () => {
    const itself = { from: "desktops-anagrafe", to: "desktops-anagrafe", ports: "[udp/5353]" };
    expect(milanBreaking("isolated-reach", withFlow(itself))).toEqual([
      `network.flows[id=extra]: ${asked("desktops-anagrafe")}`,
    ]);
  });

  test("refuses a mustReach of an isolated segment of itself, or of any address of it", () => {
    expect(
      milanBreaking("isolated-reach", withExpectation("mustReach", "desktops-anagrafe", "desktops-anagrafe", "any")),
    ).toEqual([`network.mustReach[0]: ${asked("desktops-anagrafe")}`]);
    expect(milanBreaking("isolated-reach", withExpectation("mustReach", "any", "desktops-tecnica", "icmp"))).toEqual([
      `network.mustReach[0]: ${asked("desktops-tecnica")}`,
    ]);
  });

  test("looks through zones and services, at what pools bring and at an emergency that is not active", () => {
    expect(
      milanBreaking("isolated-reach", withFlow({ from: "zone:desktops", to: "zone:desktops", ports: "[icmp]" })),
    ).toEqual([`network.flows[id=extra]: ${asked("desktops-smart-working")}`]);
    const service: Edit = {
      "network.services.+0": {
        name: "printer",
        segment: "desktops-tecnica",
        addresses: ["10.21.84.5"],
        ports: ["tcp/9100"],
      },
    };
    const plotters: Edit = {
      "pools.tecnica.flows.plotters.to": "printer",
      "pools.tecnica.flows.plotters.ports": undefined,
    };
    expect(milanWith(service, plotters)).toEqual([
      `pools[name=tecnica].flows[id=plotters]: ${asked("desktops-tecnica")}`,
    ]);
    const emergency: Edit = {
      "emergency.flows.sessions-over-udp.from": "desktops-tecnica",
      "emergency.flows.sessions-over-udp.to": "zone:desktops",
    };
    expect(milanBreaking("isolated-reach", emergency)).toEqual([
      `emergency.flows[id=sessions-over-udp]: ${asked("desktops-tecnica")}`,
    ]);
  });

  test("accepts a community that reaches itself, and an isolated segment that reaches another", () => {
    const community = { from: "desktops-sala-operativa", to: "desktops-sala-operativa", ports: "[tcp/445]" };
    expect(milanWith(withFlow(community))).toEqual([]);
    expect(milanWith(withFlow({ from: "desktops-anagrafe", to: "desktops-tecnica", ports: "[tcp/445]" }))).toEqual([]);
  });
});

describe("must-reach", () => {
  const rest =
    "allowed: every packet of a mustReach passes; repair: add a flow, narrow the block, or take the expectation out";

  test("refuses a file that does not open what it promises, with a packet that is kept out", () => {
    expect(milanWith(withExpectation("mustReach", "desktops-tecnica", "access-gateways", "tcp/443"))).toEqual([
      "network.mustReach[0]: 10.21.84.4 does not reach 10.21.0.10 on tcp/443: no flow opens it; " + rest,
    ]);
  });

  test("refuses it where a single address or port is not open", () => {
    expect(milanWith(withExpectation("mustReach", "access-gateways", "zone:desktops", "tcp/3388-3389"))).toEqual([
      "network.mustReach[0]: 10.21.0.10 does not reach 10.21.16.4 on tcp/3388: no flow opens it; " + rest,
    ]);
    expect(milanWith(withExpectation("mustReach", "access", "zone:desktops", "tcp/3389"))).toEqual([
      "network.mustReach[0]: 10.21.0.4 does not reach 10.21.16.4 on tcp/3389: no flow opens it; " + rest,
    ]);
  });

  test("names the block that closes what a flow opens", () => {
    const block = withBlocks({ id: "quarantine", from: "any", to: "desktops-tecnica" });
    expect(milanWith(block)).toEqual([
      "network.mustReach[0]: 10.21.0.10 does not reach 10.21.84.4 on tcp/3389: block quarantine; " + rest,
    ]);
  });

  test("does not count on an emergency that is not active", () => {
    const promise = withExpectation("mustReach", "internet", "access-gateways", "udp/443");
    expect(milanWith(promise)).toEqual([expect.stringContaining("on udp/443: no flow opens it")]);
    expect(milanWith(promise, { "emergency.active": true })).toEqual([]);
  });

  test("accepts what a flow opens, what layer 2 passes, and what an application's flow opens", () => {
    expect(milanWith(withExpectation("mustReach", "access-gateways", "zone:desktops", "udp/3389"))).toEqual([]);
    expect(milanWith(withExpectation("mustReach", "shared", "vault", "any"))).toEqual([]);
    expect(milanWith(withExpectation("mustReach", "desktops-anagrafe", "internet-video", "udp/3478-3481"))).toEqual([]);
  });
});

describe("must-not-reach", () => {
  const rest =
    "allowed: no packet of a mustNotReach passes, in an emergency either; repair: narrow the flow that is named, or " +
    "take the expectation out";

  test("refuses a file that opens what it forbids, with a packet and the flow that lets it through", () => {
    expect(milanWith(withExpectation("mustNotReach", "plotters", "access", "any"))).toEqual([]);
    expect(milanWith(withExpectation("mustNotReach", "desktops-tecnica", "plotters", "tcp/1-1000"))).toEqual([
      "network.mustNotReach[0]: 10.21.84.4 reaches 10.20.60.0 on tcp/515: flow tecnica.plotters; " + rest,
    ]);
    expect(milanWith(withFlow({ from: "desktops-tecnica", to: "registry-database", ports: "[tcp/5432]" }))).toEqual([
      "network.mustNotReach[0]: 10.21.84.4 reaches 10.20.90.20 on tcp/5432: flow extra; " + rest,
    ]);
  });

  test("refuses what only layer 2 passes, and names the VLAN", () => {
    expect(milanWith(withExpectation("mustNotReach", "shared", "vault", "tcp/22"))).toEqual([
      'network.mustNotReach[0]: 10.21.100.4 reaches 10.21.100.30 on tcp/22: layer 2: the machines of "shared" share the ' +
        `VLAN 2185; ${rest}`,
    ]);
    const community: Edit = { "network.segments.desktops-polizia-locale.privateVlan.type": "community" };
    expect(
      milanWith(
        community,
        withExpectation("mustNotReach", "desktops-polizia-locale", "desktops-polizia-locale", "any"),
      ),
    ).toEqual([expect.stringContaining('the machines of "desktops-polizia-locale" share the VLAN 2130')]);
  });

  test("counts what an emergency would open, active or not", () => {
    const forbidden = withExpectation("mustNotReach", "internet", "access-gateways", "udp/443");
    expect(milanWith(forbidden)).toEqual([
      "network.mustNotReach[0]: 0.0.0.0 reaches 10.21.0.10 on udp/443: flow emergency.sessions-over-udp, once the " +
        `emergency is active; ${rest}`,
    ]);
    expect(milanWith(forbidden, { "emergency.active": true })).toEqual([
      expect.stringContaining("on udp/443: flow emergency.sessions-over-udp; allowed"),
    ]);
  });

  test("accepts what a block closes again, and the other direction of a flow", () => {
    const block = withBlocks({ from: "internet", to: "access", ports: "[tcp/443, udp/443]" });
    expect(milanWith(block, withExpectation("mustNotReach", "internet", "access", "any"))).toEqual([]);
    expect(milanWith(withExpectation("mustNotReach", "zone:desktops", "access", "any"))).toEqual([]);
  });
});

describe("data-by-flow", () => {
  const own: Edit = { "network.segments.databases.external": undefined };
  const beside: Edit = {
    "network.segments.databases.vlan": 2140,
    "network.segments.databases.+privateVlan": { secondary: 2145, type: "community" },
    "network.segments.desktops-tecnica.vlan": 2141,
    "network.segments.desktops-tecnica.privateVlan": undefined,
  };

  test("refuses a data segment that others reach over layer 2, with a packet", () => {
    const router: Edit = { "network.segments.gateway-tecnica.+subnet": "10.21.88.0/24" };
    expect(milanBreaking("data-by-flow", own, beside, router)).toEqual([
      "network.segments[name=databases].vlan: 10.21.88.4 reaches 10.20.90.4 without a flow, over layer 2: " +
        '"gateway-tecnica" and "databases" share the VLAN 2140; allowed: no machine outside the zone data reaches one in ' +
        "it but by a declared flow; repair: give the data segment a VLAN of its own",
    ]);
  });

  test("accepts a community of a private VLAN whose promiscuous segment has no machines, and a VLAN of its own", () => {
    expect(milanBreaking("data-by-flow", own, beside)).toEqual([]);
    expect(milanBreaking("data-by-flow", own)).toEqual([]);
  });
});

describe("management-path", () => {
  const rest =
    "allowed: no block closes any packet of network.management, and with network.gateway it leads to the gateways' own " +
    "addresses on tcp/22; repair: narrow the block so that the administrators are not in it";

  test("refuses a block that would cut the way to the management, with a packet that it would close", () => {
    expect(milanWith(withBlocks({ id: "lockdown", from: "any", to: "any" }))).toContain(
      "network.blocks[id=lockdown]: it would cut the management path, such as 10.20.250.0 to 10.21.254.2 on tcp/22; " +
        rest,
    );
    expect(milanWith(withBlocks({ from: "administrators", to: "management", ports: "[tcp/20-22]" }))).toContain(
      `network.blocks[id=extra]: it would cut the management path, such as 10.20.250.0 to 10.21.254.4 on tcp/22; ${rest}`,
    );
  });

  test("refuses one that closes it over IPv6 only, or only to the gateways", () => {
    const administrators: Edit = { "network.outside.+3": { name: "night-shift", ranges: ["fd21:6110:250::8/128"] } };
    expect(milanBreaking("management-path", administrators, withBlocks({ from: "night-shift", to: "any" }))).toEqual([
      expect.stringContaining("such as fd21:6110:250::8 to fd21:6110:254::2 on tcp/22"),
    ]);
    const elsewhere: Edit = { "network.management.to": "vault" };
    const gateways = withBlocks({ from: "administrators", to: "any", ports: "[tcp/443]" });
    expect(milanBreaking("management-path", elsewhere, gateways)).toEqual([
      expect.stringContaining("such as 10.20.250.0 to 10.21.100.30 on tcp/443"),
    ]);
  });

  test("refuses a path on which no administrator reaches the gateways themselves", () => {
    expect(milanBreaking("management-path", { "network.management.ports": ["tcp/443", "icmp"] })).toEqual([
      expect.stringMatching(
        /^network\.management\.ports: the administrators would not reach the gateways themselves by SSH; .*; repair: add tcp\/22$/,
      ),
    ]);
  });

  test("accepts a block beside the path: of other ends, of other ports, or of the other direction", () => {
    expect(milanWith(withBlocks({ from: "administrators", to: "management", ports: "[udp/any]" }))).toEqual([]);
    expect(milanWith(withBlocks({ from: "plotters", to: "any" }))).toEqual([]);
    expect(milanWith(withBlocks({ from: "management", to: "administrators" }))).toEqual([]);
  });

  test("stays open whatever blocks say, so the promise of it holds too", () => {
    expect(milanBreaking("must-reach", withBlocks({ from: "any", to: "management" }))).toEqual([]);
  });
});
