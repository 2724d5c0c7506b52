import { z } from "zod";

const messageSchema = z.object({
  "@message": z.string(),
  diagnostic: z
    .object({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().default(""),
      address: z.string().optional(),
    })
    .optional(),
  changes: z.object({ add: z.number(), change: z.number(), remove: z.number(), operation: z.string() }).optional(),
});

/** One thing that Terraform says with `-json`. */
export interface TerraformMessage {
  /** As a person reads it. */
  readonly text: string;
  /** An error in a line: what, why and of which resource. */
  readonly error?: string;
  /** What an apply or a destruction did, once it is at its end. */
  readonly done?: { readonly added: number; readonly changed: number; readonly destroyed: number };
}

/** So much of an error is told: Terraform may quote a whole document. */
const LONGEST = 600;

/** Reads a line of Terraform's output. One that is no JSON, as what it says before it knows the option, is its own text. */
export function terraformMessage(line: string): TerraformMessage {
  const parsed = messageSchema.safeParse(json(line));
  if (!parsed.success) return { text: line };
  const { "@message": said, diagnostic, changes } = parsed.data;
  const text = diagnostic?.detail ? `${said}\n${diagnostic.detail}` : said;
  return {
    text,
    ...(diagnostic?.severity === "error" && { error: inOneLine(diagnostic) }),
    ...(changes !== undefined &&
      changes.operation !== "plan" && {
        done: { added: changes.add, changed: changes.change, destroyed: changes.remove },
      }),
  };
}

function inOneLine(error: { summary: string; detail: string; address?: string | undefined }): string {
  const said = [error.summary, error.detail].filter((part) => part !== "").join(": ");
  const whole = `${said.replaceAll(/\s+/g, " ").trim()}${error.address === undefined ? "" : ` (${error.address})`}`;
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST - 1)}…` : whole;
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
