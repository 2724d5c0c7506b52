import type { DeployedCity } from "../../environments/model/city";
import { deployedCities } from "../named-city";

/** Whose cities are meant: a repository of a CI platform. */
export interface Repository {
  readonly platform: DeployedCity["secrets"]["ci"]["platform"];
  /** Its path, such as `group/repository`. */
  readonly repository: string;
  /** @default - cities of any protected branch */
  readonly branch?: string;
}

/**
 * The cities whose files say that this repository's jobs plan and deploy them. A fork, and a repository that has the toolkit only,
 * has none: Vault would give its jobs no login either.
 * @param environments folder of the cities' files
 */
export function citiesOf(environments: string, { platform, repository, branch }: Repository): DeployedCity[] {
  return deployedCities(environments).filter(
    ({ secrets: { ci } }) =>
      ci.platform === platform && ci.repository === repository && (branch === undefined || ci.branch === branch),
  );
}
