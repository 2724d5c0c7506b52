import { z } from "zod";
import { doubtfulSchema, doubtsOf } from "./plan-doubts";

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.string(),
  type: z.string(),
  index: z.union([z.string(), z.number()]).optional(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change: z.object({
    actions: z.array(z.string()),
    before: z.unknown().optional(),
    after: z.unknown().optional(),
    after_unknown: z.unknown().optional(),
    replace_paths: z.array(z.array(z.unknown())).optional(),
    importing: z.unknown().optional(),
  }),
});

const planSchema = z.object({
  errored: z.boolean().optional(),
  planned_values: z.object({ outputs: z.record(z.string(), z.object({ value: z.unknown().optional() })).default({}) }),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  output_changes: z
    .record(z.string(), z.object({ actions: z.array(z.string()), before: z.unknown().optional() }))
    .optional(),
});

/** A Terraform plan, as far as it is used ("JSON Output Format" in Terraform's documentation, format version 1). */
export type TerraformPlan = z.output<typeof planSchema>;

/** The plan of a stack without changes whose outputs nobody needs. */
export const UNCHANGED: TerraformPlan = { planned_values: { outputs: {} }, resource_changes: [], resource_drift: [] };

/** The planned change of a resource. */
export type PlannedResource = TerraformPlan["resource_changes"][number];

/** Names of a plan's changed outputs, sorted; other stacks read them. */
export function changedOutputs({ output_changes: changes = {} }: TerraformPlan): string[] {
  const changed = Object.entries(changes).filter(([, { actions }]) => actions.some((action) => action !== "no-op"));
  return changed.map(([name]) => name).sort();
}

const FORMAT = "1.";
const MOST_ISSUES = 3;

/** A text that is not a complete plan, or not understood. The message never contains a value of the plan. */
export class PlanError extends Error {
  public override readonly name = "PlanError";
}

/** How much of a stack is planned. */
export interface PlanExtent {
  /** Whether only a part was asked for, by -target. @default false */
  readonly isPart?: boolean;
}

/**
 * Parses the output of `terraform show -json` for a saved plan. @throws PlanError, also where the plan may be
 * incomplete
 */
export function readPlan(text: string, { isPart = false }: PlanExtent = {}): TerraformPlan {
  if (text.trim() === "") throw new PlanError("the plan is empty");
  const json = parsed(text);
  const version = z.object({ format_version: z.string() }).safeParse(json);
  if (!version.success) throw new PlanError("it is JSON, but no plan of Terraform's: it has no format_version");
  if (!version.data.format_version.startsWith(FORMAT)) {
    throw new PlanError(`the plan has format version ${version.data.format_version}; allowed: 1.x, of Terraform 1`);
  }
  const plan = readAs(planSchema, json);
  if (plan.errored === true) throw new PlanError("Terraform could not finish the plan");
  const doubtful = readAs(doubtfulSchema, json);
  const doubts = doubtsOf(isPart ? { ...doubtful, complete: undefined } : doubtful);
  if (doubts.length > 0) throw new PlanError(`the plan may not be all that would be done: ${doubts.join("; ")}`);
  return plan;
}

function readAs<T extends z.ZodType>(schema: T, json: unknown): z.output<T> {
  const read = schema.safeParse(json);
  if (!read.success) throw new PlanError(`it is no plan of Terraform's: ${whatIsWrong(read.error)}`);
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PlanError("the plan is not JSON, or only the beginning of it");
  }
}

/** Paths and kinds only: the values may be secrets. */
function whatIsWrong({ issues }: z.ZodError): string {
  const first = issues.slice(0, MOST_ISSUES).map(({ path, code }) => `${path.join(".")} (${code})`);
  const more = issues.length - first.length;
  return [...first, ...(more > 0 ? [`${String(more)} more`] : [])].join(", ");
}
