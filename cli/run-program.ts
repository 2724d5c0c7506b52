import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

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
  readonly env?: NodeJS.ProcessEnv;
  /** Takes standard output line by line. @default - goes where this program's goes */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a program to its end and gives its exit code, 1 when a signal ended it. Ctrl-C reaches it through the terminal;
 * this program waits for it.
 */
export function runProgram({ command, args, cwd = ROOT, env = {}, onLine }: Program): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd,
      env: { ...process.env, ...env, PATH: `${BIN}:${process.env.PATH ?? ""}` },
      stdio: ["ignore", onLine === undefined ? "inherit" : "pipe", "inherit"],
    });
    if (child.stdout !== null && onLine !== undefined) createInterface({ input: child.stdout }).on("line", onLine);
    child.once("error", reject);
    child.once("close", (code) => {
      resolve(code ?? 1);
    });
  });
}
