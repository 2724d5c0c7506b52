import { isAllowed, RIGHT } from "../directory/access-entries";
import type { Access, AccessEntry } from "../directory/access-entries";
import type { FoundDomain } from "../directory/found-domain";
import { count, escaped, quoted } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";
import { seatNumbers } from "../environments/seats/seats";
import type { PreflightFinding } from "./check";

/** An account that joins computers, where they are to be, and for what of the file. */
export interface Joining {
  /** Distinguished name of the account. */
  readonly account: string;
  /** Its login, for commands. Example: `svc-join@comune.milano.example`. */
  readonly login: string;
  /** The pools' organizational unit. @default - they have none: the domain's place for computers */
  readonly unit?: string | undefined;
  /** Machines of the pools. */
  readonly seats: number;
  /** Where the file says it. */
  readonly path: Path;
}

/** A right that joining needs, and what gives it. */
interface Delegated {
  /** What the account may do with it. */
  readonly what: string;
  /** One of these does. */
  readonly accesses: readonly Access[];
  /** How dsacls grants it. */
  readonly grant: string;
}

/** Schema of Active Directory: the class of computers. */
export const COMPUTER = "bf967a86-0de6-11d0-a285-00aa003049e2";
const CREATE: Delegated = {
  ...{ what: "create computers", grant: "CC;computer" },
  accesses: [{ right: RIGHT.createChild, objects: [COMPUTER] }],
};
/**
 * What else is delegated for joining, as docs/guides/secrets.md has it. GUIDs: MS-ADTS, 5.1.3.2.1 "Control Access Rights";
 * validated writes have those of their attributes. User-Account-Control is one of the account restrictions, and says
 * whether an account is disabled.
 */
const FURTHER: readonly Delegated[] = [
  { what: "delete them", grant: "DC;computer", accesses: [{ right: RIGHT.deleteChild, objects: [COMPUTER] }] },
  ofComputers("reset their passwords", "CA;Reset Password", [RIGHT.control], "00299570-246d-11d0-a768-00aa006e0529"),
  ofComputers(
    ...([
      "write their dNSHostName",
      "WS;Validated write to DNS host name",
      [RIGHT.validatedWrite, RIGHT.write],
    ] as const),
    "72e39547-7b18-11d1-adef-00c04fd8d5cd",
  ),
  ofComputers(
    "write their servicePrincipalName",
    ...(["WS;Validated write to service principal name", [RIGHT.validatedWrite, RIGHT.write]] as const),
    "f3a64788-5306-11d1-a9c5-0000f80367c1",
  ),
  ofComputers(
    ...(["disable them", "RPWP;Account Restrictions", [RIGHT.write]] as const),
    ...["4c164200-20c0-11d0-a768-00aa006e0529", "bf967a68-0de6-11d0-a285-00aa003049e2"],
  ),
];

function ofComputers(what: string, grant: string, rights: readonly number[], ...objects: string[]): Delegated {
  const accesses = rights.map((right) => ({ right, objects, heir: COMPUTER }));
  return { what, grant: `${grant};computer`, accesses };
}

/** Which account joins how many computers where; nothing where the file names no Active Directory. */
export function joinings({ pools, secrets: { directory, accounts } }: DeployedCity): Joining[] {
  if (directory?.userDomain === undefined) return [];
  const domain = directory.userDomain;
  return (accounts?.rotated ?? []).flatMap(({ dn, username, joins }, index) => {
    const joined = pools.flatMap((pool, at) => (joins.includes(pool.name) ? [{ pool, at }] : []));
    const units = [...new Set(joined.map(({ pool }) => pool.organizationalUnit))];
    return units.map((unit) => {
      const there = joined.filter(({ pool }) => pool.organizationalUnit === unit);
      const own: Path = ["secrets", "accounts", "rotated", index, "dn"];
      const path = unit === undefined ? own : ["pools", there[0]?.at ?? 0, "organizationalUnit"];
      const seats = there.reduce((sum, { pool }) => sum + seatNumbers(pool).length, 0);
      return { account: dn, login: `${username}@${domain}`, unit, seats, path };
    });
  });
}

/** Each account that joins computers may do it where they are to be. */
export function* joining(city: DeployedCity, found: FoundDomain): Iterable<PreflightFinding> {
  for (const one of joinings(city)) {
    const place = one.unit ?? found.computers;
    const [entries, sids] = [found.places.get(place ?? ""), found.accounts.get(one.account)];
    if (place === undefined || entries === undefined || sids === undefined) continue;
    if (lacks(entries, sids, CREATE))
      yield one.unit === undefined ? withoutUnit(one, place, found) : noCreation(one, place);
    else if (one.unit !== undefined)
      yield* ofOthers(
        one,
        place,
        FURTHER.filter((right) => lacks(entries, sids, right)),
      );
  }
}

/** What could not be looked at, since the login does not read it: an account that is not there is told elsewhere. */
export function unseenRights(city: DeployedCity, found: FoundDomain): string[] {
  const all = joinings(city);
  const accounts = all.flatMap(({ account }) => (found.accounts.has(account) ? [] : [account]));
  const places = all.flatMap(({ unit }) =>
    found.places.has(unit ?? found.computers ?? "") ? [] : [unit ?? "CN=Computers"],
  );
  return [
    ...[...new Set(accounts)].map(
      (dn) => `the rights of ${escaped(dn)}, whose groups (tokenGroups) the login does not read`,
    ),
    ...[...new Set(places)].map(
      (dn) => `who may do what in ${escaped(dn)}, whose nTSecurityDescriptor the login does not read`,
    ),
  ];
}

function lacks(entries: readonly AccessEntry[], sids: ReadonlySet<string>, { accesses }: Delegated): boolean {
  return !accesses.some((access) => isAllowed(entries, sids, access));
}

function noCreation({ account, login, path, unit = "" }: Joining, place: string): PreflightFinding {
  return {
    ...{ path, weight: "wrong", expected: "the right to create computer objects in it" },
    message: `the account ${quoted(account)} may not create computers in ${quoted(place)}: no machine would join`,
    repair: dsacls(unit, login, [CREATE, ...FURTHER]),
  };
}

/** Without a right of its own an account joins as many as the domain's quota says. */
function withoutUnit(
  { account, login, path, seats }: Joining,
  place: string,
  { quota }: FoundDomain,
): PreflightFinding {
  const most = quota === undefined ? "as many" : `${count(quota, "computer")}, as many`;
  return {
    ...{ path, weight: quota === undefined || seats <= quota ? "question" : "wrong" },
    expected: "an organizationalUnit of its pools in which it may create computers",
    message:
      `the account ${quoted(account)} may not create computers in ${quoted(place)}, so it joins ${most} ` +
      `as ms-DS-MachineAccountQuota says, and its pools without an organizationalUnit have ${count(seats, "seat")}`,
    repair: `give the pools one, and ${login} its rights there: docs/guides/secrets.md`,
  };
}

/** Computers that the account itself made are its own: these rights are for those of others. */
function* ofOthers(one: Joining, place: string, lacking: readonly Delegated[]): Iterable<PreflightFinding> {
  if (lacking.length === 0) return;
  const what = lacking.map((right) => right.what).join(", ");
  yield {
    ...{
      path: one.path,
      weight: "question",
      expected: "these rights where a computer's account was made by somebody else",
    },
    message: `the account ${quoted(one.account)} may create computers in ${quoted(place)}, but not ${what}`,
    repair: dsacls(place, one.login, lacking),
  };
}

/** Commands of Active Directory's administrator (Microsoft, "Dsacls"): `/I:S` is for what is below the unit. */
function dsacls(unit: string, login: string, rights: readonly Delegated[]): string {
  const given = (below: boolean): string =>
    rights
      .filter(({ accesses }) => accesses.some(({ heir }) => heir !== undefined) === below)
      .map(({ grant }) => ` "${login}:${grant}"`)
      .join("");
  const commands = [
    ["", given(false)],
    [" /I:S", given(true)],
  ] as const;
  const needed = commands.filter(([, grants]) => grants !== "");
  return needed.map(([how, grants]) => `dsacls "${escaped(unit)}"${how} /G${grants}`).join("; ");
}
