import type { DeclaredCity } from "../model/city";
import type { Path } from "../path";
import type { Selector } from "./helpers/select";

/** A violation of a rule, with its path. */
export interface Finding {
  /**
   * Path of the wrong value in the city. `["assignments", 3, "staff"]` is shown as the line and column of the fourth
   * assignment's staff number in the CSV file.
   */
  readonly path: Path;
  /** What is wrong, with the value, in one line; values of the file are formatted by `quoted`. */
  readonly message: string;
  /** What is allowed. @default - the rule's explanation */
  readonly allowed?: string;
  /** How to repair it. @default - the rule's repair */
  readonly repair?: string;
}

/** The texts of a rule. */
export interface RuleTexts {
  /** Kebab-case id, shown with a violation. */
  readonly id: string;
  /** What must hold; a violation shows it as what is allowed. */
  readonly explanation: string;
  /** How to repair a violation. */
  readonly repair: string;
  /** The keys that it looks at, where a table of rules says them. @default - those of rule-keys.ts */
  readonly names?: readonly Selector[];
}

/** A rule on one city that the schema cannot express. It sees only cities that the schema accepts. */
export interface CityRule extends RuleTexts {
  /** Yields every violation; none where the rule holds. */
  readonly check: (city: DeclaredCity) => Iterable<Finding>;
}

/** A finding in one of several cities. */
export interface CrossCityFinding extends Finding {
  /** Index of the city. */
  readonly city: number;
}

/** A rule on all cities together. */
export interface CrossCityRule extends RuleTexts {
  /** Yields every violation; none where the rule holds. */
  readonly check: (cities: readonly DeclaredCity[]) => Iterable<CrossCityFinding>;
}

/** Rules on one topic; each topic except references and uniqueness is a folder. */
export interface RuleTopic {
  /** Title of the topic. */
  readonly title: string;
  /** Rules on one city. */
  readonly city: readonly CityRule[];
  /** Rules on all cities together. */
  readonly crossCity: readonly CrossCityRule[];
}
