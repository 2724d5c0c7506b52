import { createHash, randomBytes } from "node:crypto";
import { InputError } from "../runtime/errors";

/** A person in the directory. */
export interface DirectoryUser {
  /** Short name, such as `m.rossi`; unique. */
  readonly name: string;
  /** The person's groups. @default - none */
  readonly groups?: readonly string[];
  /** Groups in a delegated unit, whose administrator chooses their names. @default - none */
  readonly delegated?: readonly string[];
}

/** The people and accounts of a directory. */
export interface DirectoryPeople {
  /** DNS domain, which gives the base DN: `comune.example` is `dc=comune,dc=example`. */
  readonly domain: string;
  /** Pools whose machines join the domain: each has the service account `svc-domain-join-<pool>`. */
  readonly pools: readonly string[];
  /** @default - none */
  readonly users?: readonly DirectoryUser[];
}

/** An account that can bind. */
export interface DirectoryAccount {
  /** Distinguished name. */
  readonly dn: string;
  /** Kept in memory only. */
  readonly password: string;
}

/** A directory's entries, and its accounts. */
export interface DirectoryContents {
  readonly base: string;
  /** LDIF, with salted hashes in place of passwords. */
  readonly ldif: string;
  /** By short name. */
  readonly accounts: ReadonlyMap<string, DirectoryAccount>;
}

/** Valid in distinguished names and LDIF without escapes. */
const PLAIN = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;
const PASSWORD_BYTES = 24;
const SALT_BYTES = 8;

/** The account that may set all passwords in the unit services, its own included. */
export const MANAGER = "svc-vault";

/** DN of that account, below a base DN. */
export function managerDn(base: string): string {
  return `uid=${MANAGER},ou=services,${base}`;
}

/** Name of the account that joins a pool's machines to the domain. */
export function joinAccount(pool: string): string {
  return `svc-domain-join-${pool}`;
}

/** A random password, 32 characters. */
export function randomPassword(): string {
  return randomBytes(PASSWORD_BYTES).toString("base64url");
}

/** A password in slapd's form: RFC 2307's salted SHA-1, the strongest without another module. */
export function hashed(password: string): string {
  const salt = randomBytes(SALT_BYTES);
  const digest = createHash("sha1").update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString("base64")}`;
}

/**
 * Entries of a directory: the units people, services and groups, and all accounts, each with a random password.
 * @throws InputError that lists every name that would need an escape
 */
export function directoryContents({ domain, pools, users = [] }: DirectoryPeople): DirectoryContents {
  const groups = [...new Set(users.flatMap((user) => user.groups ?? []))].sort();
  const delegated = [...new Set(users.flatMap((user) => user.delegated ?? []))].sort();
  requirePlain([domain, ...pools, ...groups, ...delegated, ...users.map(({ name }) => name)]);
  const base = domain
    .split(".")
    .map((label) => `dc=${label}`)
    .join(",");
  const services = [MANAGER, ...pools.map(joinAccount)].map((name) => account(name, "services", base));
  const people = users.map(({ name }) => account(name, "people", base));
  const blocks = [
    ...skeleton(base, domain),
    ...[...services, ...people].map(accountEntry),
    ...groups.map((group) => groupEntry(group, `ou=groups,${base}`, base, membersOf(group, users, "groups"))),
    ...delegated.map((group) => groupEntry(group, delegatedUnit(base), base, membersOf(group, users, "delegated"))),
  ];
  return {
    base,
    ldif: `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`,
    accounts: new Map([...services, ...people].map(({ name, dn, password }) => [name, { dn, password }])),
  };
}

interface NamedAccount extends DirectoryAccount {
  readonly name: string;
}

function account(name: string, unit: string, base: string): NamedAccount {
  return { name, dn: `uid=${name},ou=${unit},${base}`, password: randomPassword() };
}

function skeleton(base: string, domain: string): string[][] {
  const [label = ""] = domain.split(".");
  return [
    [`dn: ${base}`, "objectClass: dcObject", "objectClass: organization", `dc: ${label}`, `o: ${domain}`],
    ...["people", "services", "groups", "delegated"].map((unit) => [
      `dn: ${unit === "delegated" ? delegatedUnit(base) : `ou=${unit},${base}`}`,
      "objectClass: organizationalUnit",
      `ou: ${unit}`,
    ]),
  ];
}

function accountEntry({ name, dn, password }: NamedAccount): string[] {
  return [
    `dn: ${dn}`,
    "objectClass: inetOrgPerson",
    `uid: ${name}`,
    `cn: ${name}`,
    `sn: ${name}`,
    `userPassword: ${hashed(password)}`,
  ];
}

function delegatedUnit(base: string): string {
  return `ou=delegated,ou=groups,${base}`;
}

function membersOf(group: string, users: readonly DirectoryUser[], key: "groups" | "delegated"): string[] {
  return users.filter((user) => user[key]?.includes(group)).map(({ name }) => name);
}

/** Only groups with members: `groupOfNames` requires one. */
function groupEntry(group: string, unit: string, base: string, members: readonly string[]): string[] {
  return [
    `dn: cn=${group},${unit}`,
    "objectClass: groupOfNames",
    `cn: ${group}`,
    ...members.map((name) => `member: uid=${name},ou=people,${base}`),
  ];
}

function requirePlain(names: readonly string[]): void {
  const wrong = names.filter((name) => !PLAIN.test(name));
  if (wrong.length === 0) return;
  const allowed = "small letters, digits, dots, hyphens and underscores, with a letter or digit at both ends";
  throw new InputError(`names that the directory cannot have: ${wrong.join(", ")}; allowed: ${allowed}`);
}
