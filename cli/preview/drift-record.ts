import { existsSync, readFileSync } from "node:fs";
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

/** What the last look for drift found: the report that `npm run drift` wrote with --json. */
export class DriftRecord {
  private constructor(private readonly read: z.output<typeof recordSchema>) {}

  /**
   * Reads a report on a city's drift.
   * @returns undefined where there is no such file: nobody looked yet
   * @throws InputError where it is no report on drift, or is another city's
   */
  public static in(file: string, city: string): DriftRecord | undefined {
    if (!existsSync(file)) return undefined;
    const read = recordSchema.safeParse(parsedJson(textOf(file)));
    const repair = `take what 'npm run drift -- ${city} --json FILE' wrote last`;
    if (!read.success) throw new InputError(`--drift ${file}: it is no report on drift; ${repair}`);
    if (read.data.city === city) return new DriftRecord(read.data);
    throw new InputError(`--drift ${file}: it is of ${read.data.city}, not of ${city}; ${repair}`);
  }

  /** When the look began. */
  public get lookedAt(): string {
    return this.read.lookedAt;
  }

  /** Digests of the outputs that other stacks had read, by stack. */
  public get outputs(): ReadonlyMap<string, OutputDigests> {
    return new Map(this.read.stacks.flatMap(({ stack, planned }) => (planned ? [[stack, planned.outputs]] : [])));
  }

  /** Whether nothing was to be done in a stack of this configuration. @param configuration text of its cdk.tf.json */
  public isAsDeclared(stack: string, configuration: string): boolean {
    const planned = this.read.stacks.find((one) => one.stack === stack)?.planned;
    return planned?.asDeclared === true && planned.configuration === configurationDigest(configuration);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new InputError(`--drift ${file}: it cannot be read: name a file`);
  }
}
