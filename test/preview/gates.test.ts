import { describe, expect, test } from "@jest/globals";
import { count } from "../../environments/display";
import type { DeployedCity } from "../../environments/model/city";
import type { Gate, Waiver } from "../../environments/model/gates";
import { headline } from "../../preview/headline";
import { markdown } from "../../preview/markdown";
import { previewReport } from "../../preview/report";
import type { PlanResult } from "../../preview/stack-preview";
import { deployedSample } from "../fixtures/deployed";
import { planOf } from "../fixtures/terraform-plan";
import type { PlanEntry } from "../fixtures/terraform-plan";
import { ciOf } from "../fixtures/optional-parts";

type Gates = DeployedCity["review"]["gates"];

const SEATS = "sample-desktops-anagrafe-01";
const RESTARTED = { actions: ["update"], before: { memory: 4 }, after: { memory: 2 } };
const REPLACED = { actions: ["delete", "create"], replacedFor: ["clone"] };
const ONE = [{ key: "sa-ana-0001", ...RESTARTED }];

function cityWith(gates: Gates, waivers: readonly Waiver[] = []): DeployedCity {
  return { ...deployedSample(), review: { gates, waivers: [...waivers] } };
}

function waiver(gate: Gate, scope: string, until = "2026-12-31"): Waiver {
  return { gate, scope, reason: "A new office", owner: "M. Rossi", until };
}

function asked(
  wanted: DeployedCity,
  entries: readonly PlanEntry[],
  base?: DeployedCity,
  drift: readonly PlanEntry[] = [],
) {
  const results: PlanResult[] = [{ stack: SEATS, plan: planOf(entries, {}, drift) }];
  const placeOf = (path: readonly (string | number)[]) => ({ file: path.join("."), line: 7, column: 1 });
  return previewReport({ wanted, base, placeOf }, results);
}

/** A city of which a seat is held, in which the databases are in reach, and of which a team is gone. */
function changed(gates: Gates, waivers: readonly Waiver[] = []): DeployedCity {
  const city = cityWith(gates, waivers);
  const { network } = city;
  const flow = { id: "records", from: "desktops", to: "databases", ports: ["tcp/5432"], purpose: "Records" };
  const flows = [
    ...network.flows,
    { ...flow, owner: "dati", ticket: "T-1" } as DeployedCity["network"]["flows"][number],
  ];
  return { ...city, network: { ...network, flows } };
}

const SHARDS = ["sample-desktops-anagrafe-01", "sample-desktops-anagrafe-02"];

/** Both shards of a pool and the network lose something. */
function acrossShards(waivers: readonly Waiver[]) {
  const gone: readonly PlanEntry[] = [{ type: "vsphere_folder", actions: ["delete"] }];
  const results = [...SHARDS, "sample-network"].map((stack) => ({ stack, plan: planOf(gone, {}, gone) }));
  const placeOf = () => ({ file: "sample.yaml", line: 7, column: 1 });
  const wanted = cityWith({ destroyed: true, drift: true }, waivers);
  const { closed, waived } = previewReport({ wanted, base: undefined, placeOf }, results).gates;
  const shown = (all: typeof closed): string[] => all.map(({ gate, scope, text }) => `${gate} ${scope}: ${text}`);
  return { closed: shown(closed), waived: shown(waived) };
}

describe("a gate that closes for several shards of a pool", () => {
  const destroyed = (many: number): string =>
    `${count(many, "resource")} destroyed, or made anew in the place of another`;

  test("is one finding with a count, and one waiver of the pool opens it", () => {
    const open = [
      `destroyed sample-network: ${destroyed(1)}`,
      `destroyed anagrafe: ${destroyed(2)}, in 2 stacks`,
      "drift sample-network: 1 resource changed outside Terraform",
      "drift anagrafe: 2 resources changed outside Terraform, in 2 stacks",
    ];
    expect(acrossShards([])).toEqual({ closed: open, waived: [] });
    const [network, pool, ...drift] = open;
    expect(acrossShards([waiver("destroyed", "anagrafe")])).toEqual({ closed: [network, ...drift], waived: [pool] });
  });

  test("keeps a shard with a waiver of its own by itself, and of the rest what is left", () => {
    const [first = "", second = ""] = SHARDS;
    const { closed, waived } = acrossShards([
      waiver("destroyed", first),
      waiver("drift", first),
      waiver("drift", second),
    ]);
    expect(closed.slice(0, 2)).toEqual([
      `destroyed sample-network: ${destroyed(1)}`,
      `destroyed ${second}: ${destroyed(1)}`,
    ]);
    expect(closed).toHaveLength(3);
    expect(waived).toHaveLength(3);
  });
});

describe("a gate", () => {
  test.each<[string, Gates, readonly PlanEntry[], string, string]>([
    [
      "of seats that restart, by number",
      { restarted: { seats: 0 } },
      ONE,
      "anagrafe",
      "1 seat restarted, 25 percent; allowed: 0 seats",
    ],
    ["of seats that restart, by share", { restarted: { percent: 20 } }, ONE, "anagrafe", "allowed: 20 percent"],
    [
      "of seats that are replaced",
      { replaced: { seats: 0, percent: 50 } },
      [{ key: "sa-ana-0001", ...REPLACED }],
      "anagrafe",
      "allowed: 0 seats and 50 percent",
    ],
    [
      "of what is destroyed",
      { destroyed: true },
      [{ type: "vsphere_folder", actions: ["delete"] }],
      SEATS,
      "1 resource destroyed",
    ],
    [
      "of what is destroyed, where it is given up and stays",
      { destroyed: true },
      [{ key: "sa-ana-0001", actions: ["forget"] }],
      SEATS,
      "1 resource left behind: still there, and managed by nobody",
    ],
    [
      "of what is destroyed, where another is made beside it",
      { destroyed: true },
      [{ type: "vsphere_folder", actions: ["create", "forget"] }],
      SEATS,
      "1 resource left behind",
    ],
    [
      "of seats that are replaced, where the old machine is given up",
      { replaced: { seats: 0 } },
      [{ key: "sa-ana-0001", actions: ["create", "forget"] }],
      "anagrafe",
      "1 seat replaced",
    ],
  ])("%s is closed by more than that, and opened by its waiver", (_, gates, entries, scope, text) => {
    const [gate = "restarted"] = Object.keys(gates) as Gate[];
    const stopped = asked(cityWith(gates), entries);
    expect(stopped.gates.closed).toEqual([
      expect.objectContaining({ gate, scope, text: expect.stringContaining(text), line: 7 }),
    ]);
    expect(stopped.result).toBe("stopped");
    const waived = asked(cityWith(gates, [waiver(gate, scope)]), entries);
    expect(waived).toMatchObject({
      result: "changes",
      gates: { closed: [], waived: [{ scope, waiver: { owner: "M. Rossi" } }] },
    });
    expect(asked(cityWith(gates, [waiver(gate, "another")]), entries).result).toBe("stopped");
  });

  test.each<[string, Gates]>([
    ["of seats that restart", { restarted: { seats: 1, percent: 25 } }],
    ["of seats that are replaced", { replaced: { seats: 0 } }],
    ["of what is destroyed", { destroyed: true }],
    ["that is not there", {}],
  ])("%s stays open for what it allows", (_, gates) => {
    expect(asked(cityWith(gates), ONE)).toMatchObject({ result: "changes", gates: { closed: [] } });
  });

  test("of drift is closed by what was changed outside Terraform, and opened by its waiver", () => {
    const gone = [{ type: "vsphere_folder", actions: ["delete"] }];
    const city = cityWith({ drift: true });
    expect(asked(city, ONE, undefined, gone).gates.closed).toMatchObject([
      { gate: "drift", scope: SEATS, text: "1 resource changed outside Terraform", file: "review.gates.drift" },
    ]);
    expect(asked(city, ONE).gates.closed).toEqual([]);
    expect(asked(cityWith({}), ONE, undefined, gone).gates.closed).toEqual([]);
    expect(asked(cityWith({ drift: true }, [waiver("drift", SEATS)]), ONE, undefined, gone).result).toBe("changes");
  });

  test("of seats that somebody has is closed by one of them, and by no other", () => {
    const assignment = { seat: "sa-ana-0001", staff: "100001", directorate: "anagrafe", from: "2026-01-01", line: 2 };
    const held = { ...cityWith({ assignedReplaced: true }), assignments: [assignment] };
    const replaced = [{ key: "sa-ana-0001", ...REPLACED }];
    expect(asked(held, replaced).gates.closed).toMatchObject([
      { gate: "assignedReplaced", scope: "anagrafe", file: "pools.0" },
    ]);
    expect(JSON.stringify(asked(held, replaced))).not.toContain("100001");
    expect(asked(held, [{ key: "sa-ana-0003", ...REPLACED }]).gates.closed).toEqual([]);
    const waived = {
      ...held,
      review: cityWith({ assignedReplaced: true }, [waiver("assignedReplaced", "anagrafe")]).review,
    };
    expect(asked(waived, replaced)).toMatchObject({ result: "changes", gates: { waived: [{ scope: "anagrafe" }] } });
  });
});

describe("a gate that compares two versions of the file", () => {
  test("is closed by what opens into the zone data, at the flow's line", () => {
    const gates = { dataZone: true } as const;
    const [finding] = asked(changed(gates), [], cityWith(gates)).gates.closed;
    expect(finding).toMatchObject({
      scope: "desktops -> databases",
      text: "tcp/5432 opened into the zone data, by records",
    });
    expect(finding?.file).toMatch(/^network\.flows\.\d+$/);
    expect(asked(cityWith(gates), [], changed(gates)).gates.closed).toEqual([]);
    const waivers = [waiver("dataZone", "desktops -> databases")];
    expect(asked(changed(gates, waivers), [], cityWith(gates, waivers)).gates.closed).toEqual([]);
  });

  test("is closed by whoever may do more in Vault, and not by whoever may do less", () => {
    const [, ...pools] = deployedSample().pools;
    const [less, more] = [{ ...cityWith({ privilege: true }), pools }, cityWith({ privilege: true })];
    const gaining = ["ci:apply", "ci:first-secrets", "pool:anagrafe"];
    expect(asked(more, [], less).gates.closed.map(({ scope }) => scope)).toEqual(gaining);
    expect(asked(less, [], more).gates.closed).toEqual([]);
    const waivers = gaining.map((scope) => waiver("privilege", scope));
    const agreed = cityWith({ privilege: true }, waivers);
    const { closed, waived } = asked(agreed, [], { ...agreed, pools }).gates;
    expect({ closed, waived: waived.length }).toEqual({ closed: [], waived: gaining.length });
  });

  test("is closed by others who log in, as another group or another branch", () => {
    const city = cityWith({ privilege: true });
    const ci = ciOf(city);
    const other = { ...city, secrets: { ...city.secrets, ci: { ...ci, branch: "anything" } } };
    const report = asked(other, [], city);
    expect(report.file?.access).toEqual([]);
    expect(report.gates.closed).toMatchObject([
      { gate: "destinations", scope: "secrets.ci.branch -> anything", text: "anything in the place of main" },
      {
        scope: "ci:apply, ci:first-secrets, ci:secrets",
        text: expect.stringContaining("the branch anything of infra/"),
      },
    ]);
    const people = (group: string): DeployedCity => ({
      ...city,
      secrets: { ...city.secrets, people: { loginMinutes: 60, teams: [{ name: "help-desk", group, access: [] }] } },
    });
    const [finding] = asked(people("Domain Users"), [], people("vdi-helpdesk")).gates.closed;
    expect(finding).toMatchObject({ scope: "team:help-desk", text: "others log in: group Domain Users, 60 minutes" });
    expect(markdown(asked(people("Domain Users"), [], people("vdi-helpdesk")), "C")).toContain(
      "| `group vdi-helpdesk, 60 minutes` |",
    );
  });

  test("is closed by too little that stays free, of what the change touches", () => {
    const sized = (seats: number, gates: Gates, waivers: readonly Waiver[] = []): DeployedCity => {
      const city = cityWith(gates, waivers);
      const clusters = city.platform.clusters.map((cluster) => ({ ...cluster, hostCores: 8, hostMemoryGib: 64 }));
      const pools = city.pools.map((pool) => (pool.name === "sala" ? { ...pool, seats } : pool));
      return { ...city, platform: { ...city.platform, clusters }, pools };
    };
    const gates = { capacityPercent: 100 };
    const closed = asked(sized(3, gates), [], sized(2, gates)).gates.closed;
    expect(closed.map(({ scope }) => scope)).toEqual(expect.arrayContaining(["vdi-a cpus", "vdi-a memoryGib"]));
    const waivers = closed.map(({ scope }) => waiver("capacityPercent", scope));
    expect(asked(sized(3, gates, waivers), [], sized(2, gates, waivers)).gates).toMatchObject({
      closed: [],
      waived: closed,
    });
    expect(asked(sized(2, gates), [], sized(2, gates)).gates.closed).toEqual([]);
    expect(asked(sized(3, { capacityPercent: 0 }), [], sized(2, { capacityPercent: 0 })).gates.closed).toEqual([]);
  });

  test("is said not to be looked at where there is nothing to compare with", () => {
    const report = asked(cityWith({ dataZone: true, privilege: true }), ONE);
    expect(report.gates.unchecked).toEqual(["review", "destinations", "dataZone", "privilege"]);
    expect(markdown(report, "Campione")).toContain(
      "Not looked at, for want of a version to compare with: `review`, `destinations`, `dataZone`, `privilege`.",
    );
  });
});

describe("a waiver", () => {
  test("lapses by itself on the day after its last, by the file's own day", () => {
    const gates = { restarted: { seats: 0 } };
    const [last, over] = ["2026-11-24", "2026-11-23"].map((day) =>
      asked(cityWith(gates, [waiver("restarted", "anagrafe", day)]), ONE),
    );
    expect(last?.gates).toMatchObject({ closed: [], waived: [{ gate: "restarted" }], lapsed: [] });
    expect(over?.gates).toMatchObject({
      closed: [{ gate: "restarted" }],
      waived: [],
      lapsed: [{ until: "2026-11-23" }],
    });
  });

  test("is shown with its reason, its owner and its end, and a lapsed one too", () => {
    const gates = { restarted: { seats: 0 } };
    const shown = markdown(
      asked(cityWith(gates, [waiver("restarted", "anagrafe"), waiver("restarted", "sala", "2026-01-31")]), ONE),
      "Campione",
    );
    expect(shown).toContain("A new office, M. Rossi, until 2026-12-31");
    expect(shown).toContain("Lapsed on 2026-01-31: the waiver of `restarted` for `sala`, M. Rossi.");
    expect(shown).not.toContain("**Stopped.**");
  });

  test("of a failed preview changes nothing: it is failed, and says what is closed", () => {
    const wanted = cityWith({ restarted: { seats: 0 } });
    const results = [
      { stack: SEATS, plan: planOf(ONE) },
      { stack: "sample-network", failure: "unreachable" },
    ];
    const report = previewReport(
      { wanted, base: undefined, placeOf: () => ({ file: "f", line: 1, column: 1 }) },
      results,
    );
    expect(report.result).toBe("failed");
    expect(headline(report)).toBe("1 gate closed; 1 stack could not be planned; 1 seat restarted");
  });
});
