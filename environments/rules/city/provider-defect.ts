import { quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { TRIED_PROVIDERS } from "../../model/providers";
import type { CityRule } from "../rule";

/** What a provider is known to do wrong, until a version, where a city asks for it. */
interface Defect {
  readonly provider: keyof typeof TRIED_PROVIDERS;
  /** Versions that have it. */
  readonly versions: readonly string[];
  /** What it does, after "the provider". */
  readonly what: string;
  /** Repository and number of the issue or its mending. */
  readonly issue: string;
  /** In a few words what of the city asks for it; undefined where nothing does. */
  readonly asked: (city: DeclaredCity) => string | undefined;
}

const DEFECTS: readonly Defect[] = [
  {
    provider: "vsphere",
    versions: ["2.15.0"],
    what: "tells a move of a machine as done that vCenter refused",
    issue: "vmware/terraform-provider-vsphere#2595",
    asked: ({ pools }) => {
      const spread = pools.find(({ spread = [] }) => spread.length > 1);
      return spread && `the pool ${quoted(spread.name)} is spread, and another weight moves machines`;
    },
  },
];

/** A version that is known to do wrong what the file asks for. */
export const providerDefect: CityRule = {
  id: "provider-defect",
  explanation: "a provider's version does what the file asks for",
  repair: "write a newer version, or leave it out for the newest that was tried",
  *check(city) {
    for (const { provider, versions, what, issue, asked } of DEFECTS) {
      const version = city.platform.providers[provider];
      const asking = versions.includes(version) ? asked(city) : undefined;
      if (asking === undefined) continue;
      const message = `${quoted(version)} ${what} (${issue}), and ${asking}`;
      yield { path: ["platform", "providers", provider], message };
    }
  },
};
