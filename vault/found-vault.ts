import { z } from "zod";
import { VaultClient, VaultError } from "./client";

/** A Vault server and what a login sees of it. */
export interface FoundVault {
  /** URL of the server. */
  readonly address: string;
  /** Why it could not be asked. @default - it answered */
  readonly failure?: string;
  readonly initialized: boolean;
  readonly sealed: boolean;
  /** Version, such as `1.20.4` of HashiCorp's or `2.4.1` of OpenBao. */
  readonly version: string;
  /** Its audit devices. @default - not seen, for want of a login or of its permission */
  readonly audits?: readonly string[] | undefined;
  /** Types of the mounts in the city's namespace, by their paths; login methods begin with `auth/`. @default - not seen */
  readonly mounts?: Readonly<Record<string, string>> | undefined;
}

const sealStatus = z.object({ initialized: z.boolean(), sealed: z.boolean(), version: z.string() });
const devices = z.object({ data: z.record(z.string(), z.unknown()) });
const mounts = z.object({ data: z.record(z.string(), z.object({ type: z.string() })) });
/** The login has ended, or may not read this. */
const FORBIDDEN = 403;

/** Reads a server's state, which needs no login, and what the client's login may see. */
export async function foundVault(client: VaultClient): Promise<FoundVault> {
  const { address } = client;
  try {
    const anybody = new VaultClient(address);
    const { initialized, sealed, version } = sealStatus.parse(await anybody.get("sys/seal-status"));
    const found = { address, initialized, sealed, version };
    if (sealed || client.token === undefined) return found;
    const [audits, engines, methods] = [
      await permitted(client.within(undefined), "sys/audit", devices),
      await permitted(client, "sys/mounts", mounts),
      await permitted(client, "sys/auth", mounts),
    ];
    const all = engines && methods && { ...typesOf(engines.data, ""), ...typesOf(methods.data, "auth/") };
    return { ...found, audits: audits && Object.keys(audits.data), mounts: all };
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return { address, failure: error.message, initialized: false, sealed: true, version: "" };
  }
}

async function permitted<T>(client: VaultClient, path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    const answer = await client.get(path);
    return answer === undefined ? undefined : schema.parse(answer);
  } catch (error) {
    if (error instanceof VaultError && error.status === FORBIDDEN) return undefined;
    throw error;
  }
}

function typesOf(found: Readonly<Record<string, { readonly type: string }>>, prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(found).map(([path, { type }]) => [`${prefix}${path.replace(/\/$/, "")}`, type]),
  );
}
