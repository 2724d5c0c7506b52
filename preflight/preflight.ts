import type { DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";
import type { PlaceOf, SourceLocation } from "../environments/violation";
import { inDatacenter } from "../vcenter/inventory";
import type { Inventory } from "../vcenter/inventory";
import type { Check, PreflightFinding } from "./check";
import { adopted } from "./adopted";
import { linkedClones } from "./linked-clones";
import { misplacedSeats, seats, templates } from "./machines";
import { distributedSwitch } from "./network";
import type { FoundVault } from "../vault/found-vault";
import { directory } from "./directory";
import type { FoundDirectory } from "../directory/found-directory";
import { licences } from "./licences";
import { othersPermissions } from "./others-permissions";
import type { FoundLicences } from "./licences";
import { unseenRights } from "./joining";
import { privileges } from "./privileges";
import type { FoundPrivileges } from "./privileges";
import { vault } from "./vault";
import { datastores } from "./datastores";
import { templateReach } from "./template-reach";
import { storageClusters } from "./storage-clusters";
import { clusters, datacenter } from "./places";
import { versions } from "./versions";

const CHECKS: readonly Check[] = [
  datacenter,
  clusters,
  datastores,
  storageClusters,
  distributedSwitch,
  templates,
  templateReach,
  linkedClones,
  adopted,
  seats,
  misplacedSeats,
  versions,
  othersPermissions,
];

const NEVER_LOOKED_AT: readonly string[] = [
  "what the login does not see, which is told as missing",
  "tags, storage policies, key providers and content libraries, which another interface has",
];

/** What a file is held against. */
export interface Found {
  /** The vCenter that was asked, or the folder. */
  readonly source: string;
  readonly inventory: Inventory;
  /** @default - Vault was not asked */
  readonly vault?: FoundVault | undefined;
  /** What the login lacks of what the named logins need. @default - none was named */
  readonly privileges?: readonly FoundPrivileges[] | undefined;
  /** @default - not asked */
  readonly licences?: FoundLicences | undefined;
  /** @default - not asked, or the file names none */
  readonly directory?: FoundDirectory | undefined;
}

/** The result of `preflight`, and the shape of its JSON. */
export interface PreflightReport {
  /** The city's id. */
  readonly city: string;
  /** The vCenter that was asked, or the folder. */
  readonly source: string;
  /** `failed` where a finding is wrong. */
  readonly result: "passed" | "failed";
  /** Findings, those that are wrong first, then in the order of the file. */
  readonly findings: readonly (PreflightFinding & SourceLocation & { readonly at: string })[];
  readonly notLookedAt: readonly string[];
}

/** Holds a city's file against its vCenter: everything that is not as the file presupposes, at once. */
export function preflight(
  { deployed, placeOf }: { readonly deployed: DeployedCity; readonly placeOf: PlaceOf },
  held: Found,
): PreflightReport {
  const { source, inventory: whole, vault: server, privileges: rights = [], licences: given } = held;
  const compared = { city: deployed, inventory: ofDatacenter(whole, deployed.platform.vsphere.datacenter) };
  const found = [
    ...CHECKS.flatMap((check) => [...check(compared)]),
    ...(server ? vault(deployed, server) : []),
    ...privileges(deployed, rights),
    ...(given ? licences(deployed, given) : []),
    ...(held.directory ? directory(deployed, held.directory) : []),
  ];
  const findings = found
    .map((finding) => ({ ...finding, ...placeOf(finding.path), at: pathText(deployed, finding.path) }))
    .sort((a, b) => b.weight.localeCompare(a.weight) || a.line - b.line || a.column - b.column);
  const result = findings.some(({ weight }) => weight === "wrong") ? "failed" : "passed";
  return {
    city: deployed.city.id,
    source,
    result,
    findings,
    notLookedAt: [...NEVER_LOOKED_AT, ...unseen(deployed, held)],
  };
}

function unseen(
  deployed: DeployedCity,
  { vault: server, privileges: rights = [], licences: given, directory: people }: Found,
): string[] {
  const without = rights.flatMap(({ login, asked }) => (asked ? [] : [login]));
  return [
    ...(deployed.platform.vault !== undefined && server === undefined ? ["Vault"] : []),
    ...(server !== undefined && server.mounts === undefined
      ? ["Vault's mounts, for want of a login that may read them"]
      : []),
    ...(rights.length === 0 ? ["privileges of a login: name what it deploys with --login"] : []),
    ...(without.length === 0 ? [] : [`privileges of ${without.join(", ")}, before the folders that they are for`]),
    ...(given === undefined || given.licences.length === 0 ? ["licences"] : []),
    ...(deployed.secrets.directory !== undefined && people === undefined ? ["the directory"] : []),
    ...(people !== undefined && people.absent === undefined ? ["what is in the directory, for want of a login"] : []),
    ...(people?.domain === undefined ? [] : unseenRights(deployed, people.domain)),
  ];
}

/** Of a name that is not there nothing would be found: then all of it, so that one run tells everything. */
function ofDatacenter(whole: Inventory, name: string): Inventory {
  return whole.datacenters.includes(name) ? inDatacenter(whole, name) : whole;
}

/** A path for people, as a violation of the file has it: an item of a list by its name. */
function pathText(city: DeployedCity, path: Path): string {
  let text = "";
  let value: unknown = city;
  for (const step of path) {
    value = (value as Readonly<Record<string | number, unknown>> | undefined)?.[step];
    text += typeof step === "number" ? item(step, value) : `.${step}`;
  }
  return text.slice(1);
}

function item(index: number, value: unknown): string {
  const name = typeof value === "object" && value !== null && "name" in value ? value.name : undefined;
  return typeof name === "string" ? `[name=${name}]` : `[${String(index)}]`;
}
