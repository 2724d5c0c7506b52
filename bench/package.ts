import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LAB_DIRECTORY } from "../lab/paths";
import { REPOSITORY } from "../runtime/paths";
import type { Progress } from "../runtime/progress";
import { median, table } from "./table";
import { inTemporaryFolder } from "../runtime/temporary-folder";

const RUNS = 5;
const MB = 1e6;
/** Tells the processor time that a process took: on a busy machine the clock says more of the others. */
const TELLING =
  "data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write(`cpu ${user+system}\\n`)})";

interface Pack {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

/** The package's size, and how long each of its commands takes to start, which is to print its help. */
export async function benchPackage(progress: Progress): Promise<string> {
  // Below the repository, whose packages the unpacked program then finds.
  mkdirSync(LAB_DIRECTORY, { recursive: true });
  return inTemporaryFolder(join(LAB_DIRECTORY, "bench-package-"), async (folder) => {
    const pack = await progress.step("Pack", () => Promise.resolve(packInto(folder)));
    const rows = await progress.step("Start each command", () => Promise.resolve(starts(join(folder, "package"))));
    const { size, unpackedSize, entryCount } = pack;
    return [
      table([
        ["package, MB", "unpacked, MB", "files"],
        [megabytes(size), megabytes(unpackedSize), entryCount],
      ]),
      table([["command", "start, s of processor time"], ...rows]),
    ].join("\n\n");
  });
}

function packInto(folder: string): Pack {
  const told = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    ...{ cwd: REPOSITORY, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  });
  const [pack] = JSON.parse(told.slice(told.indexOf("[\n"))) as [Pack];
  execFileSync("tar", ["-xzf", pack.filename], { cwd: folder });
  return pack;
}

function starts(root: string): [string, number][] {
  const program = join(root, "cli", "bootstrap.mjs");
  const start = (args: readonly string[]): number => {
    const { stderr } = spawnSync(process.execPath, ["--import", TELLING, program, ...args], { encoding: "utf8" });
    return Number(/cpu (\d+)/.exec(stderr)?.[1] ?? NaN) / MB;
  };
  const middle = (...args: string[]): number =>
    Number(median(Array.from({ length: RUNS }, () => start(args))).toFixed(2));
  return [
    ["--version", middle("--version")],
    ...commandsOf(program).map((name): [string, number] => [name, middle(name, "--help")]),
  ];
}

/** The commands that the program's help lists. */
function commandsOf(program: string): string[] {
  const help = execFileSync(process.execPath, [program, "--help"], { encoding: "utf8" });
  const listed = help.slice(help.indexOf("\nCommands:"));
  return [...listed.matchAll(/^ {2}([a-z]+) /gm)].flatMap(([, name = ""]) => (name === "help" ? [] : [name]));
}

function megabytes(bytes: number): number {
  return Number((bytes / MB).toFixed(1));
}
