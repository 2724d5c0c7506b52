import { createHash } from "node:crypto";
import { z } from "zod";
import { digestOf, unknownIn, withoutEmpty } from "./known-value";
import type { Unknown } from "./known-value";
import { ACTIONS } from "./known-actions";
import { actionOf, changedAttributes, MACHINE, resourceChanges, valuesOf } from "./resource-change";
import type { PlannedStack } from "./seat-changes";
import { changedOutputs } from "./terraform-plan";
import type { PlannedResource } from "./terraform-plan";
import { UNKNOWN_ADDRESS } from "./upstream";

const digest = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in hexadecimal digits");

const unknownSchema: z.ZodType<Unknown> = z.union([
  z.literal(true),
  z.undefined(),
  z.record(
    z.string(),
    z.lazy(() => unknownSchema),
  ),
]);

const attributeSchema = z.strictObject({
  digest: digest.describe("Of what is known of the value afterwards."),
  unknown: unknownSchema.optional().describe("What of it the apply alone knows; by default nothing."),
  before: digest.optional().describe("Of what it is before, as far as it is known afterwards; only of what stays."),
});

const changeSchema = z.strictObject({
  address: z.string().describe("Terraform's address in the stack."),
  deposed: z
    .string()
    .optional()
    .describe("Terraform's key of what an interrupted replacement left over; by default it is the resource itself."),
  action: z.enum(ACTIONS),
  object: digest
    .nullable()
    .describe(
      "Of the id of what is there before, or of all of it where it goes and is no machine; null where nothing is.",
    ),
  attributes: z.record(z.string(), attributeSchema).describe("Those that are set, by name; null is none."),
});

const stackSchema = z.strictObject({
  configuration: digest.describe("Of the synthesized cdk.tf.json."),
  lock: z
    .string()
    .describe("Terraform's dependency lock file: the versions and checksums of the providers that planned."),
  dependencies: z.array(z.string()).describe("The stacks that it stands on."),
  outputs: z
    .array(z.string())
    .describe("Names of the outputs that change: they are told to other stacks, and stand in no plan."),
  changes: z.array(changeSchema),
});

/** The number grows when earlier approvals no longer contain enough. */
const FORMAT = "postazioni-approval-3";

const approvalSchema = z.strictObject({
  format: z.literal(FORMAT),
  city: z.string(),
  stacks: z.record(z.string(), stackSchema),
});

/** What the approver of a preview permits. It contains names and digests, no values. */
export type Approval = z.output<typeof approvalSchema>;

/** The approval for a stack. */
export type ApprovedStack = Approval["stacks"][string];

/** The approval for an attribute. */
export type ApprovedAttribute = z.output<typeof attributeSchema>;

/** The approval for a resource. */
export type ApprovedChange = ApprovedStack["changes"][number];

/** A stack with its plan and the other inputs of its approval. */
export interface ConfiguredPlan extends PlannedStack {
  /** Names of the stacks that it depends on. */
  readonly dependencies: readonly string[];
  /** Text of its synthesized cdk.tf.json. */
  readonly configuration: string;
  /** Text of its dependency lock file. */
  readonly lock: string;
}

/** The approval for a preview of these plans. */
export function approvalOf(city: string, planned: readonly ConfiguredPlan[]): Approval {
  const stacks = planned.map((stack) => [stack.stack, approvedStack(stack)] as const);
  return { format: FORMAT, city, stacks: Object.fromEntries(stacks) };
}

/** Parses an approval. @throws Error that says what is wrong with it */
export function readApproval(text: string): Approval {
  const read = approvalSchema.safeParse(parsed(text));
  if (read.success) return read.data;
  throw new Error(`it is no approval that this version of 'npm run preview' writes: ${z.prettifyError(read.error)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("it is not JSON, or only the beginning of it");
  }
}

function approvedStack({ plan, dependencies, configuration, lock }: ConfiguredPlan): ApprovedStack {
  return {
    configuration: configurationDigest(configuration),
    lock,
    dependencies: [...dependencies],
    outputs: changedOutputs(plan),
    changes: resourceChanges(plan)
      .filter(({ address }) => address !== UNKNOWN_ADDRESS)
      .map(approvedChange),
  };
}

/** SHA-256 of a synthesized cdk.tf.json, as of its file. */
export function configurationDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function approvedChange(planned: PlannedResource): ApprovedChange {
  const attributes = settings(planned).map((setting) => [setting.name, approvedAttribute(setting)]);
  return { ...identified(planned), attributes: Object.fromEntries(attributes) as ApprovedChange["attributes"] };
}

function approvedAttribute({ value, unknown, before }: Setting): ApprovedAttribute {
  return {
    digest: digestOf(value, unknown),
    ...(unknown !== undefined && { unknown }),
    ...(before !== undefined && { before: digestOf(before, unknown) }),
  };
}

/** The resource of a change, and its action. */
export function identified(planned: PlannedResource): Omit<ApprovedChange, "attributes"> {
  const action = actionOf(planned.change) ?? "update";
  const { address, deposed } = planned;
  const object = objectOf(planned, action);
  return {
    address,
    ...(deposed !== undefined && { deposed }),
    ...{ action, object: object === undefined ? null : digestOf(object, undefined) },
  };
}

/**
 * The identity of an object: its id. For a destroyed one all its attributes, since in Vault an id is only a name, which
 * a new object may reuse; for a machine only its id, as its addresses change.
 */
function objectOf(planned: PlannedResource, action: ApprovedChange["action"]): unknown {
  const { before } = valuesOf(planned);
  const stays = action === "update" || action === "import";
  return stays || planned.type === MACHINE ? (before.id ?? undefined) : withoutEmpty(before);
}

/** An attribute that a change sets. */
export interface Setting {
  readonly name: string;
  readonly value: unknown;
  readonly unknown: Unknown;
  /** Former value; undefined for a created resource. */
  readonly before: unknown;
}

/**
 * The attributes that a change sets: for a created resource all except null ones; otherwise only those that differ,
 * since a machine's address or version may change in the meantime.
 */
export function settings(planned: PlannedResource): Setting[] {
  const { before, after } = valuesOf(planned);
  const { action } = identified(planned);
  if (action === "destroy" || action === "forget") return [];
  const marks = { ...(planned.change.after_unknown as Readonly<Record<string, unknown>> | undefined) };
  const names = isMade(action) ? Object.keys({ ...before, ...after, ...marks }).sort() : changedAttributes(planned);
  return names
    .map((name) => ({
      ...{ name, value: after[name] ?? null, unknown: unknownIn(marks[name]) },
      before: isMade(action) ? undefined : (withoutEmpty(before[name]) ?? null),
    }))
    .filter(({ value, unknown }) => !isMade(action) || unknown !== undefined || value !== null);
}

/** Whether an action creates an object. */
export function isMade(action: ApprovedChange["action"]): boolean {
  return action === "create" || action === "replace" || action === "forget-and-create";
}
