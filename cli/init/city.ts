import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { cityFile, questionIn } from "../../draft/city-file";
import type { CityFile } from "../../draft/city-file";
import { QUESTION } from "../../draft/entry";
import { draftOf } from "../../draft/draft";
import type { Draft } from "../../draft/draft";
import { isOpen, siteOf } from "../../draft/site";
import type { Choice, OpenChoice, Site } from "../../draft/site";
import { count } from "../../environments/display";
import { formatViolation } from "../../environments/violation";
import { EXIT } from "../../runtime/exit-code";
import { InputError } from "../../runtime/errors";
import { PROJECT } from "../../runtime/paths";
import type { Ask } from "../../editing/add/given";
import type { Inventory } from "../../vcenter/inventory";
import { environmentsOption } from "../city-command";
import { runCommand } from "../run-command";
import { askingHere, asksAPerson } from "../questions";
import { choose } from "./ask";
import { readInventory } from "./inventory-source";
import type { InventorySource } from "./inventory-source";
import { otherCities, requireFree, saidOf, writeCity } from "./new-city";
import type { SayOptions } from "./new-city";
import { askParts, PARTS_HELP, textWith, withOption, yesOption } from "./parts";

const HELP = `
Writes <environments>/<id>.yaml from what stands in a vCenter, and nothing else; a file that is there is never overwritten. It
passes 'validate'. What no inventory tells stands in it as a question, with a placeholder. The inventory is one of:

  --inventory DIR   a folder that 'govc object.save -d DIR' wrote
  --rvtools FILE    what RVTools 4 exported: an .xlsx, or a folder or files of .csv; it tells no private VLANs and no TPMs
  neither           the vCenter of VSPHERE_SERVER, with the login in VSPHERE_USER and VSPHERE_PASSWORD, which only has to read

Desktops are machines with a workstation's Windows of which at least two in a folder have the same name but for a number at
its end; --desktops names others, or fewer. Each group becomes a pool that adopts them. What is not told by the inventory or
an option, such as which of two datacenters is meant, is asked at a terminal; elsewhere, and with --yes, the command ends and
names the option. Without --with a terminal is asked which parts are wanted too.

${PARTS_HELP}

  npm run init -- city ragusa --inventory saved --code rg --with vault,people
  npm run init -- city ragusa --rvtools RVTools_export_all.xlsx --datacenter Ragusa --desktops 'PC-*' 'LX-*'

Exit codes: 0 written, 1 the vCenter cannot be asked, 2 bad input: nothing was written, or what was written needs a change
that is told.`;

interface Options extends InventorySource, SayOptions {
  readonly environments: string;
  readonly datacenter?: string;
  readonly cluster?: readonly string[];
  readonly switch?: string;
  readonly desktops?: readonly string[];
  readonly with?: readonly string[];
  readonly yes?: boolean;
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
    .addOption(withOption())
    .addOption(yesOption())
    .addOption(environmentsOption())
    .addHelpText("after", HELP)
    .action((id: string, options: Options) => runCommand((signal) => initCity(id, options, signal)));
}

async function initCity(id: string, options: Options, signal: AbortSignal): Promise<void> {
  const file = join(options.environments, `${id}.yaml`);
  const others = otherCities(options.environments);
  const said = saidOf(id, options, others);
  requireFree(file);
  const { inventory, source } = await readInventory(id, options);
  const { site, parts } = await answered(inventory, options, signal);
  const draft = draftOf(site, { ...said, source });
  const made = cityFile(draft);
  const { text, questions } = await textWith({ file, text: made.text }, parts, platformHere(), said.taken);
  const violations = writeCity(file, text, others.files);
  const comments = [...made.questions.map((one) => one.text), ...questions].map((one) => `${QUESTION} ${one}`);
  tell(file, draft, { ...made, questions: comments.flatMap((comment) => questionIn(comment, text)) });
  if (violations.length === 0) return;
  console.error(`\nTo be changed in it before it is right:\n${violations.map(formatViolation).join("\n")}`);
  process.exitCode = EXIT.badInput;
}

/** Where this repository is kept, as its workflows say. */
function platformHere(): "github" | "gitlab" {
  return existsSync(join(PROJECT, ".gitlab-ci.yml")) && !existsSync(join(PROJECT, ".github")) ? "gitlab" : "github";
}

interface Answers {
  readonly site: Site;
  readonly parts: readonly string[];
}

/** What the inventory and the options leave open, asked for at a terminal. */
async function answered(inventory: Inventory, options: Options, signal: AbortSignal): Promise<Answers> {
  if (options.yes === true || !asksAPerson())
    return { site: await siteAt(inventory, options), parts: options.with ?? [] };
  return askingHere(async (ask) => {
    const site = await siteAt(inventory, options, ask);
    return { site, parts: options.with ?? (await askParts(ask)) };
  }, signal);
}

/** Asks for what is open, one after the other. @param ask undefined where nobody is asked */
async function siteAt(inventory: Inventory, { cluster, ...options }: Options, ask?: Ask): Promise<Site> {
  let choice: Choice = { ...options, clusters: cluster };
  for (;;) {
    const result = siteOf(inventory, choice);
    if (!isOpen(result)) return result;
    if (ask === undefined) throw openError(result);
    const answers = await choose(result, ask);
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
