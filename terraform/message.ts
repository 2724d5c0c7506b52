import { z } from "zod";
import { parsedJson } from "../runtime/json";

const messageSchema = z.object({
  "@message": z.string(),
  type: z.string().optional(),
  diagnostic: z
    .object({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().default(""),
      address: z.string().optional(),
    })
    .optional(),
  change: z.object({ action: z.string() }).optional().catch(undefined),
  changes: z.object({ add: z.number(), change: z.number(), remove: z.number(), operation: z.string() }).optional(),
  outputs: z
    .record(z.string(), z.object({ action: z.string() }))
    .optional()
    .catch(undefined),
  state: z.unknown().optional(),
});

/** One thing that Terraform says with `-json` ("Machine-Readable UI" of its documentation). */
export interface TerraformMessage {
  /** As a person reads it. */
  readonly text: string;
  /** Where it is an error. */
  readonly error?: TerraformError;
  /** Whether it warns that a plan is of a part alone; OpenTofu says that nowhere else. @default false */
  readonly partial?: true;
  /** Whether a plan is at its end with it. @default false */
  readonly planned?: true;
  /** What an apply or a destruction did, once it is at its end. */
  readonly done?: { readonly added: number; readonly changed: number; readonly destroyed: number };
  /**
   * Whether it speaks against "no changes": a planned change, a resource that is gone, a warning, or a message of an unknown form. An
   * attribute that somebody changed by hand does not count: where the plan sets it back, that is a planned change. @default false
   */
  readonly differs?: true;
  /** A state that could be written nowhere. @default - all is well */
  readonly state?: unknown;
}

/** An error of Terraform's. */
export interface TerraformError {
  /** What and why, in a line. */
  readonly text: string;
  /** Of which resource. @default - of none, or of the whole stack */
  readonly address?: string | undefined;
}

/** The summary of Terraform's and OpenTofu's warning of -target, and of OpenTofu's -exclude. */
const TARGETED = "Resource targeting is in effect";
/** So much of an error is told: Terraform may quote a whole document. */
const LONGEST = 600;

/**
 * Reads a line of Terraform's output. One that is no JSON, as what it says before it knows the option, is its own text; so is JSON of
 * another form than its messages', which counts as a difference, since it may be one.
 */
export function terraformMessage(line: string): TerraformMessage {
  const said = parsedJson(line);
  if (said === undefined) return { text: line };
  const parsed = messageSchema.safeParse(said);
  if (!parsed.success) return { text: line, differs: true };
  const { "@message": message, diagnostic, changes, state } = parsed.data;
  const text = diagnostic?.detail ? `${message}\n${diagnostic.detail}` : message;
  return {
    text,
    ...(diagnostic?.severity === "error" && {
      error: { text: inOneLine(diagnostic), address: diagnostic.address },
    }),
    ...(diagnostic?.summary === TARGETED && { partial: true }),
    ...(changes !== undefined && summary(changes)),
    ...(differs(parsed.data) && { differs: true }),
    ...(state !== undefined && { state }),
  };
}

function inOneLine({ summary, detail }: { readonly summary: string; readonly detail: string }): string {
  const said = [summary, detail].filter((part) => part !== "").join(": ");
  const whole = said.replaceAll(/\s+/g, " ").trim();
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST - 1)}…` : whole;
}

function summary(changes: NonNullable<z.output<typeof messageSchema>["changes"]>): Partial<TerraformMessage> {
  if (changes.operation === "plan") return { planned: true };
  return { done: { added: changes.add, changed: changes.change, destroyed: changes.remove } };
}

/** What Terraform says of a plan that changes nothing; data sources that it reads are told as if they were applied. */
const QUIET = [
  ...["version", "log", "init_output", "refresh_start", "refresh_complete", "change_summary"],
  ...["apply_start", "apply_progress", "apply_complete"],
];

/** What is not understood counts as a difference. */
function differs({ type, change, outputs }: z.output<typeof messageSchema>): boolean {
  if (type === undefined || QUIET.includes(type)) return false;
  if (type === "resource_drift") return change?.action !== "update";
  if (type !== "outputs") return true;
  return outputs === undefined || Object.values(outputs).some(({ action }) => action !== "noop");
}
