import { AndFilter, Client, EqualityFilter, InvalidCredentialsError, NoSuchObjectError, ResultCodeError } from "ldapts";
import type { Filter } from "ldapts";
import { foundDomain } from "./found-domain";
import type { DomainQuestions, FoundDomain } from "./found-domain";
import type { Directory } from "../environments/model/directory";
import { unanswered, unverified } from "../runtime/guarded-fetch";

/** A directory and what a login sees of it. */
export interface FoundDirectory {
  /** URL of the server. */
  readonly url: string;
  /** Whether a login was used. */
  readonly withLogin: boolean;
  /** Why it could not be asked, or refused the login. @default - it answered */
  readonly failure?: string | undefined;
  /** Base DNs of what it keeps, which it tells anybody. */
  readonly contexts: readonly string[];
  /** What was asked for and is not there. @default - not seen, for want of a login */
  readonly absent?: DirectoryNames | undefined;
  /** What the login sees of the domain. @default - it is none of Active Directory, or there was no login */
  readonly domain?: FoundDomain | undefined;
}

/** Distinguished names, and names of groups. */
export interface DirectoryNames {
  readonly entries: readonly string[];
  readonly groups: readonly string[];
}

/** What is asked of a directory. */
export interface DirectoryQuestions extends DirectoryNames {
  /** @default - it is none of Active Directory */
  readonly domain?: DomainQuestions | undefined;
}

/** A login to a directory. */
export interface DirectoryLogin {
  readonly dn: string;
  readonly password: string;
}

const TIMEOUT_MS = 15_000;

/**
 * Reads what a directory tells anybody, and with a login which of some names it has. Its certificate is always verified.
 * @param login an account that may read. @default - none
 */
export async function foundDirectory(
  directory: Directory,
  asked: DirectoryQuestions,
  login?: DirectoryLogin,
): Promise<FoundDirectory> {
  const found = { url: directory.url, withLogin: login !== undefined };
  const { url } = directory;
  const refusal = unverified();
  if (refusal !== undefined) return { ...found, failure: refusal, contexts: [] };
  const client = new Client({ url, timeout: TIMEOUT_MS, connectTimeout: TIMEOUT_MS });
  let contexts: string[] = [];
  try {
    contexts = await namingContexts(client);
    if (login === undefined) return { ...found, contexts };
    await client.bind(login.dn, login.password);
    const missing = await absent(client, directory, asked);
    return { ...found, contexts, absent: missing, domain: asked.domain && (await foundDomain(client, asked.domain)) };
  } catch (error) {
    return { ...found, contexts, failure: reason(url, error) };
  } finally {
    await client.unbind().catch(() => undefined);
  }
}

async function namingContexts(client: Client): Promise<string[]> {
  const { searchEntries } = await client.search("", { scope: "base", attributes: ["namingContexts"] });
  return searchEntries.flatMap(({ namingContexts: found }) => [found ?? []].flat().map(String));
}

async function absent(
  client: Client,
  { groupDn, userDomain }: Directory,
  { entries, groups }: DirectoryNames,
): Promise<DirectoryNames> {
  const missing: { entries: string[]; groups: string[] } = { entries: [], groups: [] };
  for (const dn of entries) if (!(await has(client, dn, "base"))) missing.entries.push(dn);
  const windows = userDomain !== undefined;
  for (const group of groups)
    if (!(await has(client, groupDn, windows ? "sub" : "one", groupFilter(group, windows)))) missing.groups.push(group);
  return missing;
}

/** The names by which Vault finds a team's group. */
function groupFilter(value: string, windows: boolean): Filter {
  if (!windows) return new EqualityFilter({ attribute: "cn", value });
  const isGroup = new EqualityFilter({ attribute: "objectClass", value: "group" });
  return new AndFilter({ filters: [isGroup, new EqualityFilter({ attribute: "sAMAccountName", value })] });
}

async function has(client: Client, dn: string, scope: "base" | "one" | "sub", filter?: Filter): Promise<boolean> {
  try {
    const options = { scope, attributes: ["objectClass"], sizeLimit: 1, ...(filter !== undefined && { filter }) };
    const { searchEntries } = await client.search(dn, options);
    return searchEntries.length > 0;
  } catch (error) {
    if (error instanceof NoSuchObjectError) return false;
    throw error;
  }
}

function reason(url: string, error: unknown): string {
  if (error instanceof InvalidCredentialsError) return `${url} refuses the login of LDAP_BIND_DN`;
  if (error instanceof ResultCodeError)
    return `${url} answers ${error.name.replace(/Error$/, "")} (${String(error.code)})`;
  return unanswered(url, error).message;
}
