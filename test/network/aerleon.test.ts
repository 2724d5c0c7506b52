import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { loadCities } from "../../environments/load";
import { networkPlan } from "../../environments/network/network-plan";
import { installAerleon } from "../../lab/tools/aerleon";
import { ANY_ADDRESS } from "../../segmentation/address";
import type { Family } from "../../segmentation/address";
import { MANAGEMENT_PATH } from "../../segmentation/plan";
import type { NetworkPlan } from "../../segmentation/plan";
import { portSet } from "../../segmentation/ports";
import { aerleon } from "../../segmentation/render/aerleon";
import { aerleonFiles } from "../fixtures/aerleon-files";
import { asaEntries } from "../fixtures/asa-reader";
import { BOTH, disagreement } from "../fixtures/first-match";
import type { ListEntry } from "../fixtures/first-match";
import { panosRules } from "../fixtures/panos-reader";
import { srxPolicies } from "../fixtures/srx-reader";

/** What the real Aerleon makes of both cities' policies, without a warning. */
const ROOT = join(__dirname, "../..");
const FILES = {
  milan: join(ROOT, "environments/milan.yaml"),
  catania: join(ROOT, "environments/catania.yaml"),
  piccola: join(ROOT, "test/fixtures/gateway.yaml"),
} as const;
/** How each target's language is read back, and the IP versions that it has. */
const READERS: readonly { file: string; read: (text: string) => ListEntry[]; families: readonly Family[] }[] = [
  { file: "firewall.srx", read: srxPolicies, families: BOTH },
  { file: "firewall.xml", read: panosRules, families: BOTH },
  { file: "asa.asa", read: asaEntries, families: [4] },
];
const made = new Map<string, { plan: NetworkPlan; files: Map<string, string> }>();

beforeAll(async () => {
  await installAerleon({ signal: undefined, say: () => undefined });
  for (const [id, file] of Object.entries(FILES)) made.set(id, await generated(file));
}, 5 * 60_000);

afterAll(() => {
  made.clear();
});

async function generated(file: string): Promise<{ plan: NetworkPlan; files: Map<string, string> }> {
  const [city] = loadCities([file]);
  if (city === undefined) throw new Error(`no city in ${file}`);
  const plan = networkPlan(city);
  return { plan, files: await aerleonFiles(aerleon(city.city.name, plan)) };
}

function output(city: string, file: string): string {
  const text = made.get(city)?.files.get(file);
  if (text === undefined) throw new Error(`Aerleon made no ${file} of ${city}`);
  return text;
}

/** The names of an SRX configuration's policies, in its order. */
function policyNames(srx: string): string[] {
  return [...srx.matchAll(/^\s+policy (\S+) \{$/gm)].map(([, name = ""]) => name);
}

describe("Aerleon", () => {
  test.each(Object.keys(FILES))("makes every target of %s, IPv6 with IPv4 where a firewall holds both", (id) => {
    expect([...(made.get(id)?.files.keys() ?? [])].sort()).toEqual(["asa.asa", "firewall.srx", "firewall.xml"]);
  });

  test.each(Object.keys(FILES).flatMap((id) => READERS.map((reader) => ({ id, ...reader }))))(
    "opens in $id just what the analysis says, packet by packet: $file",
    ({ id, file, read, families }) => {
      const { plan } = made.get(id) ?? {};
      if (plan === undefined) throw new Error(`${id} was not generated`);
      const entries = read(output(id, file));
      expect(disagreement(plan, entries, families)).toEqual({ tooMuch: undefined, tooLittle: undefined });
      // The comparison sees an opening that is gone, and one that comes before the block that should close it.
      const flow = entries.findIndex(({ permits }) => permits);
      expect(disagreement(plan, entries.toSpliced(flow, 1), families).tooLittle).toBeDefined();
      const open = { ...entries[flow], name: "open", from: ANY_ADDRESS, to: ANY_ADDRESS } as ListEntry;
      expect(disagreement(plan, [open, ...entries], families).tooMuch).toBeDefined();
    },
  );

  test.each(Object.keys(FILES))("has in %s every policy of the SRX and every rule of PAN-OS by the same name", (id) => {
    const names = policyNames(output(id, "firewall.srx"));
    expect(srxPolicies(output(id, "firewall.srx")).map(({ name }) => name)).toEqual(names);
    expect(panosRules(output(id, "firewall.xml")).map(({ name }) => name)).toEqual(names);
  });

  test("takes a rule with the longest id: Aerleon makes longer names of a term's", async () => {
    const plan = made.get("catania")?.plan;
    const [flow] = plan?.openings ?? [];
    if (plan === undefined || flow === undefined) throw new Error("catania was not generated");
    const ids = ["a", "b"].map((end) => `${"x".repeat(40)}.${"y".repeat(39)}${end}`);
    // Ports that no other rule has: Aerleon would take the other's service.
    const added = ids.map((id) => ({ ...flow, id, ports: portSet(["tcp/4711"]) }));
    const files = await aerleonFiles(aerleon("Catania", { ...plan, openings: [...plan.openings, ...added] }));
    const names = policyNames(files.get("firewall.srx") ?? "");
    expect(names.filter((name) => name.startsWith("flow-xxxx"))).toHaveLength(2);
    expect(new Set(names).size).toBe(names.length);
    expect(files.get("firewall.xml")).toContain("flow-xxxx");
  });

  test.each(["milan", "catania", "piccola"])(
    "has in %s the management path first, blocks before flows, the end last",
    (id) => {
      const plan = made.get(id)?.plan;
      const names = policyNames(output(id, "firewall.srx"));
      const rank = (name: string): number => {
        if (name.startsWith(`flow-${MANAGEMENT_PATH}-`)) return 0;
        if (name.startsWith("block-")) return 1;
        return name === "default-deny" ? 3 : 2;
      };
      expect(names).toEqual([...names].sort((a, b) => rank(a) - rank(b)));
      expect(names.at(-1)).toBe("default-deny");
      const rules = [...(plan?.openings ?? []).filter(({ active }) => active), ...(plan?.blocks ?? [])];
      for (const { id: rule } of rules) expect(names.some((name) => name.includes(`-${rule}-`))).toBe(true);
    },
  );

  test("opens just the addresses and ports of a flow", () => {
    const asa = output("catania", "asa.asa");
    const lines = asa.split("\n").filter((line) => line.includes("host 10.86.90.10"));
    expect(lines).toEqual([
      "access-list postazioni extended permit tcp host 10.87.100.40 host 10.86.90.10 eq 1433 log",
    ]);
    expect(asa.trimEnd().endsWith("access-list postazioni extended deny ip any any log")).toBe(true);
  });

  test("never opens a rule to everybody: only blocks and the end have a side without addresses", () => {
    for (const id of ["milan", "catania", "piccola"]) {
      const permits = output(id, "asa.asa")
        .split("\n")
        .filter((line) => line.includes(" permit "));
      expect(permits.length).toBeGreaterThan(5);
      expect(permits.filter((line) => / any(?: |$)/.test(line))).toEqual([]);
    }
  });

  test("closes what a block closes, on all ports, before what a flow opens", () => {
    const asa = output("piccola", "asa.asa").split("\n");
    const quarantine = asa.findIndex((line) => line.includes("deny ip 10.77.3.0 255.255.255.128 any"));
    const web = asa.findIndex((line) => line.includes("remark flow-web-tcp"));
    expect(quarantine).toBeGreaterThan(0);
    expect(web).toBeGreaterThan(quarantine);
  });

  test.each(Object.keys(FILES))(
    "says in %s of every rule which ticket approved it and until when, on an ASA too",
    (id) => {
      const { openings = [], blocks = [] } = made.get(id)?.plan ?? {};
      const asa = output(id, "asa.asa");
      // Aerleon cuts a remark off after 100 characters.
      for (const { accountability } of [...openings.filter(({ active }) => active), ...blocks]) {
        if (accountability === undefined) continue;
        expect(asa).toContain(` remark until ${accountability.until}, ${accountability.ticket}, `);
      }
    },
  );

  test("has nothing of an emergency that is not active", () => {
    expect(output("catania", "firewall.srx")).not.toContain("emergency");
  });
});
