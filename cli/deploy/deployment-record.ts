import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../../runtime/errors";
import { parsedJson } from "../../runtime/json";

/** The number grows when earlier records no longer contain enough. */
const FORMAT = "postazioni-deployment-1";

const stackSchema = z.strictObject({
  configuration: z.string().describe("SHA-256 of its synthesized cdk.tf.json."),
  done: z
    .strictObject({ state: z.strictObject({ lineage: z.string(), serial: z.int() }).nullable() })
    .optional()
    .describe("Of a stack that was applied, or had nothing to do: its state after that."),
});

const recordSchema = z.strictObject({
  format: z.literal(FORMAT),
  city: z.string(),
  started: z.string().describe("ISO 8601 time."),
  stacks: z.record(z.string(), stackSchema),
});

/** How far a deployment came: of each of its stacks what it was to be, and whether it was done. It has no values. */
export type DeploymentRecord = z.output<typeof recordSchema>;

/** What is known of a stack. */
export type RecordedStack = DeploymentRecord["stacks"][string];

/** The record of a city's last deployment, which is there until one has done everything. */
export class RecordFile {
  private readonly file: string;

  /** @param output the folder that the deployment's stacks are synthesized into */
  public constructor(
    output: string,
    private readonly city: string,
  ) {
    this.file = join(output, `${city}.deployment.json`);
  }

  /** @throws InputError where there is none, or it is not whole */
  public read(): DeploymentRecord {
    const repair = "deploy without --resume, which plans every stack and loses nothing";
    if (!existsSync(this.file)) throw new InputError(`no deployment of ${this.city} broke off here: ${repair}`);
    const read = recordSchema.safeParse(parsedJson(readFileSync(this.file, "utf8")));
    if (!read.success) throw new InputError(`${this.file} is not what a deployment writes: ${repair}`);
    return read.data;
  }

  /** Written whole or not at all: a deployment may die at any time. */
  public write(started: string, stacks: DeploymentRecord["stacks"]): void {
    const record: DeploymentRecord = { format: FORMAT, city: this.city, started, stacks };
    const beside = `${this.file}.new`;
    writeFileSync(beside, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(beside, this.file);
  }

  public remove(): void {
    rmSync(this.file, { force: true });
  }
}
