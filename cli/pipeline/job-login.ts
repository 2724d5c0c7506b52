import { z } from "zod";
import { vaultPaths } from "../../access/vault-paths";
import type { CiRole } from "../../access/ci-environments";
import type { City } from "../../environments/model/city";
import type { PlaceOf } from "../../environments/violation";
import { hide } from "../../runtime/failure";
import { askingVault, vaultClient } from "../vault-client";
import { requireLoginHosts } from "../login-hosts";
import { namedVault } from "../named-servers";
import { jobIdentity } from "./job-identity";

const login = z.object({ auth: z.object({ client_token: z.string() }) });

/**
 * A Vault token that the identity of this CI job gives it in a role of the city; it ends within the hour.
 * @param placeOf where the city's values stand, for what is said of a server
 * @throws InputError outside of a job with an identity, and where POSTAZIONI_LOGIN_HOSTS does not name the server
 * @throws CommandError where the role is not for this job
 */
export async function jobLogin(named: City, placeOf: PlaceOf, role: CiRole): Promise<string> {
  const { city, secrets } = named;
  requireLoginHosts(named, placeOf, { vault: namedVault() });
  const jwt = await jobIdentity(secrets.ci.audience, process.env);
  hide(jwt);
  const token = await askingVault(named, async () => {
    const answer = await vaultClient(named).post(`auth/${vaultPaths(city.id).ci}/login`, { role, jwt });
    return login.parse(answer).auth.client_token;
  });
  hide(token);
  return token;
}
