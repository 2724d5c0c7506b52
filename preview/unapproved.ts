import { identified, isMade, settings } from "./approval";
import type { ApprovedAttribute, ApprovedChange, ApprovedStack, Setting } from "./approval";
import { digestOf, isWithin } from "./known-value";
import { objectKey, resourceChanges } from "./resource-change";
import type { PlannedResource, TerraformPlan } from "./terraform-plan";

/** A planned change that was not approved. */
export interface Unapproved {
  /** Terraform's address in the stack. */
  readonly address: string;
  /** Terraform's key of a deposed object, left by an interrupted replacement. @default - the resource itself */
  readonly deposed?: string | undefined;
  readonly action: ApprovedChange["action"];
  /** The action that was approved instead. @default - none: nothing was approved for the resource */
  readonly approved?: ApprovedChange["action"];
  /** Names of the attributes that differ from the approval, sorted; `id` where the object is another or has changed. */
  readonly attributes: readonly string[];
}

/**
 * A plan's changes that were not approved, in Terraform's order. An approved change that is no longer needed is no
 * difference, and a value unknown before the apply may be anything.
 */
export function unapproved(approved: ApprovedStack, plan: TerraformPlan): Unapproved[] {
  const changes = new Map(approved.changes.map((change) => [objectKey(change), change]));
  return resourceChanges(plan).flatMap((planned) => differenceTo(changes.get(objectKey(planned)), planned));
}

function differenceTo(approved: ApprovedChange | undefined, planned: PlannedResource): Unapproved[] {
  const { object, ...what } = identified(planned);
  const { action } = what;
  if (approved === undefined) return [{ ...what, attributes: [] }];
  if (approved.action !== action) return [{ ...what, approved: approved.action, attributes: [] }];
  const others = otherAttributes(approved, settings(planned));
  const attributes = [...new Set([...(approved.object === object ? [] : ["id"]), ...others])].sort();
  return attributes.length === 0 ? [] : [{ ...what, approved: action, attributes }];
}

/**
 * For a created resource also attributes that would be missing; otherwise an approved attribute that needs no change
 * any more is right.
 */
function otherAttributes({ action, attributes }: ApprovedChange, wanted: readonly Setting[]): string[] {
  const said = new Set(wanted.map(({ name }) => name));
  const lacking = Object.keys(attributes).filter((name) => isMade(action) && !said.has(name));
  const all = [...wanted, ...lacking.map((name) => ({ name, value: null, unknown: undefined, before: undefined }))];
  return all.filter((setting) => !isApproved(attributes[setting.name], setting)).map(({ name }) => name);
}

function isApproved(approved: ApprovedAttribute | undefined, { value, unknown, before }: Setting): boolean {
  if (approved === undefined || !isWithin(unknown, approved.unknown)) return false;
  const isAsItWas = before === undefined || digestOf(before, approved.unknown) === approved.before;
  return isAsItWas && digestOf(value, approved.unknown) === approved.digest;
}
