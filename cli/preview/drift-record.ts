import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { configurationDigest } from "../../preview/approval";
import type { OutputDigests } from "../../preview/stack-choice";
import { InputError } from "../../runtime/errors";
import { parsedJson } from "../../runtime/json";

const recordSchema = z.object({
  city: z.string(),
  lookedAt: z.iso.datetime(),
  stacks: z.array(
    z.object({
      stack: z.string(),
      planned: z
        .object({
          configuration: z.string(),
          asDeclared: z.boolean(),
          outputs: z.record(z.string(), z.string()),
        })
        .optional(),
    }),
  ),
});

/** What a look for drift found, of all of a city or of some stacks. */
type Report = z.output<typeof recordSchema>;

/** What the last look for drift found: the report that `npm run drift` wrote with --json, or those of its jobs. */
export class DriftRecord {
  private readonly stacks: Report["stacks"];

  private constructor(
    /** When the look began; of several jobs the first. */
    public readonly lookedAt: string,
    reports: readonly Report[],
  ) {
    this.stacks = reports.flatMap(({ stacks }) => stacks);
  }

  /**
   * Reads a report on a city's drift, or a folder with those of the jobs that looked at some stacks each. Stacks that none of them has
   * are as those that nobody looked at.
   * @returns undefined where there is no such file: nobody looked yet
   * @throws InputError where it is no report on drift, or is another city's
   */
  public static in(path: string, city: string): DriftRecord | undefined {
    const reports = filesIn(path).map((file) => reportIn(file, city));
    const [first] = reports.map(({ lookedAt }) => lookedAt).sort();
    return first === undefined ? undefined : new DriftRecord(first, reports);
  }

  /** Digests of the outputs that other stacks had read, by stack. */
  public get outputs(): ReadonlyMap<string, OutputDigests> {
    return new Map(this.stacks.flatMap(({ stack, planned }) => (planned ? [[stack, planned.outputs]] : [])));
  }

  /** Whether nothing was to be done in a stack of this configuration. @param configuration text of its cdk.tf.json */
  public isAsDeclared(stack: string, configuration: string): boolean {
    const planned = this.stacks.find((one) => one.stack === stack)?.planned;
    return planned?.asDeclared === true && planned.configuration === configurationDigest(configuration);
  }
}

function filesIn(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) return found === undefined ? [] : [path];
  return readdirSync(path)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(path, name));
}

function reportIn(file: string, city: string): Report {
  const read = recordSchema.safeParse(parsedJson(textOf(file)));
  const repair = `take what 'npm run drift -- ${city} --json FILE' wrote last`;
  if (!read.success) throw new InputError(`--drift ${file}: it is no report on drift; ${repair}`);
  if (read.data.city === city) return read.data;
  throw new InputError(`--drift ${file}: it is of ${read.data.city}, not of ${city}; ${repair}`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new InputError(`--drift ${file}: it cannot be read: name a file`);
  }
}
