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
  /** Common name of the directory's group. */
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
      ...search(directory),
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

/** Groups are found by their members: Active Directory's by the whole chain of groups in groups. */
function search({ url, userDn, groupDn, userDomain }: Directory): LdapAuthBackendConfig {
  const common = { url, userdn: userDn, groupdn: groupDn, groupattr: "cn" };
  if (userDomain === undefined) {
    return { ...common, userattr: "uid", groupfilter: "(&(objectClass=groupOfNames)(member={{.UserDN}}))" };
  }
  return {
    ...common,
    upndomain: userDomain,
    userattr: "sAMAccountName",
    groupfilter: "(&(objectClass=group)(member:1.2.840.113556.1.4.1941:={{.UserDN}}))",
  };
}
