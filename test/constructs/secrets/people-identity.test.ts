import { describe, expect, test } from "@jest/globals";
import { PeopleIdentity } from "../../../constructs/secrets/people-identity";
import type { Directory } from "../../../constructs/secrets/people-identity";
import { synthesize } from "../../fixtures/synthesized";

const DIRECTORY = { url: "ldaps://dc1.example", userDn: "OU=People,DC=example", groupDn: "OU=Groups,DC=example" };

function method(directory: Directory, group: string): Record<string, unknown> {
  const groups = [{ name: "help-desk", group, policy: { name: "milan-team-help-desk", rules: [] } }];
  return synthesize(
    (scope) => new PeopleIdentity(scope, "people", { path: "milan/people", directory, loginMinutes: 60, groups }),
  ).resource("vault_ldap_auth_backend");
}

describe("people's groups", () => {
  test("tells a team's group by its whole distinguished name, whatever characters are in it", () => {
    const named = String.raw`entryDN=cn=Attivit\c3\a0\5c2c \5c28reti\5c29 \5c231,OU=Groups,DC=example`;
    expect(method(DIRECTORY, "Attività, (reti) #1")).toMatchObject({
      groupattr: "entryDN",
      groupfilter: `(&(objectClass=groupOfNames)(member={{.UserDN}})(|(${named})))`,
    });
  });

  test("tells a group of Active Directory by sAMAccountName, of which a domain has each once", () => {
    expect(method({ ...DIRECTORY, userDomain: "milan.example" }, "vdi-helpdesk")).toMatchObject({
      groupattr: "sAMAccountName",
      groupfilter: expect.stringContaining("(&(objectClass=group)(sAMAccountName=*)(member:"),
    });
  });
});
