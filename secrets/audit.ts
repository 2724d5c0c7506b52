import { z } from "zod";
import type { Status, VaultAccess } from "./vault-access";

const devices = z.object({ data: z.record(z.string(), z.unknown()) });

/**
 * Whether Vault has an audit device. Audit devices are declared in the server's configuration, or for HashiCorp's Vault
 * over its API: they belong to the server, not to a city.
 */
export async function auditStatus(vault: VaultAccess): Promise<Status> {
  const answer = await vault.get("sys/audit");
  const found = answer === undefined ? [] : Object.keys(devices.parse(answer).data);
  return { what: "audit log", state: found.length > 0 ? "right" : "missing", since: "" };
}
