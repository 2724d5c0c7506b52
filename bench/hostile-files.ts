import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../runtime/progress";
import { inTemporaryFolder } from "../runtime/temporary-folder";
import { apart } from "./apart";
import { CITY_FILES } from "./hostile/city-files";
import { NETWORK_FILES } from "./hostile/network-files";
import { TEXT_FILES } from "./hostile/text-files";
import { table } from "./table";

const LONGEST_MS = 300_000;

/** Generators of city files of maximum size, by content. */
export const HOSTILE_FILES: Readonly<Record<string, () => string>> = { ...NETWORK_FILES, ...CITY_FILES, ...TEXT_FILES };

/** Figures of checking one file. */
export interface HostileFigures {
  readonly violations: number;
  /** CPU time, including the start of Node and the modules. */
  readonly seconds: number;
  /** Peak memory of the process. */
  readonly peakBytes: number;
}

/** Time of reading and checking the worst files, each in its own process. */
export async function benchHostileFiles(progress: Progress): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const [name, text] of Object.entries(HOSTILE_FILES)) {
    const { violations, seconds, peakBytes } = await progress.step(name, () => Promise.resolve(checked(text())));
    rows.push([name, violations, Number(seconds.toFixed(1)), Math.round(peakBytes / 1e6)]);
  }
  return table([["a file of", "violations", "time, s", "peak memory, MB"], ...rows]);
}

/** Loads and checks a text as a city's file. */
function checked(text: string): HostileFigures {
  return inTemporaryFolder("hostile-", (folder) => {
    const file = join(folder, "hostile.yaml");
    writeFileSync(file, text);
    return apart("hostile-run", [file], LONGEST_MS) as HostileFigures;
  });
}
