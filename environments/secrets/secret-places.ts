import type { SecretPlace } from "../../access/access-plan";
import { directorateSecrets, poolSecrets, teamSecrets } from "../../access/vault-paths";
import { listed, nearest, quoted, quotedApart } from "../display";
import type { City } from "../model/city";

/** What is wrong with a place, as a finding says it. */
export interface PlaceFinding {
  readonly message: string;
  readonly allowed: string;
  readonly repair: string;
}

/** A branch of a city's secrets: the noun of what has a folder there, its names, and the folder of each. */
interface Branch {
  readonly noun: string;
  readonly names: readonly string[];
  readonly folder: (name: string) => string;
}

const SECRET_NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;
const FORMS = "pools, directorates, pools/<name>, directorates/<id>, teams/<name>, or one secret below such a folder";

/** The folders that a city's secrets lie in: one a pool, a directorate and a team. */
function branches(city: City): Map<string, Branch> {
  const { pools, directorates, secrets } = city;
  const teams = secrets.people?.teams ?? [];
  return new Map<string, Branch>([
    ["pools", { noun: "pool", names: pools.map(({ name }) => name), folder: poolSecrets }],
    ["directorates", { noun: "directorate", names: directorates.map(({ id }) => id), folder: directorateSecrets }],
    ["teams", { noun: "team", names: teams.map(({ name }) => name), folder: teamSecrets }],
  ]);
}

/** The places that a text of the file stands for: `pools` stands for the folder of each pool. None where it is wrong. */
export function secretPlaces(city: City, text: string): readonly SecretPlace[] {
  const read = readPlace(city, text);
  return "places" in read ? read.places : [];
}

/** What is wrong with a place; undefined where it is one of the city's. */
export function placeFinding(city: City, text: string): PlaceFinding | undefined {
  const read = readPlace(city, text);
  return "finding" in read ? read.finding : undefined;
}

/** What is wrong with a secret; undefined where it is one that could be in a folder of the city. */
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

/** What is wrong with something that is read: a secret in a folder, or `accounts/<name>`, an account's password. */
export function readableFinding(city: City, text: string): PlaceFinding | undefined {
  const [, account] = /^accounts\/(.*)$/.exec(text) ?? [];
  return account === undefined ? secretFinding(city, text) : accountFinding(city, account);
}

/** The places that a text stands for, or what is wrong with it. */
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
