import { z } from "zod";
import { WRAPPING_SECONDS } from "../access/secret-id";
import { vaultPaths } from "../access/vault-paths";
import { stackName } from "../environments/stack-names";
import type { VaultAccess } from "./vault-access";

/** Vault's API for roles: reads, writes, and writes with a wrapped answer. */
export interface VaultPort extends Pick<VaultAccess, "get" | "post"> {
  /** @param seconds lifetime of the wrapping token */
  postWrapped(path: string, body: unknown, seconds: number): Promise<unknown>;
}

/** A wrapped secret id. */
export interface WrappedSecret {
  /** The wrapping token, which opens it once. */
  readonly token: string;
  /** Accessor of the secret id, as in Vault's audit log. */
  readonly accessor: string;
  /** When the secret id expires, in seconds since 1970 by Vault's clock. */
  readonly loginBy: number;
  /** When the wrapping token expires, in seconds since 1970 by Vault's clock. */
  readonly expires: number;
}

const roleId = z.object({ data: z.object({ role_id: z.string() }) });
const wrapped = z.object({
  wrap_info: z.object({
    token: z.string(),
    ttl: z.number(),
    creation_time: z.iso.datetime({ offset: true }),
    creation_path: z.string(),
    wrapped_accessor: z.string(),
  }),
});
const BAD_REQUEST = 400;

/** The AppRole roles of a city's pools. */
export class VaultRoles {
  public constructor(
    private readonly vault: VaultPort,
    private readonly city: string,
  ) {}

  /** The role id of a pool, which is public. @throws Error where the role does not exist */
  public async roleId(pool: string): Promise<string> {
    const answer = await this.vault.get(`${this.role(pool)}/role-id`);
    if (answer === undefined)
      throw new Error(`Vault has no role of pool ${pool}: deploy ${stackName(this.city, "secrets")}`);
    return roleId.parse(answer).data.role_id;
  }

  /**
   * Issues a secret id for a seat's machine. Its wrapping token lives much longer than the secret id, so that it can be
   * checked later whether somebody opened it. The seat is in the secret id's metadata, and so in Vault's audit log of
   * the login.
   * @param seconds lifetime of the secret id
   * @throws Error where the answer was not wrapped; such an answer is not used
   */
  public async issue(pool: string, seat: string, seconds: number): Promise<WrappedSecret> {
    const path = `${this.role(pool)}/secret-id`;
    const body = { metadata: JSON.stringify({ seat }), ttl: `${String(seconds)}s` };
    const answer = await this.vault.postWrapped(path, body, WRAPPING_SECONDS);
    const parsed = wrapped.safeParse(answer);
    if (!parsed.success || parsed.data.wrap_info.creation_path !== path) {
      throw new Error("Vault did not wrap the secret id: does something between here and Vault drop X-Vault-Wrap-TTL?");
    }
    const { token, ttl, creation_time, wrapped_accessor } = parsed.data.wrap_info;
    const made = Math.floor(Date.parse(creation_time) / 1000);
    return { token, accessor: wrapped_accessor, loginBy: made + seconds, expires: made + ttl };
  }

  /** Whether a wrapping token is still unopened. */
  public async isUnopened(token: string): Promise<boolean> {
    try {
      await this.vault.post("sys/wrapping/lookup", { token });
      return true;
    } catch (error) {
      if (error instanceof Error && "status" in error && error.status === BAD_REQUEST) return false;
      throw error;
    }
  }

  private role(pool: string): string {
    return `auth/${vaultPaths(this.city).appRole}/role/${pool}`;
  }
}
