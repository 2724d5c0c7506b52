import { spawn } from "node:child_process";
import { join } from "node:path";

/** The repository's root, where every program runs. */
export const ROOT = join(__dirname, "..");

/** Where npm puts the programs of the packages. */
const BIN = join(ROOT, "node_modules", ".bin");

/** A program to run, its output going where this program's goes. */
export interface Program {
  /** Its name on PATH, or of a program of an npm package. */
  readonly command: string;
  readonly args: readonly string[];
  /** @default - the repository's root */
  readonly cwd?: string;
  /** Variables beside this program's own. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Takes standard output, line by line or in parts. @default - goes where this program's goes */
  readonly onOutput?: (text: string) => void;
}

/**
 * Runs a program to its end and gives its exit code, 1 when a signal ended it. Ctrl-C reaches it through the terminal;
 * this program waits for it.
 */
export function runProgram({ command, args, cwd = ROOT, env = {}, onOutput }: Program): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd,
      env: { ...process.env, ...env, PATH: `${BIN}:${process.env.PATH ?? ""}` },
      stdio: ["ignore", onOutput === undefined ? "inherit" : "pipe", "inherit"],
    });
    child.stdout?.setEncoding("utf8").on("data", onOutput ?? (() => undefined));
    child.once("error", reject);
    child.once("close", (code) => {
      resolve(code ?? 1);
    });
  });
}
