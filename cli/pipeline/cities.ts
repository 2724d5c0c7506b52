import type { Ci } from "../../environments/model/ci";
import type { DeployedCity } from "../../environments/model/city";
import { deployedCities } from "../named-city";

/** A repository of a CI platform. */
export interface Repository {
  readonly platform: Ci["platform"];
  /** Its path, such as `group/repository`. */
  readonly repository: string;
  /** @default - cities of any protected branch */
  readonly branch?: string;
}

/**
 * The cities whose files name this repository as the one that plans and deploys them. A fork, or a repository with the
 * toolkit alone, has none; Vault would give its jobs no login either.
 * @param environments folder of the cities' files
 */
export function citiesOf(environments: string, { platform, repository, branch }: Repository): DeployedCity[] {
  return deployedCities(environments).filter(
    ({ secrets: { ci } }) =>
      ci?.platform === platform && ci.repository === repository && (branch === undefined || ci.branch === branch),
  );
}
