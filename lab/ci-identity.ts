import { createHash } from "node:crypto";
import { z } from "zod";
import type { VaultClient } from "../vault/client";

/** The claims of a CI job's identity token, besides its audience. */
export type CiClaims = Readonly<Record<string, string>>;

const NAME = "lab-ci";
const LIFE = "10m";
const DIGEST_LENGTH = 16;

const login = z.object({ auth: z.object({ client_token: z.string() }) });
const identityToken = z.object({ data: z.object({ token: z.string() }) });

/** The issuer of the lab's CI tokens: OpenBao itself. It publishes its keys, as a CI platform does. */
export function ciIssuer(address: string): string {
  return `${address}/v1/identity/oidc`;
}

/** Prepares OpenBao to issue CI tokens; once for each server. */
export async function prepareCiIdentity(root: VaultClient): Promise<void> {
  await root.post(`identity/oidc/key/${NAME}`, { allowed_client_ids: "*" });
  await root.post(`sys/policies/acl/${NAME}`, { policy: 'path "identity/oidc/token/*" { capabilities = ["read"] }' });
  await root.post(`auth/token/roles/${NAME}`, { allowed_entity_aliases: [NAME], allowed_policies: [NAME] });
}

/**
 * A signed identity token as a CI job gets it, with the platform's claims. The audience is the role's client id, the
 * only way to choose it; `sub` is an entity's id and cannot be chosen. The root token has no entity, so a short-lived
 * token with one makes the request.
 * @param life lifetime, such as `5m`
 */
export async function ciToken(
  root: VaultClient,
  audience: string,
  claims: CiClaims,
  life: string = LIFE,
): Promise<string> {
  const template = JSON.stringify(claims);
  const role = `${NAME}-${createHash("sha256").update(`${audience}\0${life}\0${template}`).digest("hex").slice(0, DIGEST_LENGTH)}`;
  await root.post(`identity/oidc/role/${role}`, { key: NAME, client_id: audience, ttl: life, template });
  const body = { entity_alias: NAME, policies: [NAME], ttl: LIFE };
  const token = login.parse(await root.post(`auth/token/create/${NAME}`, body)).auth.client_token;
  return identityToken.parse(await root.as(token).get(`identity/oidc/token/${role}`)).data.token;
}
