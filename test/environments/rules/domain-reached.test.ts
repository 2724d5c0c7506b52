import { describe, expect, test } from "@jest/globals";
import { loadPaths, lines, milanBreaking, milanWith, MILAN } from "../../fixtures/city-files";
import type { Edit } from "../../fixtures/city-edits";
import { withBlocks, withFlow } from "../../fixtures/statements";
import { join } from "node:path";

const RULE = "domain-reached";
const PORTS = "network.services.directory.ports";
const ALL =
  "tcp/53, tcp/88, tcp/135, tcp/389, tcp/445, tcp/464, tcp/636, tcp/3268-3269, tcp/49152-65535, udp/53, udp/88, " +
  "udp/123, udp/389, udp/464, icmp";
const SHIPPED = join(__dirname, "../../../environments");

/** The ports that the shipped cities opened before there were presets. */
const FORMER: Edit = {
  [PORTS]: [
    ...["tcp/53", "udp/53", "tcp/88", "udp/88", "udp/123", "tcp/389", "tcp/445"],
    ...["tcp/464", "udp/464", "tcp/636", "tcp/49152-49407"],
  ],
};

describe("a pool that joins a domain", () => {
  test("reaches its domain controllers in both shipped cities", () => {
    const { violations } = loadPaths([join(SHIPPED, "milan.yaml"), join(SHIPPED, "catania.yaml")]);
    expect(violations).toEqual([]);
  });

  test("is refused with the ports that are missing, the reason, and the flow to write", () => {
    const found = milanBreaking(RULE, FORMER);
    expect(found).toHaveLength(6);
    expect(found[0]).toBe(
      'pools[name=anagrafe]: it joins the domain by the account "join-anagrafe", and no flow opens tcp/135, tcp/3268-3269, ' +
        'udp/389, icmp from "desktops-anagrafe" to "directory"; allowed: a flow opens every port of the preset ' +
        "active-directory from the segment of a pool that joins a domain to secrets.directory.domainControllers; of RPC's a " +
        'part does; repair: write active-directory in the ports of "directory"',
    );
  });

  test("is told the flow to write where none leads there", () => {
    const found = milanBreaking(RULE, { "network.flows.desktops-to-directory": undefined });
    expect(found[0]).toMatch(
      /; repair: write \{ id: anagrafe-to-domain, from: desktops-anagrafe, to: directory, ports: \[active-directory\], owner: \.\.\., purpose: \.\.\., ticket: \.\.\., until: \.\.\. \} in network\.flows$/,
    );
  });

  test("is told the flow whose own ports lack some", () => {
    const without: Edit = { "network.flows.desktops-to-directory.+ports": ["tcp/88"] };
    expect(milanBreaking(RULE, without)[0]).toMatch(
      /repair: write active-directory in those of the flow "desktops-to-directory"$/,
    );
  });

  test("may have a narrower range of RPC's, of a hundred ports at least", () => {
    const narrowed = (rpc: string): Edit => ({
      [PORTS]: [
        "tcp/53",
        "udp/53",
        "tcp/88",
        "udp/88",
        "udp/123",
        "tcp/135",
        "tcp/389",
        "udp/389",
        "tcp/445",
        "tcp/464",
        "udp/464",
        "tcp/636",
        "tcp/3268-3269",
        "icmp",
        rpc,
      ],
    });
    expect(milanBreaking(RULE, narrowed("tcp/49152-49251"))).toEqual([]);
    expect(milanBreaking(RULE, narrowed("tcp/49152-49250"))[0]).toContain("no flow opens tcp/49251-65535 from");
  });

  test("is accepted once that flow is written", () => {
    const without: Edit = { "network.flows.desktops-to-directory.+ports": ["tcp/88"] };
    expect(milanBreaking(RULE, without)).toHaveLength(6);
    const flow = withFlow({ from: "zone:desktops", to: "directory", ports: "[active-directory]" });
    expect(milanBreaking(RULE, without, flow)).toEqual([]);
  });

  test("is refused in the line of the pool", () => {
    const text = MILAN.replace("[active-directory]", "[tcp/88]");
    const line = text.split("\n").findIndex((one) => one.includes("name: anagrafe")) + 1;
    expect(lines(text).join("\n")).toContain(`city.yaml:${String(line)}:5: pools[name=anagrafe]: it joins the domain`);
  });

  test("may be quarantined: a block is a decision of its own", () => {
    expect(milanBreaking(RULE, withBlocks({ from: "desktops-tecnica", to: "any", ports: "[any]" }))).toEqual([]);
  });

  test("is refused where one of the domain controllers alone is out of its reach", () => {
    const other: Edit = { "network.services.directory.+addresses": "10.21.100.12" };
    expect(() => milanBreaking(RULE, other)).toThrow();
    const outside: Edit[] = [
      { "network.outside.+": { name: "dcs", ranges: ["10.20.8.0/30"] } },
      { "secrets.directory.domainControllers": "dcs" },
    ];
    expect(milanBreaking(RULE, ...outside)).toHaveLength(6);
    expect(milanBreaking(RULE, ...outside)[0]).toContain(`no flow opens ${ALL} from "desktops-anagrafe" to "dcs"`);
    const flow = withFlow({ from: "zone:desktops", to: "dcs", ports: "[active-directory]" });
    expect(milanBreaking(RULE, ...outside, flow)).toEqual([]);
  });

  test("is refused where domain controllers have no address of its family", () => {
    const six: Edit = { "network.services.directory.addresses": ["fd21:6110:100::10"] };
    const found = milanBreaking(RULE, six);
    expect(found).toHaveLength(5);
    expect(found[0]).toContain('"desktops-anagrafe" and "directory" have no address of the same family; allowed: ');
  });

  test("is not asked about where it joins nothing, is decommissioned, or the directory is an OpenLDAP", () => {
    expect(milanBreaking(RULE, FORMER, { "secrets.accounts.rotated.join-tecnica.joins": [] })).toHaveLength(5);
    expect(milanBreaking(RULE, FORMER, { "pools.tecnica.+decommissioned": true })).toHaveLength(5);
    expect(milanBreaking(RULE, FORMER, { "secrets.directory.userDomain": undefined })).toEqual([]);
  });
});

describe("secrets.directory.domainControllers", () => {
  test("is asked for where pools join", () => {
    const without: Edit = { "secrets.directory.domainControllers": undefined };
    expect(milanBreaking(RULE, without)).toEqual([
      expect.stringMatching(
        /^secrets\.directory: desktops of 6 pools, such as "anagrafe", join "comune\.milano\.example", and nothing says where its domain controllers are; .*; repair: add domainControllers, the name of a service that offers the preset active-directory or of a network outside$/,
      ),
    ]);
  });

  test("names an end, and no zone", () => {
    const named = (name: string): string[] => milanBreaking(RULE, { "secrets.directory.domainControllers": name });
    expect(named("directori")).toEqual([expect.stringContaining('repair: write "directory"')]);
    expect(milanWith({ "secrets.directory.domainControllers": "zone:services" })).toEqual([
      expect.stringContaining('"zone:services" does not have the right form'),
    ]);
  });
});
