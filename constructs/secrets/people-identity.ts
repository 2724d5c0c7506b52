import { LdapAuthBackend } from "@cdktf/provider-vault/lib/ldap-auth-backend";
import { LdapAuthBackendGroup } from "@cdktf/provider-vault/lib/ldap-auth-backend-group";
import type { LdapAuthBackendConfig } from "@cdktf/provider-vault/lib/ldap-auth-backend";
import { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import { declaredPolicy } from "./declared-policy";
import { SECONDS_PER_MINUTE } from "./duration";

/** A directory of people and groups. */
export interface Directory {
  /** URL of its server, with TLS, such as `ldaps://dc1.comune.milano.example`. */
  readonly url: string;
  /** Base DN of people. */
  readonly userDn: string;
  /** Base DN of groups. */
  readonly groupDn: string;
  /** Active Directory's suffix of logins. @default - people log in by uid, as in OpenLDAP */
  readonly userDomain?: string | undefined;
}

/** A group of people and its policy. */
export interface PeopleGroup {
  /** Name of the group here, and id of its resources. */
  readonly name: string;
  /**
   * The directory's group: in Active Directory its `sAMAccountName`, elsewhere the common name of a group directly
   * below `groupDn`.
   */
  readonly group: string;
  /** The group's policy. */
  readonly policy: PolicyDefinition;
}

/** The login of people in Vault. */
export interface PeopleIdentityProps {
  /** Path of the LDAP method. */
  readonly path: string;
  /** The directory. */
  readonly directory: Directory;
  /** Lifetime of a token, in minutes; it cannot be renewed beyond that. */
  readonly loginMinutes: number;
  /** The groups; a person in none gets a token without permissions. */
  readonly groups: readonly PeopleGroup[];
}

/**
 * People log in with their directory's login, and their groups decide on their policies. Vault binds to the directory
 * as the person who logs in, and searches the groups as that person: so it needs no account of its own, and no stored
 * password.
 */
export class PeopleIdentity extends Construct {
  /** Reference to the method's path; what uses it is created after the method. */
  public readonly path: string;

  public constructor(scope: Construct, id: string, props: PeopleIdentityProps) {
    super(scope, id);
    const { path, loginMinutes, groups, directory } = props;
    const method = new LdapAuthBackend(this, "method", {
      path,
      description: "People, by the directory's groups",
      ...search(directory, groups),
      denyNullBind: true,
      tokenNoDefaultPolicy: true,
      tokenTtl: loginMinutes * SECONDS_PER_MINUTE,
      tokenMaxTtl: loginMinutes * SECONDS_PER_MINUTE,
    });
    this.path = method.path;
    const scopes = new Construct(this, "groups");
    for (const group of groups) this.group(new Construct(scopes, group.name), method, group);
  }

  private group(scope: Construct, method: LdapAuthBackend, { group, policy }: PeopleGroup): void {
    const { name } = declaredPolicy(scope, "policy", policy);
    new LdapAuthBackendGroup(scope, "group", { backend: method.path, groupname: group, policies: [name] });
  }
}

/**
 * Finds groups by their members; in Active Directory including nested groups. Groups are identified by a unique
 * attribute, since anybody who may create groups in some unit chooses their common name: in Active Directory by
 * `sAMAccountName`, unique in the domain (where the attribute is not readable Vault would fall back to the common name,
 * so the filter requires it); elsewhere by the distinguished name.
 */
function search(
  { url, userDn, groupDn, userDomain }: Directory,
  groups: readonly PeopleGroup[],
): LdapAuthBackendConfig {
  const common = { url, userdn: userDn, groupdn: groupDn };
  if (userDomain === undefined) {
    const names = groups.map(({ group }) => `(entryDN=${filterValue(`cn=${nameValue(group)},${groupDn}`)})`).join("");
    // Vault takes the common name from the distinguished name; the attribute `cn` may have more values.
    const groupfilter = `(&(objectClass=groupOfNames)(member={{.UserDN}})(|${names}))`;
    return { ...common, userattr: "uid", groupattr: "entryDN", groupfilter };
  }
  return {
    ...common,
    upndomain: userDomain,
    userattr: "sAMAccountName",
    groupattr: "sAMAccountName",
    groupfilter: "(&(objectClass=group)(sAMAccountName=*)(member:1.2.840.113556.1.4.1941:={{.UserDN}}))",
  };
}

/** Escapes a value of a distinguished name (RFC 4514, section 2.4). */
function nameValue(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ._-]/gu, coded);
}

/** Escapes a value of a filter (RFC 4515, section 3), which is also a Go template: all but plain characters. */
function filterValue(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9 =,._-]/gu, coded);
}

function coded(character: string): string {
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
}
