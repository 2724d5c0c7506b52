import { isAllowed, RIGHT } from "../directory/access-entries";
import type { AccessEntry } from "../directory/access-entries";
import type { FoundDomain } from "../directory/found-domain";
import { PASSWORD, PASSWORD_EXPIRY } from "../directory/local-administrators";
import { escaped, quoted } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";
import { windowsPools } from "../environments/seats/windows-pools";
import { enumerated } from "./check";
import type { PreflightFinding } from "./check";
import { COMPUTER } from "./joining";

/** An organizational unit of pools with Windows. */
interface WindowsUnit {
  readonly unit: string;
  readonly path: Path;
}

/** What is asked of the domain for its local administrators' passwords. */
export interface AdministratorQuestions {
  readonly units: readonly string[];
  readonly groups: readonly string[];
  readonly attributes: readonly string[];
}

const PATH = ["secrets", "directory", "localAdministrators"];
/** MS-ADTS, 6.1.4.3 "msDS-Behavior-Version: domain NC": Windows Server 2016, from which on passwords can be encrypted. */
const LEVEL_2016 = 7;
const SELF = "S-1-5-10";
/** MS-DTYP, 2.4.2.4: SYSTEM, Administrators, the computer itself; of a domain its and the forest's administrators. */
const TRUSTED = /^S-1-5-(?:18|10|32-544|21-.*-(?:512|519))$/;
/** The same, of whom everybody knows: there are no entries with these names in the domain. */
const KNOWN: Readonly<Record<string, string>> = {
  "S-1-1-0": "Everyone",
  "S-1-3-0": "CREATOR OWNER",
  "S-1-5-11": "Authenticated Users",
  "S-1-5-32-548": "Account Operators",
};

/** What is asked of the domain; nothing where the file declares no local administrators. */
export function administratorQuestions(city: DeployedCity): AdministratorQuestions {
  const group = readers(city);
  if (group === undefined) return { units: [], groups: [], attributes: [] };
  return {
    units: windowsUnits(city).map(({ unit }) => unit),
    ...{ groups: [group], attributes: [PASSWORD, PASSWORD_EXPIRY] },
  };
}

/** The group that alone may read; undefined where the file declares no local administrators. */
function readers({ secrets: { directory, people } }: DeployedCity): string | undefined {
  const team = directory?.localAdministrators?.readBy;
  return people?.teams.find(({ name }) => name === team)?.group;
}

function windowsUnits(city: DeployedCity): WindowsUnit[] {
  const windows = windowsPools(city);
  const all = city.pools.flatMap((pool, index) =>
    pool.organizationalUnit !== undefined && windows.includes(pool)
      ? [{ unit: pool.organizationalUnit, path: ["pools", index, "organizationalUnit"] }]
      : [],
  );
  return all.filter(({ unit }, index) => all.findIndex((other) => other.unit === unit) === index);
}

/** The domain can keep the passwords encrypted, computers may write theirs, and the file's team alone may read them. */
export function* localAdministrators(city: DeployedCity, found: FoundDomain): Iterable<PreflightFinding> {
  const group = readers(city);
  if (group === undefined) return;
  yield* ofDomain(found);
  const attributes = found.attributes.get(PASSWORD);
  if (attributes === undefined) return;
  const sid = found.groups.get(group);
  const named = { group: `${group}@${city.secrets.directory?.userDomain ?? ""}`, sid };
  for (const one of windowsUnits(city)) {
    const entries = found.places.get(one.unit);
    if (entries === undefined) continue;
    yield* writing(one, entries, found);
    yield* reading(one, entries, { attributes, ...named });
    yield* strangers(one, entries, { attributes, ...named }, found);
  }
}

function* ofDomain({ attributes, level }: FoundDomain): Iterable<PreflightFinding> {
  const missing = [PASSWORD, PASSWORD_EXPIRY].filter((name) => !attributes.has(name));
  if (missing.length > 0)
    yield {
      ...{ path: PATH, weight: "wrong", expected: "the schema of Windows LAPS" },
      message: `the directory's schema has no ${missing.join(" and no ")}`,
      repair: "run Update-LapsADSchema, once in the forest, as an administrator of its schema",
    };
  if (level !== undefined && level < LEVEL_2016)
    yield {
      ...{ path: PATH, weight: "wrong", expected: `${String(LEVEL_2016)}, that of Windows Server 2016` },
      message:
        `the domain's functional level is ${String(level)}, so no password would be encrypted, and the account that joined a ` +
        "computer could read it",
      repair: "raise the level, or take localAdministrators out",
    };
}

function* writing(
  { unit, path }: WindowsUnit,
  entries: readonly AccessEntry[],
  found: FoundDomain,
): Iterable<PreflightFinding> {
  const lacking = [PASSWORD, PASSWORD_EXPIRY].filter((name) => {
    const objects = found.attributes.get(name);
    return objects && !isAllowed(entries, new Set([SELF]), { right: RIGHT.write, objects, heir: COMPUTER });
  });
  if (lacking.length === 0) return;
  yield {
    ...{ path, weight: "wrong", expected: "SELF may write both on computers below it" },
    message: `computers in ${quoted(unit)} may not write their own ${lacking.join(" and ")}`,
    repair: `Set-LapsADComputerSelfPermission -Identity "${escaped(unit)}"`,
  };
}

/** Who is to read. */
interface Readers {
  readonly group: string;
  readonly sid: string | undefined;
  readonly attributes: readonly string[];
}

function* reading(
  { unit, path }: WindowsUnit,
  entries: readonly AccessEntry[],
  readers: Readers,
): Iterable<PreflightFinding> {
  // A group that is not there is told as such.
  if (readers.sid === undefined || mayRead(entries, readers.sid, readers.attributes)) return;
  yield {
    ...{ path, weight: "wrong", expected: "the team of localAdministrators.readBy may read them" },
    message: `the group ${quoted(readers.group)} may not read the local administrators' passwords in ${quoted(unit)}`,
    repair: `Set-LapsADReadPasswordPermission -Identity "${escaped(unit)}" -AllowedPrincipals "${readers.group}"`,
  };
}

function* strangers(
  { unit, path }: WindowsUnit,
  entries: readonly AccessEntry[],
  { sid, attributes }: Readers,
  { names }: FoundDomain,
): Iterable<PreflightFinding> {
  const others = [...new Set(entries.map((entry) => entry.sid))].filter(
    (one) => one !== sid && !TRUSTED.test(one) && mayRead(entries, one, attributes),
  );
  if (others.length === 0) return;
  yield {
    ...{ path, weight: "wrong", expected: "the team of localAdministrators.readBy, and administrators of the domain" },
    message: `the local administrators' passwords in ${quoted(unit)} may also be read by ${enumerated(others.map((one) => names.get(one) ?? KNOWN[one] ?? one))}`,
    repair: `take it from them (Find-LapsADExtendedRights -Identity "${escaped(unit)}"), or name their team in readBy`,
  };
}

/** Confidential attributes are read with the right of control access to them (MS-ADTS, 3.1.1.4.4). */
function mayRead(entries: readonly AccessEntry[], sid: string, objects: readonly string[]): boolean {
  return isAllowed(entries, new Set([sid]), { right: RIGHT.control, objects, heir: COMPUTER });
}
