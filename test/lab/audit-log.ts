import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { AccessRequest } from "../../access/evaluation/decision";
import type { LabPaths } from "../../lab/paths";

const operationSchema = z.enum(["create", "read", "update", "patch", "delete", "list", "scan"]);
const entrySchema = z.object({
  type: z.string(),
  error: z.string().default(""),
  auth: z.object({ policies: z.array(z.string()).default([]) }).default({ policies: [] }),
  request: z.object({ operation: z.string(), path: z.string() }),
});

type Entry = z.output<typeof entrySchema>;

/** The log of a lab's Vault, read on from where it was read last: provider 3.3.1 does not always say what was refused. */
export class AuditLog {
  private readonly file: string;
  private read = 0;

  public constructor(paths: LabPaths) {
    this.file = join(paths.logs, "vault-audit.log");
  }

  /** Paths that were refused since the last call, for want of a permission. */
  public denied(): string[] {
    return this.entries()
      .filter(({ type, error }) => type === "response" && error.includes("permission denied"))
      .map(({ request }) => request.path);
  }

  /** What those who have a policy asked since the last call; a write is `create` where nothing was there, as the server judges it. */
  public asked(policy: string): AccessRequest[] {
    return this.entries()
      .filter(({ type, auth }) => type === "request" && auth.policies.includes(policy))
      .map(({ request }) => ({ path: request.path, operation: operationSchema.parse(request.operation) }));
  }

  private entries(): Entry[] {
    const lines = readFileSync(this.file, "utf8").split("\n").slice(0, -1);
    const entries = lines.slice(this.read).map((line) => entrySchema.parse(JSON.parse(line)));
    this.read = lines.length;
    return entries;
  }
}
