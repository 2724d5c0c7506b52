import { describe, expect, test } from "@jest/globals";
import { edited } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { MILAN, brokenWith, load, milanBreaking, milanWith } from "../../fixtures/city-files";
import { accounted, withBlocks, withExpectation, withFlow } from "../../fixtures/statements";

/** Milan's pool of the control room with flows of its own. */
const controlRoom = (...flows: readonly object[]): Edit => ({ "pools.sala-operativa.+flows": flows });

describe("a flow", () => {
  const whole = { from: "access", to: "vault" };

  test("is accepted with every key, and with those that it needs", () => {
    expect(milanWith(withFlow(whole))).toEqual([]);
    expect(milanWith(withFlow({ ...whole, ports: "[tcp/8200]", log: "true" }))).toEqual([]);
  });

  test.each([
    ["owner", "Who is responsible for it"],
    ["purpose", "Its purpose"],
    ["ticket", "The ticket that approved it"],
    ["until", "Its last day; past asOf, the file is refused"],
  ])("is refused without %s: nobody could be asked about it", (key, meaning) => {
    expect(milanWith(withFlow({ ...whole, [key]: undefined }))).toEqual([
      expect.stringMatching(
        new RegExp(`^network\\.flows\\[id=extra\\]\\.${key}: the key "${key}" is missing; .*\\(${meaning}\\)$`),
      ),
    ]);
    expect(brokenWith(withFlow({ ...whole, [key]: undefined }))).toEqual(["missing-key"]);
  });

  test.each([
    ["from", "Who opens connections"],
    ["to", "Who is reached"],
  ])("is refused without %s", (key, meaning) => {
    expect(milanWith(withFlow({ ...whole, [key]: undefined }))).toEqual([
      `network.flows[id=extra].${key}: the key "${key}" is missing; allowed: text of at most 45 characters; repair: add ` +
        `it (${meaning})`,
    ]);
  });

  test("is refused where its last day is none of the calendar, or a port has no protocol", () => {
    expect(milanWith(withFlow({ ...whole, until: "2027-02-30" }))).toEqual([
      'network.flows[id=extra].until: "2027-02-30" does not have the right form; allowed: a day such as 2027-12-31; ' +
        "repair: correct it (Its last day; past asOf, the file is refused)",
    ]);
    expect(milanWith(withFlow({ ...whole, ports: "[https]" }))).toEqual([
      expect.stringContaining(
        'network.flows[id=extra].ports[0]: "https" does not have the right form; allowed: tcp/443, udp/3478-3481, ' +
          "tcp/any, or icmp for echo requests",
      ),
    ]);
  });

  test("that a pool or an application brings has no from: it leads from the pool's segment", () => {
    const brought = (keys: Record<string, string>): Edit => controlRoom(accounted(keys));
    expect(milanWith(brought({ to: "registry-portal" }))).toEqual([]);
    expect(milanWith(brought(whole))).toEqual([
      expect.stringContaining('pools[name=sala-operativa].flows[id=extra].from: unknown key "from"'),
    ]);
  });

  test("is pointed at in the file, with line and column", () => {
    const text = edited(MILAN, withFlow({ from: "access", to: "vault", ports: "[tcp/8200, tcp/70000]" }));
    const before = text.slice(0, text.indexOf('"tcp/70000"')).split("\n");
    const { violations } = load({ "milan.yaml": text });
    expect(violations.map(({ rule }) => rule)).toEqual(["flow-ports"]);
    expect(violations[0]).toMatchObject({
      file: "milan.yaml",
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
      path: "network.flows[id=extra].ports[1]",
      value: "tcp/70000",
    });
  });
});

describe("flow-end", () => {
  const past = "2026-11-23";
  const texts =
    "2026-11-23 is before 2026-11-24, the file's asOf; allowed: until is not before asOf; repair: take it out of the " +
    "file, or renew it with its owner and write a later day";

  test.each<[what: string, edit: Edit, path: string]>([
    ["the network", withFlow({ from: "access", to: "vault", until: past }), "network.flows[id=extra].until"],
    ["a pool", { "pools.tecnica.flows.plotters.until": "2026-11-23" }, "pools[name=tecnica].flows[id=plotters].until"],
    [
      "an application",
      { "applications.registry.flows.portal.until": "2026-11-23" },
      "applications[id=registry].flows[id=portal].until",
    ],
    [
      "an emergency that is not active",
      { "emergency.flows.sessions-over-udp.until": "2026-11-23" },
      "emergency.flows[id=sessions-over-udp].until",
    ],
  ])("refuses a flow of %s that is past its last day", (_, edit, path) => {
    expect(milanWith(edit)).toEqual([`${path}: ${texts}`]);
  });

  test("refuses a block that is past its last day", () => {
    expect(milanWith(withBlocks({ from: "plotters", to: "shared", until: past }))).toEqual([
      `network.blocks[id=extra].until: ${texts}`,
    ]);
  });

  test("lets a flow be open on its last day, and asks the file for today's, not a clock", () => {
    expect(milanWith(withFlow({ from: "access", to: "vault", until: "2026-11-24" }))).toEqual([]);
    expect(milanWith({ asOf: "2026-11-11" })).toEqual([]);
    expect(milanBreaking("flow-end", { asOf: "2027-04-01" })).toEqual([
      expect.stringContaining("network.flows[id=control-room-to-web].until: 2027-03-31 is before 2027-04-01"),
    ]);
  });
});

describe("flow-id-once", () => {
  const allowed =
    "allowed: each flow and block has an id of its own, before which an application, a pool or the emergency puts its " +
    "name; none is management-path";

  test("refuses a flow's id that another flow or a block has, at the second place", () => {
    const again = "there already; ";
    expect(milanWith(withFlow({ id: "monitoring", from: "access", to: "vault" }))).toEqual([
      `network.flows[id=monitoring].id: the id "monitoring" is ${again}${allowed}; repair: give one of the two another id`,
    ]);
    expect(milanWith(withBlocks({ id: "monitoring", from: "plotters", to: "shared" }))).toEqual([
      expect.stringContaining(`network.blocks[id=monitoring].id: the id "monitoring" is ${again}`),
    ]);
  });

  test("refuses two flows of one pool, and a pool's that is an application's too", () => {
    const twice = controlRoom(accounted({ to: "vault" }), accounted({ to: "directory" }));
    expect(milanWith(twice)).toEqual([
      expect.stringContaining('pools[name=sala-operativa].flows[id=extra].id: the id "sala-operativa.extra" is there'),
    ]);
    const renamed: Edit[] = [
      { "applications.registry.id": "tecnica" },
      { "pools.anagrafe.applications": ["tecnica", "videoconference"] },
      { "pools.tecnica.flows.plotters.id": "portal" },
    ];
    expect(milanWith(...renamed)).toEqual([
      expect.stringContaining('pools[name=tecnica].flows[id=portal].id: the id "tecnica.portal" is there already'),
    ]);
  });

  test("refuses the management path's own", () => {
    expect(milanWith(withFlow({ id: "management-path", from: "access", to: "vault" }))).toEqual([
      `network.flows[id=management-path].id: "management-path" is the id of network.management; ${allowed}; repair: give ` +
        "it another id",
    ]);
  });

  test("lets flows of two pools, applications or the emergency have the same id", () => {
    const same = controlRoom(accounted({ id: "plotters", to: "plotters", ports: "[tcp/9100]" }));
    const emergency: Edit = { "emergency.flows.sessions-over-udp.id": "people-to-access" };
    expect(milanWith(same, emergency)).toEqual([]);
  });
});

describe("flow-ports", () => {
  const rest =
    "allowed: a port is from 1 to 65535, and a range is written from its first to its last; repair: correct the port";
  const toOutside = { from: "access", to: "internet" };

  test.each([
    ["tcp/70000", "the port 70000 is not from 1 to 65535"],
    ["tcp/65536", "the port 65536 is not from 1 to 65535"],
    ["udp/0", "the port 0 is not from 1 to 65535"],
    ["tcp/0-10", "the port 0 is not from 1 to 65535"],
    ["tcp/10-65536", "the port 65536 is not from 1 to 65535"],
    ["tcp/444-443", "444 is greater than 443"],
  ])("refuses %s", (port, message) => {
    expect(milanWith(withFlow({ ...toOutside, ports: `[tcp/22, ${port}]` }))).toEqual([
      `network.flows[id=extra].ports[1]: ${message}; ${rest}`,
    ]);
  });

  test.each<[where: string, edit: Edit, path: string]>([
    [
      "a service",
      { "network.services.vault.ports": ["tcp/8200", "tcp/70000"] },
      "network.services[name=vault].ports[1]",
    ],
    ["the management path", { "network.management.ports": ["tcp/22", "tcp/70000"] }, "network.management.ports[1]"],
    [
      "a block",
      withBlocks({ from: "plotters", to: "shared", ports: "[tcp/70000]" }),
      "network.blocks[id=extra].ports[0]",
    ],
    ["an expectation", withExpectation("mustReach", "access", "vault", "tcp/70000"), "network.mustReach[0].port"],
    [
      "a pool's flow",
      { "pools.tecnica.flows.plotters.ports": ["tcp/70000", "tcp/515"] },
      "pools[name=tecnica].flows[id=plotters].ports[0]",
    ],
  ])("looks at the ports of %s", (_, edit, path) => {
    expect(milanWith(edit)).toEqual([`${path}: the port 70000 is not from 1 to 65535; ${rest}`]);
  });

  test.each(["tcp/1", "tcp/65535", "udp/1-65535", "tcp/443-443", "tcp/any", "udp/any", "icmp"])(
    "accepts %s",
    (port) => {
      expect(milanWith(withFlow({ ...toOutside, ports: `[${port}]` }))).toEqual([]);
    },
  );
});

describe("flow-service-ports", () => {
  const explanation =
    "a flow to a service opens ports that the service offers, by default all of them; any other flow says its ports";

  test("refuses a flow without ports to what offers none", () => {
    expect(milanWith(withFlow({ from: "access", to: "shared" }))).toEqual([
      `network.flows[id=extra]: it says no ports, and "shared" is no service; allowed: ${explanation}; repair: add ports`,
    ]);
  });

  test("refuses a port that the service does not offer, and says which it does", () => {
    expect(milanWith(withFlow({ from: "access", to: "access-gateways", ports: "[tcp/443, tcp/440-443]" }))).toEqual([
      'network.flows[id=extra].ports[1]: "tcp/440-443" is not offered by the service "access-gateways"; allowed: ' +
        '"tcp/443" or "udp/443"; repair: correct it, or add it to the service',
    ]);
  });

  test("accepts some of the service's ports, a part of its ranges and none", () => {
    expect(milanWith(withFlow({ from: "access", to: "directory", ports: "[tcp/53, tcp/49160-49170]" }))).toEqual([]);
    expect(milanWith(withFlow({ from: "access", to: "directory" }))).toEqual([]);
  });

  test("asks a flow of a pool too, but no block and no expectation", () => {
    expect(milanWith(controlRoom(accounted({ to: "internet" })))).toEqual([
      expect.stringContaining("pools[name=sala-operativa].flows[id=extra]: it says no ports"),
    ]);
    const block = withBlocks({ from: "plotters", to: "vault", ports: "[tcp/22]" });
    expect(milanWith(block, withExpectation("mustNotReach", "plotters", "vault", "tcp/22"))).toEqual([]);
  });
});
