import type { DeclaredCity } from "../model/city";
import type { Path } from "../path";

/** A place in a city's file that breaks a rule. */
export interface Finding {
  /**
   * The way to the value in the city that is wrong. `["assignments", 3, "staff"]` is shown as the line and the column of
   * the CSV file that the fourth assignment's staff number comes from.
   */
  readonly path: Path;
  /** What is wrong, with the value, in one line; values of the file go through `quoted`. */
  readonly message: string;
  /** What is allowed. @default - the rule's explanation */
  readonly allowed?: string;
  /** What to do. @default - the rule's repair */
  readonly repair?: string;
}

/** What every rule says of itself. */
export interface RuleTexts {
  /** Kebab-case name that a violation carries. */
  readonly id: string;
  /** What always holds in a right file; a violation shows it as what is allowed. */
  readonly explanation: string;
  /** What to do where it does not hold. */
  readonly repair: string;
}

/** A rule on one city that no schema can say. It sees only cities that the schema let pass. */
export interface CityRule extends RuleTexts {
  /** Yields every place that breaks the rule; nothing where it holds. */
  readonly check: (city: DeclaredCity) => Iterable<Finding>;
}

/** A finding in one of several cities. */
export interface CrossCityFinding extends Finding {
  /** Index of the city. */
  readonly city: number;
}

/** A rule on all cities together. */
export interface CrossCityRule extends RuleTexts {
  /** Yields every place that breaks the rule; nothing where it holds. */
  readonly check: (cities: readonly DeclaredCity[]) => Iterable<CrossCityFinding>;
}

/** Rules that are about one thing; each topic but those of names is a folder. */
export interface RuleTopic {
  /** What they are about. */
  readonly title: string;
  /** Rules on one city. */
  readonly city: readonly CityRule[];
  /** Rules on all cities together. */
  readonly crossCity: readonly CrossCityRule[];
}
