import { count } from "../../environments/display";
import { ACCESS_PACKAGES } from "../../environments/model/access";
import type { AccessMachines } from "../../environments/model/access";
import type { DeployedCity } from "../../environments/model/city";
import { sourcesOf } from "../../environments/seats/template-sources";
import { cityPrivileges } from "../../environments/vsphere/privileges";
import { needed } from "./prerequisite";
import type { Prerequisite } from "./prerequisite";

/** What vCenter must have. */
export function vcenterPrerequisites(city: DeployedCity): Prerequisite[] {
  const { vsphere } = city.platform;
  const at = ["platform", "vsphere"];
  return [
    needed("vCenter", vsphere.server, "a certificate that the deploying machines trust", ...at, "server"),
    needed("datacenter", vsphere.datacenter, "there", ...at, "datacenter"),
    ...clusters(city),
    ...datastores(city),
    ...logins(city),
    ...(vsphere.keyProvider === undefined
      ? []
      : [needed("key provider", vsphere.keyProvider, "the default one, with a backup", ...at, "keyProvider")]),
    ...templates(city),
    ...policies(city),
    ...adopted(city),
    ...city.support.roles.map(({ group }, index) =>
      needed("group", group, "known to vCenter's identity source", "support", "roles", index, "group"),
    ),
  ];
}

function clusters({ platform }: DeployedCity): Prerequisite[] {
  return platform.clusters.map(({ name, hosts }, index) =>
    needed(
      "cluster",
      name,
      `DRS on; just these ${String(hosts.length)} hosts, connected, licensed for DRS and distributed switches: ${hosts.join(", ")}`,
      ...["platform", "clusters", index, "name"],
    ),
  );
}

function datastores({ platform }: DeployedCity): Prerequisite[] {
  return platform.datastores.map(({ name, cluster, capacityGib, members }, index) =>
    needed(
      members === undefined ? "datastore" : "storage cluster",
      name,
      `${members === undefined ? "" : `Storage DRS on; just these datastores: ${members.join(", ")}; `}reached by every host of ${cluster}${capacityGib === undefined ? "" : `, with ${String(capacityGib)} GiB for machines' disks`}`,
      ...["platform", "datastores", index, "name"],
    ),
  );
}

function logins(city: DeployedCity): Prerequisite[] {
  return cityPrivileges(city).map(({ login, privileges }) =>
    needed(
      "login",
      `${city.city.id}-${login}`,
      `a role with ${count(privileges.length, "privilege")}: npm run report -- privileges ${city.city.id} --login ${login}`,
      ...["platform", "vsphere", "server"],
    ),
  );
}

/** Of linked clones the disk has just that size, and is thin as they are. */
function diskOf(diskGib: number, snapshot: string | undefined): string {
  if (snapshot === undefined) return `disk of at most ${String(diskGib)} GiB`;
  return `thin disk of ${String(diskGib)} GiB with the one snapshot ${snapshot}`;
}

function templates({ images, network, access }: DeployedCity): Prerequisite[] {
  const own = Object.entries(images).flatMap(([image, { versions, guestId, firmware, diskGib }]) =>
    sourcesOf(image, versions).map(({ template, library, snapshot, path }) =>
      needed(
        library === undefined ? "template" : `VM template in the library ${library}`,
        template,
        `guest ${guestId}, ${firmware}, one ${diskOf(diskGib, snapshot)}, VMware Tools`,
        ...path,
        "template",
      ),
    ),
  );
  return [
    ...own,
    ...pairTemplate(network.gateway, "what docs/guides/network.md lists", "network", "gateway"),
    ...pairTemplate(access?.machines, ACCESS_PACKAGES, "access", "machines"),
  ];
}

/** The template of gateways, or of access machines. */
function pairTemplate(
  pair: Pick<AccessMachines, "template" | "guestId" | "firmware" | "diskGib"> | undefined,
  packages: string,
  ...at: readonly string[]
): Prerequisite[] {
  if (pair === undefined) return [];
  const must = `guest ${pair.guestId}, ${pair.firmware}, one disk of at most ${String(pair.diskGib)} GiB, ${packages}`;
  return [needed("template", pair.template, must, ...at, "template")];
}

function policies({ workstations }: DeployedCity): Prerequisite[] {
  return Object.entries(workstations).flatMap(([name, { storagePolicy }]) =>
    storagePolicy === undefined
      ? []
      : [needed("storage policy", storagePolicy, "there", "workstations", name, "storagePolicy")],
  );
}

function adopted({ pools }: DeployedCity): Prerequisite[] {
  return pools.flatMap(({ adopt }, index) =>
    adopt.map(({ machine }, number) =>
      needed(
        "machine to adopt",
        machine,
        "one network adapter, no snapshot, no TPM that the workstation has not, disks no larger than the workstation's",
        ...["pools", index, "adopt", number, "machine"],
      ),
    ),
  );
}
