import { LdapAuthBackend } from "@cdktf/provider-vault/lib/ldap-auth-backend";
import { LdapAuthBackendGroup } from "@cdktf/provider-vault/lib/ldap-auth-backend-group";
import type { LdapAuthBackendConfig } from "@cdktf/provider-vault/lib/ldap-auth-backend";
import { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import { declaredPolicy } from "./declared-policy";
import { SECONDS_PER_MINUTE } from "./duration";

/** The directory that knows people and groups. */
export interface Directory {
  /** Its server, by TLS, such as `ldaps://dc1.comune.milano.example`. */
  readonly url: string;
  /** Where people are. */
  readonly userDn: string;
  /** Where groups are. */
  readonly groupDn: string;
  /** Active Directory's suffix of logins. @default - people log in by uid, as OpenLDAP has it */
  readonly userDomain?: string | undefined;
}

/** People of a group and what they may do. */
export interface PeopleGroup {
  /** What they are called here; the id of what is declared. */
  readonly name: string;
  /** The directory's group: of Active Directory its `sAMAccountName`, of others the common name of one right below `groupDn`. */
  readonly group: string;
  /** What they may do. */
  readonly policy: PolicyDefinition;
}

/** How people log in to Vault. */
export interface PeopleIdentityProps {
  /** Path of the LDAP method. */
  readonly path: string;
  /** The directory. */
  readonly directory: Directory;
  /** Life of a token, in minutes; it cannot be renewed past it. */
  readonly loginMinutes: number;
  /** The groups; who is in none gets a token that may do nothing. */
  readonly groups: readonly PeopleGroup[];
}

/**
 * People log in with their directory's login, and their groups say what they may do. Vault binds to the directory as
 * whoever logs in and looks the groups up as him: no account of its own, whose password would have to be kept.
 */
export class PeopleIdentity extends Construct {
  /** Reference to the path of the method: what holds it is made after the method. */
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
 * Groups are found by their members: Active Directory's by the whole chain of groups in groups. They are told by what is unique,
 * since whoever may make groups in some unit may call one as he likes: there by `sAMAccountName`, of which the domain has each
 * once (a group that hides it would be told by its common name, so it is asked for); elsewhere by the whole distinguished name.
 */
function search(
  { url, userDn, groupDn, userDomain }: Directory,
  groups: readonly PeopleGroup[],
): LdapAuthBackendConfig {
  const common = { url, userdn: userDn, groupdn: groupDn };
  if (userDomain === undefined) {
    const names = groups.map(({ group }) => `(entryDN=${filterValue(`cn=${nameValue(group)},${groupDn}`)})`).join("");
    // Vault takes the common name out of the distinguished one; `cn` itself may have more values than that.
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

/** A value in a distinguished name (RFC 4514, section 2.4): what might mean something there by its code. */
function nameValue(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ._-]/gu, coded);
}

/** A value in a filter (RFC 4515, section 3), which is a template of Go's as well: all but plain characters by their codes. */
function filterValue(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9 =,._-]/gu, coded);
}

function coded(character: string): string {
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
}
