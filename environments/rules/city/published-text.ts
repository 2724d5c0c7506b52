import { quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import { select } from "../helpers/select";
import type { Selector } from "../helpers/select";
import type { CityRule } from "../rule";

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
  },
};

/** What a text holds that it must not, and its part; undefined for nothing. */
function denied(city: DeclaredCity): (text: string) => readonly [string, string] | undefined {
  const { manager } = city.project ?? {};
  const names = new Map([
    [city.city.domain, "the desktops' domain"],
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
