import { ciEnvironments } from "../access/ci-environments";
import type { Ci } from "../environments/model/ci";
import type { DeployedCity } from "../environments/model/city";

/** A change of who may log in as an identity in Vault, and so gets its permissions. */
export interface LoginChange {
  /** The identity, such as `team:help-desk`. */
  readonly identity: string;
  /** Who could log in as it; null for nobody. */
  readonly before: string | null;
  /** Who can afterwards; null for nobody. */
  readonly after: string | null;
}

/** Compares who logs in as which identity in two versions of a city's file. */
export function loginChanges(base: DeployedCity, wanted: DeployedCity): LoginChange[] {
  const [before, after] = [logins(base), logins(wanted)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((identity) => ({ identity, before: before.get(identity) ?? null, after: after.get(identity) ?? null }))
    .filter((change) => change.before !== change.after);
}

function logins({ city, secrets }: DeployedCity): Map<string, string> {
  const { ci, people, directory } = secrets;
  const from = directory === undefined ? "" : ` of ${directory.groupDn} at ${directory.url}`;
  return new Map([
    ...(people?.teams ?? []).map(({ name, group }): [string, string] => [
      `team:${name}`,
      `group ${group}${from}, ${String(people?.loginMinutes)} minutes`,
    ]),
    ...breakGlass(people?.breakGlass, from),
    ...(ci === undefined ? [] : jobLogins(city.id, ci)),
  ]);
}

function jobLogins(city: string, ci: Ci): [string, string][] {
  const { plan, deployment } = ciEnvironments(city);
  const jobs = `${ci.repository} (${repositoryNumber(ci)}) at ${ci.issuer}`;
  return [
    ["ci:plan", `jobs in the environment ${plan} of ${jobs}`],
    [
      "ci:apply, ci:first-secrets, ci:secrets",
      `jobs in the environment ${deployment} of the branch ${ci.branch} of ${jobs}`,
    ],
  ];
}

function repositoryNumber(ci: Ci): string {
  return ci.platform === "gitlab"
    ? `project ${String(ci.projectId)}`
    : `repository ${String(ci.repositoryId)} of owner ${String(ci.ownerId)}`;
}

function breakGlass(
  declared: NonNullable<DeployedCity["secrets"]["people"]>["breakGlass"],
  from: string,
): readonly [string, string][] {
  if (declared === undefined) return [];
  return [["break-glass", `group ${declared.group}${from}, ${String(declared.minutes)} minutes`]];
}
