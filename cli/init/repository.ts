import { relative, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { Option } from "commander";
import type { Command } from "commander";
import { quoted } from "../../environments/display";
import { InputError } from "../../runtime/errors";
import { runCommand } from "../run-command";
import { requireEmpty, writeAll } from "./new-folder";
import { CI_PLATFORMS, idOf, repositoryFiles } from "./repository-files";
import type { CiPlatform } from "./repository-files";
import { toolkitOf } from "./toolkit";

const HELP = `
Writes a city's own repository into DIR, a folder that is new or empty, by default the one in which you stand; a new clone of an empty
repository is fine. It has environments/, package.json, which pins the toolkit, cdktf.json, workflows for your platform, settings for
editors, and a README. It installs nothing, and overwrites nothing: either all files are written or none.

--toolkit names what package.json pins: a version, a URL, or a package file, which is copied to vendor/. By default it is pinned as
this program was installed. What is not given is asked at a terminal; elsewhere there is no city's file and there are no workflows.

  npx postazioni init postazioni-valchiara --city Valchiara --platform github

Exit codes: 0 done, 2 bad input: nothing was written.`;

/** What a city's name may be: it is written into YAML without quotes. */
const NAME = /^\p{L}[\p{L}\p{M} '’-]{1,39}$/u;
/** Letters of a-z that a name must have. */
const LEAST_ID = 2;

interface InitOptions {
  readonly city?: string;
  readonly platform?: CiPlatform;
  readonly toolkit?: string;
}

/** Lets `init [DIR]` write a city's repository. */
export function withRepository(init: Command): Command {
  return init
    .argument("[dir]", "a new or empty folder", ".")
    .option("--city <name>", "the city's name, for a first file of the least that a city says")
    .addOption(new Option("--platform <name>", "where the repository is kept, for its workflows").choices(CI_PLATFORMS))
    .option("--toolkit <package>", "what package.json pins: a version, a URL, or a package file")
    .addHelpText("after", HELP)
    .action((dir: string, options: InitOptions) => runCommand(() => initRepository(resolve(dir), options)));
}

async function initRepository(folder: string, options: InitOptions): Promise<void> {
  requireEmpty(folder);
  const toolkit = toolkitOf(options.toolkit);
  const { city, platform } = await answered(options);
  if (city !== undefined && !(NAME.test(city) && idOf(city).length >= LEAST_ID)) {
    throw new InputError(`--city: ${quoted(city)} is no name of 2 to 40 letters, spaces, apostrophes and hyphens`);
  }
  const files = repositoryFiles({ folder, platform, city, toolkit });
  writeAll(folder, files);
  const place = relative(process.cwd(), folder);
  console.log(`${String(files.size)} files are written. Next:`);
  if (place !== "") console.log(`  cd ${place}`);
  for (const line of ["npm install", city === undefined ? "npm run init -- city --help" : "npm run validate"])
    console.log(`  ${line}`);
}

/** Asks at a terminal for what was not given. */
async function answered(
  options: InitOptions,
): Promise<{ readonly city: string | undefined; readonly platform: CiPlatform }> {
  const { city, platform } = options;
  if (!process.stdin.isTTY || !process.stderr.isTTY) return { city, platform: platform ?? "none" };
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const asked =
      city ??
      (await terminal.question("The city's name, or nothing to write its file later from an inventory: ")).trim();
    return { city: asked === "" ? undefined : asked, platform: platform ?? (await askedPlatform(terminal)) };
  } finally {
    terminal.close();
  }
}

async function askedPlatform(terminal: { question: (query: string) => Promise<string> }): Promise<CiPlatform> {
  for (;;) {
    const said = (await terminal.question(`Where it is kept (${CI_PLATFORMS.join(", ")}): `)).trim();
    const platform = CI_PLATFORMS.find((one) => one === said);
    if (platform !== undefined) return platform;
  }
}
