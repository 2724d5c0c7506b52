import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { LabPaths } from "../../lab/paths";

/** A request that Vault refused. */
export interface Denial {
  readonly operation: string;
  readonly path: string;
}

const entrySchema = z.object({
  type: z.string(),
  error: z.string().default(""),
  request: z.object({ operation: z.string(), path: z.string() }),
});

/** The log of a lab's Vault, read on from where it was read last: provider 3.3.1 does not always say what was refused. */
export class AuditLog {
  private readonly file: string;
  private read = 0;

  public constructor(paths: LabPaths) {
    this.file = join(paths.logs, "vault-audit.log");
  }

  /** What was refused since the last call, for want of a permission. */
  public denials(): Denial[] {
    const lines = readFileSync(this.file, "utf8").split("\n").slice(0, -1);
    const entries = lines.slice(this.read).map((line) => entrySchema.parse(JSON.parse(line)));
    this.read = lines.length;
    return entries
      .filter(({ type, error }) => type === "response" && error.includes("permission denied"))
      .map(({ request }) => request);
  }
}
