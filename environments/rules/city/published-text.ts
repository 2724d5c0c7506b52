import { quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import { select } from "../helpers/select";
import type { Selector } from "../helpers/select";
import type { CityRule, Finding } from "../rule";

/** Texts that `report public` publishes. */
export const PUBLISHED_TEXTS: readonly Selector[] = [
  "city.name",
  "project.title",
  "project.programme",
  "project.fund",
  "project.objective",
  "project.interventionType",
  "project.purpose",
  "project.contractors.*",
  "directorates.*.name",
];

/**
 * What must not be published, as it looks in a text. A person's tax code: 16 characters (Decreto del Ministro delle
 * finanze of 23 December 1976); a staff number as in the file of assignments.
 */
const FORMS: Readonly<Record<string, RegExp>> = {
  "a mail address": /[^\s@]+@[^\s@]+\.[^\s@]+/u,
  "a person's tax code": /\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b/iu,
  "a staff number": /\b[A-Z]{2}\d{6}\b/u,
  "an IPv4 address": /\b\d{1,3}(?:\.\d{1,3}){3}\b/u,
  "an IPv6 address": /\b(?:[\da-f]{1,4}:){2,}[\da-f:]*/iu,
  "a seat's name": /\b[a-z]{2}-[a-z][a-z0-9]{1,11}-\d{4}\b/u,
};

/** Whoever reads open data must find no person, machine or address in them, in no text that somebody wrote. */
export const publishedText: CityRule = {
  id: "published-text",
  explanation: "what is published names no person, mail address, staff number, tax code, address or host of the city",
  repair: "take it out of the text: report public publishes it",
  *check(city) {
    const told = denied(city);
    for (const { path, value } of PUBLISHED_TEXTS.flatMap((selector) => select(city, selector))) {
      const [what, part] = told(String(value)) ?? [];
      if (what !== undefined) yield { path, message: `${quoted(String(value))} holds ${what}: ${quoted(part ?? "")}` };
    }
    yield* contact(city, told);
  },
};

/** Tells what a text holds that it must not, and its part; undefined for nothing. */
type Told = (text: string) => readonly [what: string, part: string] | undefined;

/** The mail address that is published is an office's: the only person that the file names has another. */
function* contact(city: DeclaredCity, told: Told): Iterable<Finding> {
  const { publication, manager } = city.project ?? {};
  const address = publication?.contact ?? "";
  const words = address
    .slice(0, address.indexOf("@"))
    .toLowerCase()
    .split(/[._+-]+/);
  const surname = manager?.toLowerCase().split(" ").at(-1) ?? "";
  const named = surname !== "" && words.includes(surname);
  const [what, part = ""] = named ? ["a person's name", surname] : (told(words.join(" ").toUpperCase()) ?? []);
  if (what === undefined) return;
  const message = `${quoted(address)} holds ${what}: ${quoted(part)}`;
  yield { path: ["project", "publication", "contact"], message, repair: "name an office's mail address" };
}

function denied(city: DeclaredCity): Told {
  const { manager } = city.project ?? {};
  const names = new Map([
    ...(city.city.domain === undefined ? [] : [[city.city.domain, "the desktops' domain"] as const]),
    ...select(city, "platform.clusters.*.hosts.*").map(({ value }): [string, string] => [String(value), "a host"]),
    ...(manager === undefined ? [] : [[manager, "a person's name"] as const]),
  ]);
  return (text) => {
    const folded = text.toLowerCase();
    for (const [name, what] of names) if (folded.includes(name.toLowerCase())) return [what, name];
    for (const [what, form] of Object.entries(FORMS)) {
      const found = form.exec(text)?.[0];
      if (found !== undefined) return [what, found];
    }
    return undefined;
  };
}
