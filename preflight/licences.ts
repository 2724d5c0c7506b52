import { count, quoted } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";
import type { FoundLicence } from "../vcenter/licences";
import { enumerated } from "./check";
import type { PreflightFinding } from "./check";

/** The licences that a session saw, and when. */
export interface FoundLicences {
  readonly now: Date;
  readonly licences: readonly FoundLicence[];
}

const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Features of a host's licence, and what of a city needs them. Keys as a host lists those of its licence (`vim-cmd vimsvc/license
 * --show`: `drs ("vSphere DRS")`, `dvs ("vSphere Distributed Switch")`); of the API's own LicenseManagerLicenseKey, which is of
 * before 4.0, only the first is one.
 */
const NEEDED = [
  { key: "dvs", name: "vSphere Distributed Switch", path: ["network", "switch", "name"], why: "segments" },
  { key: "drs", name: "vSphere DRS", path: ["platform", "clusters"], why: "resource pools of a cluster" },
] as const;

/** Every host of the file, and vCenter, has a licence that goes on, with the features that a city needs. */
export function* licences(city: DeployedCity, { now, licences: all }: FoundLicences): Iterable<PreflightFinding> {
  const named = city.platform.clusters.flatMap(({ hosts }) => hosts);
  const [own, others] = [all.filter(({ host }) => host === ""), all.filter(({ host }) => named.includes(host))];
  for (const one of own) yield* lasting([one], ["platform", "vsphere", "server"], now);
  for (const same of byLicence(others)) {
    yield* lasting(same, ["platform", "clusters"], now);
    yield* featured(same);
  }
}

function byLicence(found: readonly FoundLicence[]): FoundLicence[][] {
  const groups = new Map<string, FoundLicence[]>();
  for (const one of found) {
    const { name, features, expires } = one;
    const key = JSON.stringify([name, features, expires]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function* lasting(same: readonly FoundLicence[], path: Path, now: Date): Iterable<PreflightFinding> {
  const [first] = same;
  if (first === undefined) return;
  const { expires, evaluation } = first;
  const left = expires === undefined ? Infinity : (expires.getTime() - now.getTime()) / DAY_MS;
  const ends = expires?.toISOString().slice(0, "2026-12-31".length) ?? "";
  const base = { path, expected: "a licence that goes on", repair: "assign one in vCenter" };
  if (left <= 0) yield { ...base, weight: "wrong", message: `${licenceOf(same)} ended on ${ends}` };
  else if (evaluation) yield { ...base, weight: "question", message: `${licenceOf(same)} is an evaluation` };
  else if (left <= SOON_DAYS) yield { ...base, weight: "question", message: `${licenceOf(same)} ends on ${ends}` };
}

function* featured(same: readonly FoundLicence[]): Iterable<PreflightFinding> {
  const [first] = same;
  if (first === undefined || first.evaluation || first.features.length === 0) return;
  for (const { key, name, path, why } of NEEDED)
    if (!first.features.includes(key))
      yield {
        ...{ path, weight: "wrong", expected: `a licence with ${name}, for ${why}` },
        message: `${licenceOf(same)} is without ${name}`,
        repair: "assign an edition that has it, such as Enterprise Plus or vSphere Foundation",
      };
}

function licenceOf(same: readonly FoundLicence[]): string {
  const [first] = same;
  const hosts = same.flatMap(({ host }) => (host === "" ? [] : [host]));
  const whose = hosts.length === 0 ? "vCenter" : `${count(hosts.length, "host")} (${enumerated(hosts)})`;
  return `the licence ${quoted(first?.name ?? "")} of ${whose}`;
}
