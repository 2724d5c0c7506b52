import type { SecretPlace } from "../../access/access-plan";
import { directorateSecrets, poolSecrets, teamSecrets } from "../../access/vault-paths";
import { listed, nearest, quoted, quotedApart } from "../display";
import type { City } from "../model/city";

/** A finding on a path of secrets. */
export interface PlaceFinding {
  readonly message: string;
  readonly allowed: string;
  readonly repair: string;
}

/** A branch of a city's secrets, such as `pools`: the noun for its folders, their names, and the path of each. */
interface Branch {
  readonly noun: string;
  readonly names: readonly string[];
  readonly folder: (name: string) => string;
}

const SECRET_NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;
const FORMS = "pools, directorates, pools/<name>, directorates/<id>, teams/<name>, or one secret below such a folder";

/** The folders of a city's secrets: one for each pool, directorate and team. */
function branches(city: City): Map<string, Branch> {
  const { pools, directorates, secrets } = city;
  const teams = secrets.people?.teams ?? [];
  return new Map<string, Branch>([
    ["pools", { noun: "pool", names: pools.map(({ name }) => name), folder: poolSecrets }],
    ["directorates", { noun: "directorate", names: directorates.map(({ id }) => id), folder: directorateSecrets }],
    ["teams", { noun: "team", names: teams.map(({ name }) => name), folder: teamSecrets }],
  ]);
}

/** The paths that a text of the file means: `pools` means the folders of all pools. Empty where the text is wrong. */
export function secretPlaces(city: City, text: string): readonly SecretPlace[] {
  const read = readPlace(city, text);
  return "places" in read ? read.places : [];
}

/** The finding on a text that should be a folder or a secret of the city; undefined where it is. */
export function placeFinding(city: City, text: string): PlaceFinding | undefined {
  const read = readPlace(city, text);
  return "finding" in read ? read.finding : undefined;
}

/** The finding on a text that should be a secret below a folder of the city; undefined where it is. */
export function secretFinding(city: City, text: string): PlaceFinding | undefined {
  const read = readPlace(city, text);
  if ("finding" in read) return read.finding;
  if (read.places.every(({ kind }) => kind === "secret")) return undefined;
  return {
    message: `${quoted(text)} is a folder and no secret`,
    allowed: "a secret in a folder, such as pools/tecnica/licence-server, or accounts/<name>",
    repair: "name one secret in it",
  };
}

/** The finding on a text that should be a secret in a folder, or `accounts/<name>`, an account's password; undefined where it is. */
export function readableFinding(city: City, text: string): PlaceFinding | undefined {
  const [, account] = /^accounts\/(.*)$/.exec(text) ?? [];
  return account === undefined ? secretFinding(city, text) : accountFinding(city, account);
}

/** The paths that a text means, or the finding on it. */
function readPlace(
  city: City,
  text: string,
): { readonly places: readonly SecretPlace[] } | { readonly finding: PlaceFinding } {
  if (/[*+]/.test(text))
    return finding(`${quoted(text)} is a wildcard`, "name each place; pools and directorates stand for all of them");
  const [first = "", name, ...secret] = text.split("/");
  const branch = branches(city).get(first);
  if (branch === undefined)
    return finding(`${quoted(text)} is outside the city's secrets`, "begin with pools, directorates or teams");
  const { names, folder } = branch;
  if (name === undefined) {
    if (first === "teams") return finding("teams is every team's own secrets", "name one team");
    return { places: names.map((each) => ({ path: folder(each), kind: "folder" })) };
  }
  if (!names.includes(name)) return { finding: unknown(name, branch) };
  if (secret.length === 0) return { places: [{ path: folder(name), kind: "folder" }] };
  if (secret.every((part) => SECRET_NAME.test(part)))
    return { places: [{ path: `${folder(name)}/${secret.join("/")}`, kind: "secret" }] };
  return finding(
    `${quoted(text)} has a part that is no secret's name`,
    "use lower-case letters, digits, dots, hyphens and underscores",
  );
}

function accountFinding({ secrets }: City, name: string): PlaceFinding | undefined {
  const names = (secrets.accounts?.rotated ?? []).map((account) => account.name);
  return names.includes(name) ? undefined : unknown(name, { noun: "account", names });
}

function unknown(name: string, { noun, names }: Pick<Branch, "noun" | "names">): PlaceFinding {
  const meant = nearest(name, names);
  const repair = meant === undefined ? "choose one of them" : `write ${quotedApart(meant, name)}`;
  return { message: `${quotedApart(name, meant ?? name)} names no ${noun}`, allowed: listed(names), repair };
}

function finding(message: string, repair: string): { readonly finding: PlaceFinding } {
  return { finding: { message, allowed: FORMS, repair } };
}
