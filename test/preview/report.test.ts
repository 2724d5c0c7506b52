import { describe, expect, test } from "@jest/globals";
import type { DeployedCity } from "../../environments/model/city";
import { headline } from "../../preview/headline";
import { MOST_CHARACTERS } from "../../preview/fitted";
import { markdown, marker } from "../../preview/markdown";
import { page } from "../../preview/page/page";
import { previewReport } from "../../preview/report";
import type { PlanResult } from "../../preview/stack-preview";
import { UNKNOWN_ADDRESS } from "../../preview/upstream";
import { deployedSample } from "../fixtures/deployed";
import { planOf } from "../fixtures/terraform-plan";
import type { PlanEntry } from "../fixtures/terraform-plan";

const SEATS = "sample-desktops-anagrafe-01";
const REPLACED = { actions: ["delete", "create"], replacedFor: ["clone"] };
const PLACE = () => ({ file: "sample.yaml", line: 7, column: 1 });
const RESTARTED = { actions: ["update"], before: { memory: 4 }, after: { memory: 2 } };

function withHolder(seat: string, staff: string): DeployedCity {
  const assignment = { seat, staff, directorate: "anagrafe", from: "2026-01-01", line: 2 };
  return { ...deployedSample(), assignments: [assignment] };
}

function report(results: readonly PlanResult[], wanted = deployedSample(), base?: DeployedCity, people = false) {
  return previewReport({ wanted, base, people, placeOf: PLACE }, results);
}

function planned(stack: string, entries: readonly PlanEntry[]): PlanResult {
  return { stack, plan: planOf(entries) };
}

describe("a preview", () => {
  test("says of each pool what becomes of its seats, and how many people feel it", () => {
    const entries = [
      { key: "sa-ana-0001", ...REPLACED },
      { key: "sa-ana-0003", ...RESTARTED },
      { key: "sa-ana-0004", actions: ["create"] },
      { actions: ["update"], type: "vsphere_folder", before: { a: 1 }, after: { a: 2 } },
    ];
    const { pools, result } = report([planned(SEATS, entries)], withHolder("sa-ana-0001", "100001"));
    expect(result).toBe("changes");
    expect(pools).toMatchObject([
      {
        ...{ pool: "anagrafe", directorate: "anagrafe", people: 1 },
        counts: { added: 1, adopted: 0, changed: 0, restarted: 1, replaced: 1, removed: 0 },
      },
    ]);
    expect(pools[0]?.seats).toContainEqual(
      expect.objectContaining({ seat: "sa-ana-0001", effect: "replaced", attributes: ["clone"] }),
    );
  });

  test("does not take for a seat what is left over of its earlier machine, and says of one that is given up that it is left", () => {
    const entries = [
      { key: "sa-ana-0001", name: "machine", ...RESTARTED },
      { key: "sa-ana-0001", name: "machine", actions: ["delete"], deposed: "5f0e9a1c" },
      { key: "sa-ana-0003", actions: ["forget"] },
    ];
    const preview = report([planned(SEATS, entries)], withHolder("sa-ana-0003", "100001"));
    expect(preview.pools).toMatchObject([{ people: 1, counts: { restarted: 1, left: 1, removed: 0 } }]);
    expect(headline(preview)).toBe("1 seat left behind; 1 seat restarted; felt by 1 person; 1 other resource changed");
    const text = markdown(preview, "Campione");
    expect(text).toContain("left over by an interrupted replacement, 5f0e9a1c");
    expect(page(preview, { cityName: "Campione", diagram: null })).toContain("interrupted replacement, 5f0e9a1c");
  });

  test("says of a tainted machine that it is tainted, and not which of its attributes are not known yet", () => {
    const unknown = { id: true, moid: true, uuid: true };
    const tainted = { actions: ["delete", "create"], reason: "replace_because_tainted", unknown };
    const preview = report([planned(SEATS, [{ key: "sa-ana-0001", ...tainted }])]);
    const text = markdown(preview, "Campione");
    expect(text).toContain("| `sa-ana-0001` | replaced | tainted: making it broke off, or somebody marked it |");
    expect(text).not.toContain("moid");
    expect(page(preview, { cityName: "Campione", diagram: null })).not.toContain("moid");
  });

  test("tells a reason that Terraform does not have yet in its own word", () => {
    const preview = report([planned(SEATS, [{ key: "sa-ana-0001", actions: ["delete"], reason: "delete_by_moon" }])]);
    expect(markdown(preview, "Campione")).toMatch(/destroy \| delete\\_by\\_moon \|/);
  });

  test("tells who has a seat only where that is asked for", () => {
    const results = [planned(SEATS, [{ key: "sa-ana-0001", ...REPLACED }])];
    const city = withHolder("sa-ana-0001", "100001");
    expect(JSON.stringify(report(results, city))).not.toContain("100001");
    expect(markdown(report(results, city, undefined, true), "Campione")).toContain("`100001`");
  });

  test("leaves out what stands for something that is not known yet", () => {
    const plan = planOf([{ actions: ["create"], type: "terraform_data" }]);
    const resource_changes = plan.resource_changes.map((change) => ({ ...change, address: UNKNOWN_ADDRESS }));
    expect(report([{ stack: SEATS, plan: { ...plan, resource_changes } }])).toMatchObject({ result: "unchanged" });
  });

  test("is failed where one stack of many is, and shows the others all the same", () => {
    const failed = { stack: "sample-network", failure: "terraform plan: the login was refused" };
    const preview = report([failed, planned(SEATS, [{ key: "sa-ana-0004", actions: ["create"] }])]);
    expect(preview.result).toBe("failed");
    expect(headline(preview)).toBe("1 stack could not be planned; 1 seat added");
    expect(markdown(preview, "Campione")).toContain("| `sample-network` | `terraform plan: the login was refused` |");
  });

  test("of no stack is failed, never an empty green one", () => {
    expect(report([])).toMatchObject({ result: "failed" });
    expect(headline(report([]))).toBe("nothing was planned");
  });
});

describe("a preview against another version of the file", () => {
  test("says what is opened and closed, and by which flow", () => {
    const city = deployedSample();
    const { network } = city;
    const flow = { id: "to-databases", from: "desktops", to: "databases", ports: ["tcp/5432"], purpose: "Records" };
    const wanted = {
      ...city,
      network: { ...network, flows: [...network.flows, { ...flow, owner: "dati", ticket: "T-1" }] },
    };
    const opened = {
      from: "desktops",
      to: "databases",
      effect: "opened",
      ports: ["tcp/5432"],
      by: ["to-databases"],
      partial: false,
    };
    expect(report([], wanted as DeployedCity, city).file?.network.reachChanges).toEqual([opened]);
    expect(report([], city, wanted as DeployedCity).file?.network.reachChanges).toEqual([
      { ...opened, effect: "closed" },
    ]);
    expect(report([], wanted as DeployedCity, city).file?.network.rules).toMatchObject([
      { id: "to-databases", before: null },
    ]);
  });

  test("says who gains and loses what in Vault", () => {
    const [, second, ...others] = deployedSample().pools;
    if (second === undefined) throw new Error("the sample has one pool only");
    const access = report([], { ...deployedSample(), pools: [second, ...others] }, deployedSample()).file?.access ?? [];
    expect(access).toContainEqual({
      ...{ identity: "pool:anagrafe", path: "sample/kv/data/pools/anagrafe/any" },
      ...{ gained: [], lost: ["read"] },
    });
    expect(access.filter(({ identity }) => identity === "pool:sala")).toEqual([]);
  });

  test("says what machines take before and after", () => {
    const city = deployedSample();
    const pools = city.pools.map((pool) => (pool.name === "sala" ? { ...pool, seats: 3 } : pool));
    const capacity = report([], { ...city, pools }, city).file?.capacity ?? [];
    expect(capacity.map(({ unit }) => unit)).toEqual(expect.arrayContaining(["cpus", "memoryGib", "diskGib"]));
    for (const { before, after } of capacity) expect(after?.demanded).toBeGreaterThan(before?.demanded ?? Infinity);
  });

  test("that is the same says nothing", () => {
    expect(report([], deployedSample(), deployedSample()).file).toEqual({
      ...{
        destinations: [],
        network: { rules: [], reachChanges: [] },
        access: [],
        logins: [],
        capacity: [],
        images: [],
        cost: null,
      },
    });
  });
});

describe("as Markdown", () => {
  test("begins with its marker and the decision", () => {
    const [first, , third] = markdown(report([planned(SEATS, [])]), "Campione d'Italia").split("\n");
    expect([first, third]).toEqual([marker("sample"), "## Campione d'Italia: no changes"]);
  });

  test("shows names as they are, whatever they would do", () => {
    const key = "a`b|<img src=x onerror=alert(1)>\u001b[31m@everyone";
    const shown = markdown(report([planned(SEATS, [{ key, actions: ["create"] }])]), "*Milano*<script>");
    expect(shown).toContain("``a`b\\|<img src=x onerror=alert(1)>\\u{1b}[31m@everyone``");
    expect(shown).toContain("## \\*Milano\\*\\<script\\>: 1 seat added");
    expect(shown).not.toContain("\u001b");
  });

  test("has at most as many characters as a comment takes, whatever the plan's size, and says what it leaves out", () => {
    const stacks = Array.from({ length: 80 }, (_, stack) =>
      planned(
        `sample-desktops-anagrafe-${String(stack + 1).padStart(2, "0")}`,
        Array.from({ length: 190 }, (_, seat) => ({ key: `sa-ana-${String(seat)}`, ...REPLACED })),
      ),
    );
    const shown = markdown(report(stacks), "Campione");
    expect(shown.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(shown).toMatch(/^## Campione: 380 seats replaced; 14,820 other resources changed$/m);
    expect(shown).toMatch(/\d+ more sections would not fit here; the JSON has all\.\n$/);
  });

  test("has no more of them where everything failed, and counts what it leaves out", () => {
    const failed = Array.from({ length: 90 }, (_, stack) => ({
      stack: `sample-${String(stack)}`,
      failure: "x".repeat(2000),
    }));
    const shown = markdown(report(failed), "Campione");
    expect(shown.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(shown).toContain("40 more stacks; the JSON has all.");
  });
});

describe("a preview against another version of the file, of which no plan says everything,", () => {
  const city = deployedSample();
  const same = [planned("sample-network", [])];

  test("is a change where only the file's flows change, as in a city whose firewalls are its own", () => {
    const { network } = city;
    const flow = { id: "to-databases", from: "desktops", to: "databases", ports: ["tcp/5432"], purpose: "Records" };
    const flows = [...network.flows, { ...flow, owner: "dati", ticket: "T-1" }];
    const review = { gates: {}, waivers: [] };
    const preview = report(same, { ...city, review, network: { ...network, flows } } as DeployedCity, city);
    expect(preview.result).toBe("changes");
    expect(headline(preview)).toBe("1 way opened");
    expect(report(same, city, city).result).toBe("unchanged");
  });

  test("is a change where a stack tells others something else", () => {
    const plan = { ...planOf([]), output_changes: { segment: { actions: ["update"] }, other: { actions: ["no-op"] } } };
    const preview = report([{ stack: "sample-network", plan }]);
    expect(preview).toMatchObject({ result: "changes", stacks: [{ outputs: ["segment"] }] });
    expect(headline(preview)).toBe("1 output changed");
  });

  test("fails where the file no longer declares a stack with machines: no plan shows that they stay", () => {
    const [, ...pools] = city.pools;
    const preview = report(same, { ...city, pools }, city);
    expect(preview.result).toBe("failed");
    expect(preview.stacks.filter(({ failure }) => failure !== null)).toMatchObject([
      { stack: SEATS, failure: expect.stringContaining("2 seats would stay, and no plan shows them") },
      { stack: "sample-desktops-anagrafe-02" },
    ]);
    const decommissioned = { ...city, pools: city.pools.map((pool) => ({ ...pool, decommissioned: true })) };
    expect(report(same, { ...city, pools: [] }, decommissioned).stacks).toHaveLength(1);
  });
});
