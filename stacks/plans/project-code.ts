import type { DeployedCity } from "../../environments/model/city";

/** The project's code, with which annotations begin; none of a city without a funded project. */
export function projectCode({ project }: Pick<DeployedCity, "project">): string[] {
  return project === undefined ? [] : [project.code];
}
