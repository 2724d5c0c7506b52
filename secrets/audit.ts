import { z } from "zod";
import type { Status, VaultAccess } from "./vault-access";

const devices = z.object({ data: z.record(z.string(), z.unknown()) });

/**
 * Whether Vault keeps an audit log at all. Its devices are declared in the server's own configuration, or for HashiCorp's Vault
 * over its API: they are the server's, and no city's.
 */
export async function auditStatus(vault: VaultAccess): Promise<Status> {
  const answer = await vault.get("sys/audit");
  const found = answer === undefined ? [] : Object.keys(devices.parse(answer).data);
  return { what: "audit log", state: found.length > 0 ? "right" : "missing", since: "" };
}
