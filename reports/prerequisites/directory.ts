import type { DeployedCity } from "../../environments/model/city";
import { needed } from "./prerequisite";
import type { Prerequisite } from "./prerequisite";

/** What the directory must have; nothing where the file names none. */
export function directoryPrerequisites({ secrets }: DeployedCity): Prerequisite[] {
  const { directory, accounts, people } = secrets;
  const at = ["secrets", "directory"];
  const groups = [
    ...(people?.teams ?? []).map(({ group }, index) => ({ group, path: ["teams", index, "group"] })),
    ...(people?.breakGlass === undefined ? [] : [{ group: people.breakGlass.group, path: ["breakGlass", "group"] }]),
  ];
  return [
    ...(directory === undefined
      ? []
      : [
          needed("directory", directory.url, "LDAPS with a certificate that Vault trusts", ...at, "url"),
          needed("base of people", directory.userDn, "there", ...at, "userDn"),
          needed("base of groups", directory.groupDn, "there", ...at, "groupDn"),
        ]),
    ...groups.map(({ group, path }) => needed("group", group, "there, with its members", "secrets", "people", ...path)),
    ...(accounts === undefined ? [] : ofAccounts(accounts)),
  ];
}

function ofAccounts({ manager, rotated }: NonNullable<DeployedCity["secrets"]["accounts"]>): Prerequisite[] {
  const at = ["secrets", "accounts"];
  return [
    needed("account", manager, "may set the passwords of those below, and its own", ...at, "manager"),
    ...rotated.map(({ dn, joins }, index) =>
      needed(
        "account",
        dn,
        joins.length === 0 ? "there" : `may join computers to the domain, for ${joins.join(", ")}`,
        ...[...at, "rotated", index, "dn"],
      ),
    ),
  ];
}
