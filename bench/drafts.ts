import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cityFile, originsOf } from "../draft/city-file";
import type { CityFile } from "../draft/city-file";
import { draftOf } from "../draft/draft";
import type { DraftNode } from "../draft/entry";
import { isOpen, siteOf } from "../draft/site";
import type { Choice } from "../draft/site";
import { loadCities } from "../environments/load";
import { savedInventory } from "../vcenter/saved-inventory";
import type { Inventory } from "../vcenter/inventory";
import { table } from "./table";
import { inTemporaryFolder } from "../runtime/temporary-folder";

const HEAD = [
  ...["machines", "to adopt", "values", "from the inventory", "assumed", "to be answered", "questions"],
  ...["share", "without what is adopted"],
];

/**
 * How much of a file is an inventory's: of the values that are neither its id nor its day, those that the inventory has. Recorded
 * vCenters, such as those of github.com/lamw/govc-recordings, are folders below that of POSTAZIONI_RECORDINGS.
 * @returns undefined where the variable is not set
 * @throws EnvironmentError where a drafted file breaks a rule
 */
export function benchDrafts(): string | undefined {
  const { POSTAZIONI_RECORDINGS: folder } = process.env;
  if (folder === undefined || folder === "") {
    console.error("drafts: not measured, as POSTAZIONI_RECORDINGS names no folder of recorded vCenters");
    return undefined;
  }
  const recordings = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith("."),
  );
  const rows = recordings.map(({ name }) => measured(savedInventory(join(folder, name))));
  return table([HEAD, ...rows.sort((a, b) => Number(a[0]) - Number(b[0]))]);
}

function measured(inventory: Inventory): (string | number)[] {
  const { file, adopted } = drafted(inventory);
  requireRight(file);
  const { found, assumed, asked } = file.origins;
  return [
    ...[inventory.machines.length, adopted, found + assumed + asked, found, assumed, asked, file.questions.length],
    ...[share(file.root), share(withoutAdopted(file.root))],
  ];
}

/** What is open is answered by all that there is. */
function drafted(inventory: Inventory): { readonly file: CityFile; readonly adopted: number } {
  let choice: Choice = {};
  for (;;) {
    const site = siteOf(inventory, choice);
    if (!isOpen(site)) {
      const said = { id: "draft", asOf: "2026-11-30", source: "a recording", taken: [], takenCodes: [] };
      const adopted = site.desktops.groups.reduce((sum, { machines }) => sum + machines.length, 0);
      return { file: cityFile(draftOf(site, said)), adopted };
    }
    const [first] = site.options;
    choice = site.of === "cluster" ? { ...choice, clusters: site.options } : { ...choice, [site.of]: first };
  }
}

function requireRight({ text }: CityFile): void {
  inTemporaryFolder("drafts-", (folder) => {
    const file = join(folder, "draft.yaml");
    writeFileSync(file, text);
    loadCities([file]);
  });
}

function share(node: DraftNode): string {
  const { found, assumed, asked } = originsOf(node);
  return `${String(Math.round((found / (found + assumed + asked)) * 100))} %`;
}

function withoutAdopted(node: DraftNode): DraftNode {
  if (node.kind === "value") return node;
  if (node.kind === "list") return { ...node, items: node.items.map(withoutAdopted) };
  const entries = node.entries.flatMap(([key, value]) =>
    key === "adopt" ? [] : [[key, withoutAdopted(value)] as const],
  );
  return { ...node, entries };
}
