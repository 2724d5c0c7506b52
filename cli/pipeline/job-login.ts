import { z } from "zod";
import { vaultPaths } from "../../access/vault-paths";
import type { CiRole } from "../../access/ci-environments";
import type { City } from "../../environments/model/city";
import type { PlaceOf } from "../../environments/violation";
import { InputError } from "../../runtime/errors";
import { hide } from "../../runtime/failure";
import { askingVault, vaultClient } from "../vault-client";
import { requireLoginHosts } from "../login-hosts";
import { namedVault } from "../named-servers";
import { jobIdentity } from "./job-identity";

const login = z.object({ auth: z.object({ client_token: z.string() }) });

/**
 * A Vault token for this CI job's identity in a role of the city; it expires within the hour.
 * @param placeOf source location of the city's values, for messages about a server
 * @throws InputError outside a job with an identity, and where POSTAZIONI_LOGIN_HOSTS does not list the server
 * @throws CommandError where the role does not accept this job
 */
export async function jobLogin(named: City, placeOf: PlaceOf, role: CiRole): Promise<string> {
  const { city, secrets } = named;
  if (secrets.ci === undefined)
    throw new InputError(`no job logs in to the Vault of ${city.id}: its file has no secrets.ci`);
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
