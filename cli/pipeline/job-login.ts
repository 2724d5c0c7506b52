import { z } from "zod";
import { vaultPaths } from "../../access/vault-paths";
import type { CiRole } from "../../constructs/secrets/ci-claims";
import type { City } from "../../environments/model/city";
import { VaultClient } from "../../lab/vault-client";
import { jobIdentity } from "./job-identity";

const login = z.object({ auth: z.object({ client_token: z.string() }) });

/**
 * A Vault token that the identity of this CI job gives it in a role of the city; it ends within the hour.
 * @throws LabInputError outside of a job with an identity
 * @throws VaultError where the role is not for this job
 */
export async function jobLogin({ city, platform, secrets }: City, role: CiRole): Promise<string> {
  const jwt = await jobIdentity(secrets.ci.audience, process.env);
  const vault = new VaultClient(process.env.VAULT_ADDR ?? platform.vault.address);
  const answer = await vault.post(`auth/${vaultPaths(city.id).ci}/login`, { role, jwt });
  return login.parse(answer).auth.client_token;
}
