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

/** A message of Terraform with `-json` ("Machine-Readable UI" in its documentation). */
export interface TerraformMessage {
  /** Text for people. */
  readonly text: string;
  /** Set for an error. */
  readonly error?: TerraformError;
  /** Whether it warns that a plan covers only a part; OpenTofu says so nowhere else. @default false */
  readonly partial?: true;
  /** Whether it ends a plan. @default false */
  readonly planned?: true;
  /** Counts of an apply or a destroy, in its last message. */
  readonly done?: { readonly added: number; readonly changed: number; readonly destroyed: number };
  /**
   * Whether it contradicts "no changes": a planned change, a missing resource, a warning, or an unknown message. An
   * attribute that somebody changed by hand does not count: where the plan resets it, that is a planned change.
   * @default false
   */
  readonly differs?: true;
  /** A state that could not be written to its backend. @default - none */
  readonly state?: unknown;
}

/** An error of Terraform. */
export interface TerraformError {
  /** Summary and detail in a line. */
  readonly text: string;
  /** Address of the resource. @default - none: it concerns the whole stack */
  readonly address?: string | undefined;
}

/** Summary of the warning for -target in Terraform and OpenTofu, and for OpenTofu's -exclude. */
const TARGETED = "Resource targeting is in effect";
/** Maximum characters shown of an error: Terraform may quote a whole document. */
const LONGEST = 600;

/**
 * Parses a line of Terraform's output. A line that is not JSON, such as output before the option is parsed, is its own
 * text. JSON of an unknown form is too, and counts as a difference, since it may be one.
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

/** Messages of a plan without changes; data sources are reported as if they were applied. */
const QUIET = [
  ...["version", "log", "init_output", "refresh_start", "refresh_complete", "change_summary"],
  ...["apply_start", "apply_progress", "apply_complete"],
];

/** An unknown message counts as a difference. */
function differs({ type, change, outputs }: z.output<typeof messageSchema>): boolean {
  if (type === undefined || QUIET.includes(type)) return false;
  if (type === "resource_drift") return change?.action !== "update";
  if (type !== "outputs") return true;
  return outputs === undefined || Object.values(outputs).some(({ action }) => action !== "noop");
}
