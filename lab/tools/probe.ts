import { execFileSync } from "node:child_process";

const TIMEOUT_MS = 30_000;

/** Output of a program, or undefined when it is missing or fails; for queries of installed versions. */
export function probe(command: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(command, [...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: TIMEOUT_MS,
      env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "" },
    });
  } catch {
    return undefined;
  }
}

/** The version in a text: `go version go1.26.8 linux/amd64` gives [1, 26, 8]. */
export function versionIn(answer: string | undefined): number[] | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(answer ?? "");
  return match === null ? undefined : [match[1], match[2], match[3] ?? "0"].map(Number);
}

/** Whether a version is at least another one. */
export function atLeast(version: readonly number[], least: readonly number[]): boolean {
  for (const [index, number] of least.entries()) {
    const own = version[index] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}
