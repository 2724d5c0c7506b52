import { MACHINE, resourceChanges, valuesOf } from "./resource-change";
import type { TerraformPlan } from "./terraform-plan";
import type { StackConfig } from "./upstream";

/** A resource of a synthesized stack, as far as it is read here. */
interface ConfiguredMachines {
  readonly lifecycle?: { readonly ignore_changes?: readonly string[] };
}

const ADDRESS = /^vsphere_virtual_machine\.([\w-]+)(?:\[|$)/;

/**
 * A stack that leaves machines the custom attributes that its plan would clear. Terraform knows only all of a machine's
 * attributes together, so the provider clears those of other products whenever a holder is declared (2.15.0,
 * `clearRemovedAttributes`). The attributes' keys are vCenter's; the file can name them too
 * (`platform.vsphere.othersAttributes`).
 * @returns undefined where the plan clears none
 */
export function withAttributesKept(config: StackConfig, plan: TerraformPlan): StackConfig | undefined {
  const cleared = clearedAttributes(plan);
  if (cleared.size === 0) return undefined;
  const machines = (config.resource?.[MACHINE] ?? {}) as Readonly<Record<string, ConfiguredMachines>>;
  const kept = Object.entries(machines).map(([name, resource]) => [name, keeping(resource, cleared.get(name))]);
  return { ...config, resource: { ...config.resource, [MACHINE]: Object.fromEntries(kept) as typeof machines } };
}

function keeping(resource: ConfiguredMachines, keys: ReadonlySet<string> = new Set()): ConfiguredMachines {
  const { ignore_changes: ignored = [], ...lifecycle } = resource.lifecycle ?? {};
  const all = [...new Set([...ignored, ...[...keys].map((key) => `custom_attributes["${key}"]`)])].sort();
  return keys.size === 0 ? resource : { ...resource, lifecycle: { ...lifecycle, ignore_changes: all } };
}

/** Keys of the attributes that a plan takes from machines that stay, by the resource's name. */
function clearedAttributes(plan: TerraformPlan): Map<string, Set<string>> {
  const cleared = new Map<string, Set<string>>();
  for (const planned of resourceChanges(plan)) {
    const name = ADDRESS.exec(planned.address)?.[1];
    const { before, after } = valuesOf(planned);
    if (name === undefined || planned.change.actions.join() !== "update") continue;
    const declared = keysOf(after.custom_attributes);
    const lost = keysOf(before.custom_attributes).filter((key) => !declared.includes(key));
    if (lost.length > 0) cleared.set(name, new Set([...(cleared.get(name) ?? []), ...lost]));
  }
  return cleared;
}

function keysOf(attributes: unknown): string[] {
  return typeof attributes === "object" && attributes !== null ? Object.keys(attributes) : [];
}
