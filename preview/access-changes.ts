import { accessMatrix, matrixPaths } from "../access/matrix";
import type { DeployedCity } from "../environments/model/city";
import { accessOf } from "../environments/secrets/access";
import { accessPlan } from "../environments/secrets/access-plan";

/** A change of what an identity may do in Vault. */
export interface AccessChange {
  /** The identity, such as `team:help-desk`. */
  readonly identity: string;
  /** Path of Vault's API; `any` stands for a wildcard of the policy. */
  readonly path: string;
  /** Capabilities that it gains. */
  readonly gained: readonly string[];
  /** Capabilities that it loses. */
  readonly lost: readonly string[];
}

/** Compares the policies of two versions of a city's file, at every path that distinguishes identities in either. */
export function accessChanges(base: DeployedCity, wanted: DeployedCity): AccessChange[] {
  const paths = [...new Set([...pathsOf(base), ...pathsOf(wanted)])].sort();
  const [before, after] = [capabilities(base, paths), capabilities(wanted, paths)];
  const cells = [...new Set([...before.keys(), ...after.keys()])].sort();
  return cells.flatMap((cell) => {
    const [identity = "", path = ""] = cell.split(" ");
    const [old, fresh] = [before.get(cell) ?? [], after.get(cell) ?? []];
    const gained = fresh.filter((capability) => !old.includes(capability));
    const lost = old.filter((capability) => !fresh.includes(capability));
    return gained.length + lost.length === 0 ? [] : [{ identity, path, gained, lost }];
  });
}

function pathsOf(city: DeployedCity): string[] {
  return matrixPaths(accessPlan(city), accessOf(city));
}

/** Neither an identity nor a path contains a blank. */
function capabilities(city: DeployedCity, paths: readonly string[]): Map<string, readonly string[]> {
  const cells = accessMatrix(accessOf(city), paths);
  return new Map(
    cells.map(({ identity, path, capabilities: all }) => [
      `${identity} ${path}`,
      all.filter((capability) => capability !== "deny"),
    ]),
  );
}
