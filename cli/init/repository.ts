import { relative, resolve } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { quoted } from "../../environments/display";
import { InputError } from "../../runtime/errors";
import { runCommand } from "../run-command";
import type { Ask } from "../../editing/add/given";
import { askingHere, asksAPerson } from "../questions";
import { requireEmpty, writeAll } from "./new-folder";
import { askParts, PARTS_HELP, textWith, withOption, yesOption } from "./parts";
import { CI_PLATFORMS, idOf, repositoryFiles, startOf } from "./repository-files";
import type { CiPlatform } from "./repository-files";
import { toolkitOf } from "./toolkit";

const HELP = `
Writes a city's own repository into DIR, a folder that is new or empty, by default the one in which you stand; a new clone of an empty
repository is fine. It has environments/, package.json, which pins the toolkit, cdktf.json, workflows for your platform, settings for
editors, and a README. It installs nothing, and overwrites nothing: either all files are written or none.

--toolkit names what package.json pins: a version, a URL, or a package file, which is copied to vendor/. By default it is pinned as
this program was installed. What is not given is asked at a terminal; elsewhere, and with --yes, there is no city's file, no part
and no workflow.

${PARTS_HELP}

  npx postazioni init postazioni-valchiara --city Valchiara --platform github
  npx postazioni init postazioni-valchiara --city Valchiara --with vault,gateways --yes

Exit codes: 0 done, 2 bad input: nothing was written.`;

/** What a city's name may be: it is written into YAML without quotes. */
const NAME = /^\p{L}[\p{L}\p{M} '’-]{1,39}$/u;
/** Letters of a-z that a name must have. */
const LEAST_ID = 2;

interface InitOptions {
  readonly city?: string;
  readonly platform?: CiPlatform;
  readonly toolkit?: string;
  readonly with?: readonly string[];
  readonly yes?: boolean;
}

/** What is asked for where it is not given. */
interface Answers {
  /** The city's name; undefined for no file of one. */
  readonly city: string | undefined;
  readonly platform: CiPlatform;
  /** Names of the parts of its file. */
  readonly parts: readonly string[];
}

/** Lets `init [DIR]` write a city's repository. */
export function withRepository(init: Command): Command {
  return init
    .argument("[dir]", "a new or empty folder", ".")
    .option("--city <name>", "the city's name, for a first file of the least that a city says")
    .addOption(new Option("--platform <name>", "where the repository is kept, for its workflows").choices(CI_PLATFORMS))
    .option("--toolkit <package>", "what package.json pins: a version, a URL, or a package file")
    .addOption(withOption())
    .addOption(yesOption())
    .addHelpText("after", HELP)
    .action((dir: string, options: InitOptions) =>
      runCommand((signal) => initRepository(resolve(dir), options, signal)),
    );
}

async function initRepository(folder: string, options: InitOptions, signal: AbortSignal): Promise<void> {
  requireEmpty(folder);
  const toolkit = toolkitOf(options.toolkit);
  requireName(options.city);
  const answers = await answered(options, signal);
  const { city: name, platform } = answers;
  const made = name === undefined ? undefined : await cityOf(name, answers);
  const files = repositoryFiles({ folder, platform, city: made, toolkit });
  writeAll(folder, files);
  tell(folder, files.size, made);
}

async function cityOf(name: string, { platform, parts }: Answers): Promise<{ name: string; text: string }> {
  if (parts.includes("ci") && platform === "none")
    throw new InputError("ci: say where the repository is kept, with --platform github or gitlab; nothing was written");
  const start = { file: `${idOf(name)}.yaml`, text: startOf(name) };
  const { text } = await textWith(start, parts, platform === "none" ? "github" : platform);
  return { name, text };
}

function tell(folder: string, written: number, city: { name: string; text: string } | undefined): void {
  const place = relative(process.cwd(), folder);
  console.log(`${String(written)} files are written. Next:`);
  if (place !== "") console.log(`  cd ${place}`);
  for (const line of ["npm install", city === undefined ? "npm run init -- city --help" : "npm run validate"])
    console.log(`  ${line}`);
  if (city === undefined) return;
  const asked = [...city.text.matchAll(/# \? /g)].length;
  console.log(
    `environments/${idOf(city.name)}.yaml has placeholders: put in ${city.name}'s own values. ${questions(asked)}`,
  );
}

function questions(asked: number): string {
  const first = "its code, with which every seat's name begins for ever, is made of the city's name";
  return asked === 1 ? `One is asked behind "# ?": ${first}.` : `${String(asked)} are asked behind "# ?"; ${first}.`;
}

/** @throws InputError where a city can have no such name */
function requireName(city: string | undefined): void {
  const wrong = city === undefined ? undefined : wrongName(city);
  if (wrong !== undefined) throw new InputError(`--city: ${wrong}`);
}

function wrongName(city: string): string | undefined {
  if (NAME.test(city) && idOf(city).length >= LEAST_ID) return undefined;
  return `${quoted(city)} is no name of 2 to 40 letters, spaces, apostrophes and hyphens`;
}

/** Asks at a terminal for what was not given. @throws InputError where parts have no city */
async function answered(options: InitOptions, signal: AbortSignal): Promise<Answers> {
  const { city, platform, with: parts } = options;
  if (options.yes !== true && asksAPerson()) return askingHere((ask) => asked(options, ask), signal);
  if (city === undefined && parts !== undefined)
    throw new InputError("--with: the parts of which city? Name it with --city, or give --with to 'init city'");
  return { city, platform: platform ?? "none", parts: parts ?? [] };
}

async function asked({ city, platform, with: parts }: InitOptions, ask: Ask): Promise<Answers> {
  const name = city ?? (await askName(ask));
  const kept = platform ?? (await askPlatform(ask));
  return { city: name, platform: kept, parts: name === undefined ? [] : (parts ?? (await askParts(ask))) };
}

async function askName(ask: Ask): Promise<string | undefined> {
  let question = "The city's name, or nothing to write its file later from an inventory: ";
  for (;;) {
    const name = (await ask(question)).trim();
    const wrong = name === "" ? undefined : wrongName(name);
    if (wrong === undefined) return name === "" ? undefined : name;
    question = `${wrong}\nThe city's name: `;
  }
}

async function askPlatform(ask: Ask): Promise<CiPlatform> {
  for (;;) {
    const said = (await ask(`Where it is kept (${CI_PLATFORMS.join(", ")}) [none]: `)).trim();
    const platform = CI_PLATFORMS.find((one) => one === (said === "" ? "none" : said));
    if (platform !== undefined) return platform;
  }
}
