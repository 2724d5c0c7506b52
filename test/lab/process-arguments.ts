import { readdirSync, readFileSync } from "node:fs";

const EVERY_MS = 50;

/** What was seen of the machine's processes while a piece of work went on. */
export interface Watched {
  /** How many different command lines were seen. */
  readonly commandLines: number;
  /** Those of them that hold one of the secrets. */
  readonly withSecret: readonly string[];
}

/** Looks at every process's arguments, many times a second, while a piece of work goes on. */
export async function watchArguments(secrets: readonly string[], work: () => Promise<void>): Promise<Watched> {
  const seen = new Set<string>();
  const look = setInterval(() => {
    for (const line of commandLines()) seen.add(line);
  }, EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(look);
  }
  return {
    commandLines: seen.size,
    withSecret: [...seen].filter((line) => secrets.some((secret) => line.includes(secret))),
  };
}

function commandLines(): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readCommandLine(pid));
}

/** A process may end between the listing and the reading. */
function readCommandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
