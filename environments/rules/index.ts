import { access } from "./access";
import { adoption } from "./adoption";
import { assignments } from "./assignments";
import { capacity } from "./capacity";
import { city } from "./city";
import { flows } from "./flows";
import { gateways } from "./gateways";
import { hosting } from "./hosting";
import { monitoring } from "./monitoring";
import { network } from "./network";
import { pools } from "./pools";
import { secrets } from "./secrets";
import { support } from "./support";
import { surge } from "./surge";
import { workstations } from "./workstations";
import { citySeats } from "./city/city-seats";
import { vlanShared } from "./network/vlan-shared";
import { referenceRules } from "./references";
import type { CityRule, CrossCityRule, RuleTopic } from "./rule";
import { uniquenessRules } from "./uniqueness";

/** Every rule, by topic. */
export const ruleTopics: readonly RuleTopic[] = [
  city,
  { title: "Names that refer to something", city: referenceRules, crossCity: [] },
  { title: "Names that are there once", city: uniquenessRules, crossCity: [] },
  workstations,
  pools,
  assignments,
  adoption,
  capacity,
  network,
  gateways,
  flows,
  access,
  surge,
  hosting,
  secrets,
  support,
  monitoring,
];

/** Limits of a city's size: where one is exceeded, the other rules, which would take minutes, are skipped. */
export const cityBounds: readonly CityRule[] = [citySeats, vlanShared];

/** Every rule on one city. */
export const cityRules: readonly CityRule[] = ruleTopics.flatMap((topic) => topic.city);

/** Every rule on all cities together. */
export const crossCityRules: readonly CrossCityRule[] = ruleTopics.flatMap((topic) => topic.crossCity);
