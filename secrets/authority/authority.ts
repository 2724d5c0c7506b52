import { z } from "zod";
import { authorityRequest } from "../../access/authority-request";
import { vaultPaths } from "../../access/vault-paths";
import type { Status, VaultAccess } from "../vault-access";
import { stackName } from "../../environments/stack-names";
import { authorityCertificate } from "./certificate";
import type { AuthorityCertificate } from "./certificate";
import { chainFlaws, chainUntil } from "./chain";
import type { ChainFlaw } from "./chain";

/** A problem with an authority, and its repair. */
export class AuthorityError extends Error {
  public override readonly name = "AuthorityError";
}

/** A city's certificate authority as declared. */
export interface AuthorityPlan {
  /** City id. */
  readonly city: string;
  /** SHA-256 fingerprint of the root, as openssl prints it. */
  readonly rootSha256: string;
  /** How many days before its end a chain counts as old. */
  readonly renewWithinDays: number;
}

/** Vault's API as the authority uses it. */
export interface AuthorityVault extends VaultAccess {
  delete(path: string): Promise<void>;
}

/** Result of installing an authority. */
export interface Installed {
  /** `made`: the first one; `changed`: it replaced an earlier one; `there`: it was installed before. */
  readonly result: "made" | "changed" | "there";
  /** The certificate's subject. */
  readonly subject: string;
  /** When the chain expires. */
  readonly until: Date;
  /** Number of removed keys of other requests. */
  readonly removedKeys: number;
}

const MS_PER_DAY = 86_400_000;

const request = z.object({ data: z.object({ csr: z.string() }) });
const key = z.object({ data: z.object({ subject_key_id: z.string() }) });
const settings = z.object({ data: z.object({ default: z.string() }) });
const signed = z.object({ data: z.object({ mapping: z.record(z.string(), z.string()) }) });
const issuers = z.object({ data: z.object({ key_info: z.record(z.string(), z.object({ key_id: z.string() })) }) });
const current = z.object({ data: z.object({ certificate: z.string(), ca_chain: z.array(z.string()) }) });

/**
 * Makes Vault create a key, which never leaves it. @returns the certificate signing request, in PEM; it holds no secret
 */
export async function requestAuthority(city: string, vault: VaultAccess): Promise<string> {
  await deployed(city, vault);
  const answer = await vault.post(`${mountOf(city)}/intermediate/generate/internal`, authorityRequest(city));
  return `${request.parse(answer).data.csr.trim()}\n`;
}

/** Checks a chain against Vault: its key must be one that Vault created. */
export async function keyFlaws(
  city: string,
  chain: readonly AuthorityCertificate[],
  vault: VaultAccess,
): Promise<ChainFlaw[]> {
  await deployed(city, vault);
  const [own] = chain;
  const known = [...(await keysOf(city, vault)).values()];
  if (own === undefined || known.includes(own.keyId)) return [];
  const repair = "have the request of the last secrets authority request signed, or make another one";
  return [{ what: `${own.subject} is for a key that Vault does not have`, allowed: "a key of Vault's", repair }];
}

/**
 * Installs a checked chain: Vault then signs with it, and certificates issued before stay valid. Keys without a
 * certificate are removed. Safe to repeat.
 * @throws AuthorityError where Vault does not have the chain afterwards
 */
export async function installAuthority(
  city: string,
  chain: readonly AuthorityCertificate[],
  vault: AuthorityVault,
): Promise<Installed> {
  const own = ownOf(chain);
  const before = await currentChain(city, vault);
  const there = chain.every(({ x509 }, index) => before[index]?.x509.fingerprint256 === x509.fingerprint256);
  if (!there) await putInPlace(city, chain, vault);
  const removedKeys = await removeUnused(city, vault);
  const result = there ? "there" : before.length > 0 ? "changed" : "made";
  return { result, subject: own.subject, until: chainUntil(chain), removedKeys };
}

/** Revokes a certificate and renews the revocation list. @param serial as openssl or Vault prints it */
export async function revokeCertificate(city: string, serial: string, vault: VaultAccess): Promise<void> {
  await vault.post(`${mountOf(city)}/revoke`, { serial_number: serial });
  await vault.get(`${mountOf(city)}/crl/rotate`);
}

/** The state of an authority. @param now decides what is old */
export async function authorityStatus(plan: AuthorityPlan, vault: VaultAccess, now: Date): Promise<Status> {
  const what = "authority";
  const chain = await currentChain(plan.city, vault);
  const [own] = chain;
  if (own === undefined) return { what, state: "missing", since: "" };
  const until = chainUntil(chain);
  const times = { since: own.from.toISOString(), until: until.toISOString() };
  // An expired chain is reported as old only, so it is checked at its last valid moment.
  const then = new Date(Math.min(now.getTime(), until.getTime()));
  if (chainFlaws(chain, { rootSha256: plan.rootSha256, now: then }).length > 0)
    return { what, state: "different", ...times };
  const days = (until.getTime() - now.getTime()) / MS_PER_DAY;
  return { what, state: days < plan.renewWithinDays ? "old" : "right", ...times };
}

async function putInPlace(city: string, chain: readonly AuthorityCertificate[], vault: VaultAccess): Promise<void> {
  const certificate = chain.map(({ x509 }) => x509.toString()).join("");
  const answer = await vault.post(`${mountOf(city)}/intermediate/set-signed`, { certificate });
  const [issuer] = Object.entries(signed.parse(answer).data.mapping).find(([, keyId]) => keyId !== "") ?? [];
  if (issuer === undefined)
    throw new AuthorityError("Vault has no key for the certificate: was it made anew meanwhile?");
  await vault.post(`${mountOf(city)}/config/issuers`, { default: issuer });
  const [now] = await currentChain(city, vault);
  if (now?.x509.fingerprint256 !== ownOf(chain).x509.fingerprint256) {
    throw new AuthorityError("Vault took the certificate and issues with another one: look at its issuers");
  }
}

/** A request that was never installed leaves a key that will sign nothing. */
async function removeUnused(city: string, vault: AuthorityVault): Promise<number> {
  const answer = issuers.parse(await vault.get(`${mountOf(city)}/issuers?list=true`));
  const used = new Set(Object.values(answer.data.key_info).map(({ key_id }) => key_id));
  const unused = [...(await keysOf(city, vault)).keys()].filter((id) => !used.has(id));
  for (const id of unused) await vault.delete(`${mountOf(city)}/key/${id}`);
  return unused.length;
}

/** The names of Vault's keys by key id. */
async function keysOf(city: string, vault: VaultAccess): Promise<ReadonlyMap<string, string>> {
  const ids = await vault.list(`${mountOf(city)}/keys`);
  const names = ids.map(async (id): Promise<[string, string]> => {
    return [id, key.parse(await vault.get(`${mountOf(city)}/key/${id}`)).data.subject_key_id];
  });
  return new Map(await Promise.all(names));
}

/** The chain that Vault issues with, up to its root; empty where it cannot issue yet. */
async function currentChain(city: string, vault: VaultAccess): Promise<AuthorityCertificate[]> {
  const answer = await vault.get(`${mountOf(city)}/config/issuers`);
  if (answer === undefined || settings.parse(answer).data.default === "") return [];
  const { certificate, ca_chain } = current.parse(await vault.get(`${mountOf(city)}/issuer/default/json`)).data;
  const [own, ...others] = [certificate, ...ca_chain].map(authorityCertificate);
  if (own === undefined) return [];
  return [own, ...others.filter(({ x509 }) => x509.fingerprint256 !== own.x509.fingerprint256)];
}

async function deployed(city: string, vault: VaultAccess): Promise<void> {
  const answer = await vault.get(`${mountOf(city)}/config/issuers`);
  if (answer === undefined)
    throw new AuthorityError(`Vault has no ${mountOf(city)}: deploy ${stackName(city, "secrets")}`);
}

function ownOf([own]: readonly AuthorityCertificate[]): AuthorityCertificate {
  if (own === undefined) throw new AuthorityError("the chain has no certificate");
  return own;
}

function mountOf(city: string): string {
  return vaultPaths(city).pki;
}
