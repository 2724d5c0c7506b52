import { z } from "zod";
import { WRAPPING_SECONDS } from "../access/secret-id";
import { vaultPaths } from "../access/vault-paths";
import { stackName } from "../environments/stack-names";
import type { VaultAccess } from "./vault-access";

/** What is asked of Vault: reads, writes, and writes whose answer is wrapped. */
export interface VaultPort extends Pick<VaultAccess, "get" | "post"> {
  /** @param seconds how long the wrapped answer can be opened */
  postWrapped(path: string, body: unknown, seconds: number): Promise<unknown>;
}

/** A wrapped secret id. */
export interface WrappedSecret {
  /** Opens it, once. */
  readonly token: string;
  /** Names it in Vault's audit log. */
  readonly accessor: string;
  /** When it logs in no more, in seconds since 1970 by Vault's clock. */
  readonly loginBy: number;
  /** When Vault forgets whether it was opened, in seconds since 1970 by Vault's clock. */
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

/** The roles of a city's pools in Vault. */
export class VaultRoles {
  public constructor(
    private readonly vault: VaultPort,
    private readonly city: string,
  ) {}

  /** The public id of a pool's role. @throws Error where there is no such role */
  public async roleId(pool: string): Promise<string> {
    const answer = await this.vault.get(`${this.role(pool)}/role-id`);
    if (answer === undefined)
      throw new Error(`Vault has no role of pool ${pool}: deploy ${stackName(this.city, "secrets")}`);
    return roleId.parse(answer).data.role_id;
  }

  /**
   * Issues a secret id for a seat's machine, wrapped for much longer than it logs in: so it can still be seen afterwards whether
   * somebody opened it. The seat is in its metadata, and so in Vault's audit log of the login.
   * @param seconds how long it logs in
   * @throws Error where the answer was not wrapped: what came then is used nowhere
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

  /** Whether a wrapping token can still be opened. */
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
