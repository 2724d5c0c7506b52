import { z } from "zod";
import type { LabSession } from "../lab/session";
import type { StackPlan } from "../lab/plan";
import type { VaultInventory, VaultMount } from "../lab/vault-inventory";

const MOST_NAMES = 6;

const named = z.looseObject({ name: z.string() });
const snapshotSchema = z.record(z.string(), z.unknown());

/** A few lines on what exists in a city's vCenter and in Vault. */
export async function cityReport(lab: LabSession, city: string): Promise<string> {
  const snapshot = snapshotSchema.parse(await lab.snapshot(city));
  const vault = await lab.vaultInventory(city);
  const lines = [...vcenterLines(snapshot), ...vaultLines(vault)];
  return [`${city}:`, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** A line for each stack; for a failed one also the end of Terraform's output. */
export function planReport(plans: readonly StackPlan[]): string {
  return plans
    .map(({ stack, result, summary, logFile }) => {
      if (result === "failed") return `${stack}: the plan failed\n${summary}\nThe whole log: ${logFile}`;
      return result === "changes" ? `${stack}: ${summary} (${logFile})` : `${stack}: ${summary}`;
    })
    .join("\n");
}

/** A line for each stack: whether it is deployed, and whether the files still declare it. */
export function stackLines(lab: Pick<LabSession, "stacks" | "deployed" | "orphaned">): string[] {
  const deployed = new Set(lab.deployed());
  const orphaned = new Set(lab.orphaned());
  return lab.stacks().map((stack) => {
    if (orphaned.has(stack)) return `${stack}: deployed, but no file declares it any more`;
    return `${stack}: ${deployed.has(stack) ? "deployed" : "not deployed"}`;
  });
}

function vcenterLines(snapshot: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(snapshot).flatMap(([kind, things]) => {
    const list = z.array(named).safeParse(things);
    if (!list.success || list.data.length === 0) return [];
    return [`vCenter ${words(kind)}: ${enumeration(list.data.map(({ name }) => name))}`];
  });
}

function vaultLines(vault: VaultInventory): string[] {
  return [
    ...vault.mounts.map((mount) => `Vault ${mountLine(mount)}`),
    ...vault.auth.map((mount) => `Vault login ${mountLine(mount)}`),
    ...Object.entries({
      "Vault policies": vault.policies,
      "Vault password policies": vault.passwordPolicies,
      "Vault rate limits": vault.rateLimits,
      "Vault groups": vault.groups,
    }).flatMap(([title, names]) => (names.length > 0 ? [`${title}: ${enumeration(names)}`] : [])),
  ];
}

function mountLine({ path, type, contents }: VaultMount): string {
  const parts = Object.entries(contents).filter(([, names]) => names.length > 0);
  return [`${path} (${type})`, ...parts.map(([kind, names]) => `${kind}: ${enumeration(names)}`)].join("; ");
}

function enumeration(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length - MOST_NAMES;
  return `${String(names.length)} (${shown}${more > 0 ? ` and ${String(more)} more` : ""})`;
}

/** `portGroups` gives `port groups`. */
function words(key: string): string {
  return key.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}
