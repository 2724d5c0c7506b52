import type { DeployedCity } from "../environments/model/city";
import { quoted } from "../environments/display";
import type { Path } from "../environments/path";
import { enumerated } from "./check";
import type { PreflightFinding } from "./check";
import type { DirectoryQuestions, FoundDirectory } from "../directory/found-directory";
import type { DomainQuestions } from "../directory/found-domain";
import { baseDn } from "../environments/seats/joined-domain";
import { joining, joinings } from "./joining";
import { administratorQuestions, localAdministrators } from "./local-administrators";

const DIRECTORY = ["secrets", "directory"];

/** Something of the directory that a file names. */
interface Named {
  readonly name: string;
  readonly path: Path;
  readonly what: string;
}

/** What is asked of a city's directory: what the file names of it, and in Active Directory the rights there. */
export function directoryQuestions(city: DeployedCity): DirectoryQuestions {
  return {
    entries: entries(city).map(({ name }) => name),
    groups: [...new Set(groups(city).map(({ name }) => name))],
    domain: domainQuestions(city),
  };
}

function domainQuestions(city: DeployedCity): DomainQuestions | undefined {
  const { userDomain } = city.secrets.directory ?? {};
  if (userDomain === undefined) return undefined;
  const all = joinings(city);
  const { units, ...more } = administratorQuestions(city);
  return {
    base: baseDn(userDomain),
    units: [...all.flatMap(({ unit }) => unit ?? []), ...units],
    accounts: all.map(({ account }) => account),
    ...more,
  };
}

function entries({ pools, secrets: { directory, accounts } }: DeployedCity): Named[] {
  const units = pools.flatMap(({ organizationalUnit: name }, index) =>
    name === undefined ? [] : [{ name, path: ["pools", index, "organizationalUnit"], what: "organizational unit" }],
  );
  const bases = (["userDn", "groupDn"] as const).flatMap((key) =>
    directory === undefined ? [] : [{ name: directory[key], path: [...DIRECTORY, key], what: "base" }],
  );
  if (accounts === undefined) return [...bases, ...units];
  const at = ["secrets", "accounts"];
  return [
    ...bases,
    ...units,
    { name: accounts.manager, path: [...at, "manager"], what: "account" },
    ...accounts.rotated.map(({ dn }, index) => ({ name: dn, path: [...at, "rotated", index, "dn"], what: "account" })),
  ];
}

function groups({ pools, secrets: { people } }: DeployedCity): Named[] {
  const entitled = pools.flatMap(({ entitledGroup: name }, index) =>
    name === undefined ? [] : [{ name, path: ["pools", index, "entitledGroup"], what: "group" }],
  );
  if (people === undefined) return entitled;
  const at = ["secrets", "people"];
  const { teams, breakGlass } = people;
  return [
    ...teams.map(({ group }, index) => ({ name: group, path: [...at, "teams", index, "group"], what: "group" })),
    ...(breakGlass === undefined
      ? []
      : [{ name: breakGlass.group, path: [...at, "breakGlass", "group"], what: "group" }]),
    ...entitled,
  ];
}

/** The directory answers, and has the bases, the accounts and the groups that the file names. */
export function* directory(city: DeployedCity, found: FoundDirectory): Iterable<PreflightFinding> {
  if (found.failure !== undefined)
    yield {
      ...{ path: [...DIRECTORY, "url"], message: found.failure, expected: "a directory that answers" },
      // Vault and the desktops have to reach it; this machine only where its login is to be used.
      weight: found.withLogin ? "wrong" : "question",
      repair: "correct the URL or the login, or open the way to it from here",
    };
  if (found.contexts.length > 0) yield* below(city, found.contexts);
  if (found.absent === undefined) return;
  const { entries: noEntries, groups: noGroups } = found.absent;
  const absent = [
    ...entries(city).filter(({ name }) => noEntries.includes(name)),
    ...groups(city).filter(({ name }) => noGroups.includes(name)),
  ];
  for (const { path, what, name } of absent)
    yield {
      ...{ path, weight: "wrong", expected: "a name that the login sees in the directory" },
      message: `there is no ${what} ${quoted(name)}`,
      repair: "correct the name, or make it; or let the login read it",
    };
  if (found.domain === undefined) return;
  yield* joining(city, found.domain);
  yield* localAdministrators(city, found.domain);
}

function* below(city: DeployedCity, contexts: readonly string[]): Iterable<PreflightFinding> {
  for (const { path, name, what } of entries(city))
    if (!contexts.some((context) => isBelow(name, context)))
      yield {
        ...{ path, weight: "wrong", expected: `a name below ${enumerated(contexts)}` },
        message: `the directory does not keep the ${what} ${quoted(name)}`,
        repair: "correct the name, or the directory's URL",
      };
}

/** Whether a distinguished name is another's or below it, in any letters and with any blanks behind commas. */
function isBelow(name: string, context: string): boolean {
  const [own, other] = [name, context].map((text) => text.toLowerCase().replace(/,\s+/g, ","));
  return own === other || (own ?? "").endsWith(`,${other ?? ""}`);
}
