import { z } from "zod";

const DEVELOPMENT_STATUS = ["concept", "development", "beta", "stable", "obsolete"] as const;
const SOFTWARE_TYPES = [
  "standalone/mobile",
  "standalone/iot",
  "standalone/desktop",
  "standalone/web",
  "standalone/backend",
  "standalone/other",
  "addon",
  "library",
  "configurationFiles",
] as const;
const VERSIONS = ["0", "0.2", "0.3", "0.4", "0.5", "0.7"] as const;
/** Of the standard's categories, those that infrastructure as code could be filed under. */
const CATEGORIES = [
  "cloud-management",
  "identity-management",
  "it-asset-management",
  "it-development",
  "it-management",
  "it-security",
  "it-service-management",
  "network-management",
  "remote-support",
  "other",
] as const;
/** Of the standard's fields of application, those of a city administration's own offices. */
const SCOPES = ["employment", "government", "infrastructures", "local-authorities", "security"] as const;
/** Names that may stand behind `alias:` in `supports`. */
const ALIASES = new Set(["gdpr", "eidas", "nis2", "cra", "spid", "cie", "anpr", "pagopa", "io"]);
/** Not all of SPDX's list: the free licences that Italian administrations and their software mostly use. */
const LICENCES = new Set([
  "AGPL-3.0-only",
  "AGPL-3.0-or-later",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "CC-BY-4.0",
  "EUPL-1.1",
  "EUPL-1.2",
  "GPL-2.0-only",
  "GPL-2.0-or-later",
  "GPL-3.0-only",
  "GPL-3.0-or-later",
  "LGPL-2.1-or-later",
  "LGPL-3.0-only",
  "LGPL-3.0-or-later",
  "MIT",
  "MPL-2.0",
]);

const line = z
  .string()
  .trim()
  .min(1)
  .regex(/^[^\r\n]*$/, "a single line");
const webUrl = z.url({ protocol: /^https?$/, hostname: z.regexes.domain });
const repositoryUrl = z.url({ protocol: /^(?:https?|git|ssh|svn)$/, hostname: z.regexes.domain });
const repositoryFile = z.string().regex(/^(?:https?:\/\/|(?!\/|.*\.\.))\S+$/, "a path below the root or a URL");
const country = z.string().regex(/^[A-Z]{2}$/, "ISO 3166-1 alpha-2 in capitals; the standard deprecates small letters");
/** Well-formed as BCP 47 (RFC 5646, 2.1) has it, without extensions and private use. */
const languageTag = z
  .string()
  .regex(
    /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*$/,
    "a BCP 47 language tag",
  );
const licence = z.string().refine(isLicenceExpression, "an SPDX expression of known free licences");

const description = z.strictObject({
  localisedName: line.optional(),
  shortDescription: line.refine((text) => characters(text) <= 150, "at most 150 characters"),
  longDescription: z
    .string()
    .refine((text) => characters(text) >= 150 && characters(text) <= 10_000, "150 to 10000 characters"),
  documentation: webUrl.optional(),
  apiDocumentation: webUrl.optional(),
  features: z.array(line).min(1),
  screenshots: z.array(repositoryFile).optional(),
  videos: z.array(webUrl).optional(),
  awards: z.array(line).optional(),
});

const contact = z.strictObject({
  name: line,
  email: z.email().optional(),
  phone: z.string().regex(/^\+\d/, "a number with its international prefix").optional(),
  affiliation: line.optional(),
});
const contractor = z.strictObject({
  name: line,
  until: z.iso.date(),
  email: z.email().optional(),
  website: webUrl.optional(),
});
/** Contacts where the owner or a community maintains; contractors where there is a contract, and only there. */
const maintenance = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(["internal", "community"]), contacts: z.array(contact).min(1) }),
  z.strictObject({
    type: z.literal("contract"),
    contractors: z.array(contractor).min(1),
    contacts: z.array(contact).optional(),
  }),
  z.strictObject({ type: z.literal("none"), contacts: z.array(contact).optional() }),
]);

const dependency = z.strictObject({
  name: line,
  version: line.optional(),
  versionMin: line.optional(),
  versionMax: line.optional(),
  optional: z.boolean().optional(),
});
const dependencies = z.array(dependency).optional();
const organisation = z.strictObject({ uri: z.url(), name: line.optional() });
const flag = z.boolean().optional();
const support = z
  .string()
  .refine((id) => (id.startsWith("alias:") ? ALIASES.has(id.slice("alias:".length)) : URL.canParse(id)), "an id");

const italy = z.strictObject({
  countryExtensionVersion: z.literal("1.0"),
  conforme: z
    .strictObject({
      lineeGuidaDesign: flag,
      modelloInteroperabilita: flag,
      misureMinimeSicurezza: flag,
      gdpr: flag,
    })
    .optional(),
  piattaforme: z.strictObject({ spid: flag, cie: flag, anpr: flag, pagopa: flag, io: flag }).optional(),
  riuso: z.strictObject({ codiceIPA: z.string().regex(/^[A-Za-z0-9_]+$/, "a code of the iPA") }).optional(),
});

/**
 * A publiccode.yml of the standard's version 0 (the schema of 0.7.0, core and Italian section). It is stricter than
 * the standard: keys that it does not know or deprecates are refused, save the Italian section's; every language has a
 * long description and features; categories, scopes and licences are of shorter lists.
 */
export const publiccodeSchema = z.strictObject({
  publiccodeYmlVersion: z.enum(VERSIONS),
  name: line,
  applicationSuite: line.optional(),
  url: repositoryUrl,
  landingURL: webUrl.optional(),
  isBasedOn: z.union([repositoryUrl, z.array(repositoryUrl)]).optional(),
  softwareVersion: line.optional(),
  releaseDate: z.iso.date().optional(),
  logo: repositoryFile.optional(),
  organisation: organisation.optional(),
  platforms: z.array(line).min(1),
  categories: z.array(z.enum(CATEGORIES)).optional(),
  usedBy: z.array(line).optional(),
  fundedBy: z.array(organisation).optional(),
  roadmap: webUrl.optional(),
  developmentStatus: z.enum(DEVELOPMENT_STATUS),
  softwareType: z.enum(SOFTWARE_TYPES),
  supports: z.array(z.strictObject({ id: support })).optional(),
  intendedAudience: z
    .strictObject({
      scope: z.array(z.enum(SCOPES)).optional(),
      countries: z.array(country).optional(),
      unsupportedCountries: z.array(country).optional(),
    })
    .optional(),
  description: z
    .record(languageTag, description)
    .refine((languages) => Object.keys(languages).length > 0, "at least one language"),
  legal: z.strictObject({ license: licence, mainCopyrightOwner: line.optional() }),
  maintenance,
  localisation: z.strictObject({ localisationReady: z.boolean(), availableLanguages: z.array(languageTag).min(1) }),
  dependsOn: z.strictObject({ open: dependencies, proprietary: dependencies, hardware: dependencies }).optional(),
  IT: italy.optional(),
});

/** Characters as readers count them, which is how the standard's own validator counts. */
function characters(text: string): number {
  return [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(text)].length;
}

function isLicenceExpression(expression: string): boolean {
  const ids = expression.split(/ (?:AND|OR) /);
  return ids.every((id) => LICENCES.has(id));
}
