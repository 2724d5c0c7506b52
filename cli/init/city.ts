import { join } from "node:path";
import { Command } from "commander";
import { cityFile } from "../../draft/city-file";
import type { CityFile } from "../../draft/city-file";
import { draftOf } from "../../draft/draft";
import type { Draft } from "../../draft/draft";
import { isOpen, siteOf } from "../../draft/site";
import type { Choice, OpenChoice, Site } from "../../draft/site";
import { count } from "../../environments/display";
import { formatViolation } from "../../environments/violation";
import { EXIT } from "../../runtime/exit-code";
import { InputError } from "../../runtime/errors";
import type { Inventory } from "../../vcenter/inventory";
import { environmentsOption } from "../city-command";
import { runCommand } from "../run-command";
import { asksAPerson, choose } from "./ask";
import { readInventory } from "./inventory-source";
import type { InventorySource } from "./inventory-source";
import { otherCities, requireFree, saidOf, writeCity } from "./new-city";
import type { SayOptions } from "./new-city";

const HELP = `
Writes <environments>/<id>.yaml from what stands in a vCenter, and nothing else; a file that is there is never overwritten. It
passes 'validate'. What no inventory tells stands in it as a question, with a placeholder. The inventory is one of:

  --inventory DIR   a folder that 'govc object.save -d DIR' wrote
  --rvtools FILE    what RVTools 4 exported: an .xlsx, or a folder or files of .csv; it tells no private VLANs and no TPMs
  neither           the vCenter of VSPHERE_SERVER, with the login in VSPHERE_USER and VSPHERE_PASSWORD, which only has to read

Desktops are machines with a workstation's Windows of which at least two in a folder have the same name but for a number at
its end; --desktops names others, or fewer. Each group becomes a pool that adopts them. What is not told by the inventory or
an option, such as which of two datacenters is meant, is asked at a terminal; elsewhere the command ends and names the option.

  npm run init -- city ragusa --inventory saved --code rg
  npm run init -- city ragusa --rvtools RVTools_export_all.xlsx --datacenter Ragusa --desktops 'PC-*' 'LX-*'

Exit codes: 0 written, 1 the vCenter cannot be asked, 2 bad input: nothing was written, or what was written needs a change
that is told.`;

interface Options extends InventorySource, SayOptions {
  readonly environments: string;
  readonly datacenter?: string;
  readonly cluster?: readonly string[];
  readonly switch?: string;
  readonly desktops?: readonly string[];
}

/** `init city ID`: writes a city's first file from an inventory. */
export function initCityCommand(): Command {
  return new Command("city")
    .description("write a city's file from what stands in its vCenter")
    .argument("<id>", "the city's id, such as ragusa: its file's name, and the first part of every stack's name")
    .option("--inventory <dir>", "a folder that 'govc object.save -d' wrote")
    .option("--rvtools <path...>", "what RVTools exported: an .xlsx file, or a folder or files of .csv")
    .option("--datacenter <name>", "the datacenter, where there are several")
    .option("--cluster <name...>", "the clusters; by default those in which desktops run")
    .option("--switch <name>", "the distributed switch, where several are joined by all hosts")
    .option("--desktops <pattern...>", "names of the machines that are desktops, with * for any characters")
    .option("--name <text>", "the city's name; by default its id with a capital")
    .option("--code <letters>", "the province's two letters, with which every seat's name begins")
    .option("--domain <name>", "DNS domain of the desktops")
    .option("--as-of <day>", "the day on which the file is right; by default today")
    .addOption(environmentsOption())
    .addHelpText("after", HELP)
    .action((id: string, options: Options) => runCommand(() => initCity(id, options)));
}

async function initCity(id: string, options: Options): Promise<void> {
  const file = join(options.environments, `${id}.yaml`);
  const others = otherCities(options.environments);
  const said = saidOf(id, options, others);
  requireFree(file);
  const { inventory, source } = await readInventory(id, options);
  const draft = draftOf(await siteAt(inventory, options), { ...said, source });
  const made = cityFile(draft);
  const violations = writeCity(file, made.text, others.files);
  tell(file, draft, made);
  if (violations.length === 0) return;
  console.error(`\nTo be changed in it before it is right:\n${violations.map(formatViolation).join("\n")}`);
  process.exitCode = EXIT.badInput;
}

/** Asks for what is open, one after the other. */
async function siteAt(inventory: Inventory, { cluster, ...options }: Options): Promise<Site> {
  let choice: Choice = { ...options, clusters: cluster };
  for (;;) {
    const result = siteOf(inventory, choice);
    if (!isOpen(result)) return result;
    if (!asksAPerson()) throw openError(result);
    const answers = await choose(result);
    choice = result.of === "cluster" ? { ...choice, clusters: answers } : { ...choice, [result.of]: answers[0] };
  }
}

function openError({ of, text, options }: OpenChoice): InputError {
  return new InputError(`${text} There are ${options.join(", ")}. Say it with --${of}`);
}

function tell(file: string, draft: Draft, { questions, origins }: CityFile): void {
  const { site, stores, segments, pools } = draft;
  const hosts = site.clusters.reduce((sum, cluster) => sum + cluster.hosts.length, 0);
  const adopted = site.desktops.groups.reduce((sum, { machines }) => sum + machines.length, 0);
  const parts = [
    ...[count(site.clusters.length, "cluster"), count(hosts, "host"), count(stores.stores.length, "datastore")],
    ...[count(pools.images.length, "image"), count(segments.segments.length, "segment")],
    `${count(pools.pools.length, "pool")} with ${count(adopted, "machine")} to adopt`,
  ];
  console.log(`${file}: ${parts.join(", ")}`);
  console.log(`${String(origins.found)} values are the inventory's, ${String(origins.assumed)} are assumed.`);
  console.log(`${count(questions.length, "question")} to answer in it:`);
  for (const { line, text } of questions) console.log(`  ${file}:${String(line)}: ${text}`);
}
