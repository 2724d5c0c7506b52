import type { DeployedCity } from "../../environments/model/city";
import { windowsPools } from "../../environments/seats/windows-pools";
import { needed } from "./prerequisite";
import type { Prerequisite } from "./prerequisite";

/** What the directory must have; nothing where the file names none. */
export function directoryPrerequisites(city: DeployedCity): Prerequisite[] {
  const { directory, accounts, people } = city.secrets;
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
    ...city.pools.flatMap(({ entitledGroup, name }, index) =>
      entitledGroup === undefined
        ? []
        : [needed("group", entitledGroup, `there, with who may use ${name}`, "pools", index, "entitledGroup")],
    ),
    ...(accounts === undefined ? [] : ofAccounts(accounts)),
    ...localAdministrators(city),
  ];
}

/** Settings by their names in Microsoft's "Configure policy settings for Windows LAPS". */
function localAdministrators(city: DeployedCity): Prerequisite[] {
  const { directory, people } = city.secrets;
  const declared = directory?.localAdministrators;
  if (declared === undefined) return [];
  const { readBy, rotateEveryDays, passwordLength } = declared;
  const group = people?.teams.find(({ name }) => name === readBy)?.group ?? readBy;
  const at = ["secrets", "directory", "localAdministrators"];
  const settings =
    `Computer Configuration, Administrative Templates, System, LAPS: BackupDirectory 2 (Active Directory), PasswordAgeDays ` +
    `${String(rotateEveryDays)}, PasswordLength ${String(passwordLength)}, PasswordComplexity 4, ADPasswordEncryptionEnabled 1, ` +
    `ADPasswordEncryptionPrincipal ${group}@${directory?.userDomain ?? ""}`;
  const units = windowsPools(city).flatMap(({ organizationalUnit: unit }) => unit ?? []);
  return [
    needed(
      "schema",
      "Windows LAPS",
      "Update-LapsADSchema was run; the functional level of Windows Server 2016 or later",
      ...at,
    ),
    ...[...new Set(units)].flatMap((unit) => {
      const path = ["pools", city.pools.findIndex(({ organizationalUnit }) => organizationalUnit === unit)];
      const rights = `computers may write their passwords, ${group} alone may read them (Set-LapsADComputerSelfPermission, Set-LapsADReadPasswordPermission)`;
      return [
        needed("group policy", unit, settings, ...path, "organizationalUnit"),
        needed("rights", unit, rights, ...path, "organizationalUnit"),
      ];
    }),
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
