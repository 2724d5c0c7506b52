import { restarts } from "./machine-restart";
import { MACHINE, valuesOf } from "./resource-change";
import type { PlannedResource } from "./terraform-plan";

/** Its rules, which only a gateway has. */
const RULES = "guestinfo.postazioni.rules";
/** What cloud-init applies at a start. */
const AT_A_START = ["guestinfo.userdata", "guestinfo.metadata"];

/** What a change in place does to a gateway; undefined for anything else than a gateway that changes in place. */
export function gatewayEffect({ type, change }: PlannedResource): string | undefined {
  const values = valuesOf({ change });
  const [before, after] = [values.before, values.after].map(({ extra_config }) => asRecord(extra_config));
  if (type !== MACHINE || before?.[RULES] === undefined || after?.[RULES] === undefined) return undefined;
  if (change.actions.join() !== "update") return undefined;
  if (restarts(values)) return "restarts: the provider does it";
  if (AT_A_START.some((key) => before[key] !== after[key])) return "restarts once the other gateway carries";
  return before[RULES] === after[RULES] ? undefined : "rules in place, without a restart";
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
