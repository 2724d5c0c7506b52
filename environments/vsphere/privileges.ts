import { firstSecretPrivileges } from "../../access/vsphere/first-secret-privileges";
import { foundationPrivileges } from "../../access/vsphere/foundation-privileges";
import { machinePrivileges, unionOf } from "../../access/vsphere/machine-privileges";
import type { MachineUse } from "../../access/vsphere/machine-privileges";
import { networkPrivileges } from "../../access/vsphere/network-privileges";
import { LOGINS } from "../../access/vsphere/privilege";
import type { Login, Privilege } from "../../access/vsphere/privilege";
import type { City, DeployedCity } from "../model/city";
import type { Pool } from "../model/desktops";
import type { Gateway } from "../model/gateway";
import { definitionOf } from "../seats/definition";

/** What one of a city's logins to vSphere needs. */
export interface LoginPrivileges {
  readonly login: Login;
  readonly privileges: readonly Privilege[];
}

/** What each login needs that a checked city has something to do for, in the order of their use. */
export function cityPrivileges(city: DeployedCity): LoginPrivileges[] {
  return LOGINS.map((login) => ({ login, privileges: privilegesOf(city, login) })).filter(
    ({ privileges }) => privileges.length > 0,
  );
}

/** What deploying the stacks of one pool needs. */
export function poolPrivileges(city: City, pool: Pool): Privilege[] {
  return machinePrivileges(useOf(city, pool));
}

function privilegesOf(city: DeployedCity, login: Login): Privilege[] {
  const { network, platform, support, pools } = city;
  switch (login) {
    case "foundation":
      return foundationPrivileges({
        hostGroups: platform.clusters.some(({ hostGroups }) => hostGroups.length > 0),
        supportRoles: support.roles.length > 0,
      });
    case "network":
      return networkPrivileges({
        ownSwitch: !network.switch.existing,
        portGroups: network.segments.some(({ external }) => !external),
      });
    case "gateway":
      return network.gateway === undefined ? [] : machinePrivileges(gatewayUse(city, network.gateway));
    case "desktops":
      return pools.length === 0 ? [] : machinePrivileges(unionOf(pools.map((pool) => useOf(city, pool))));
    case "first-secrets":
      return pools.length === 0 ? [] : firstSecretPrivileges();
  }
}

/** All that it is told comes by guestinfo. */
function gatewayUse({ platform }: City, { clusters: [one, other] }: Gateway): MachineUse {
  return {
    ...{ customization: false, holders: false, advancedConfig: true, removableDisk: false },
    ...{ adopted: false, tpm: false },
    // A rule keeps two in one cluster apart.
    clusterRules: one === other,
    moves: platform.datastores.length > 1,
  };
}

function useOf(city: City, pool: Pool): MachineUse {
  const { workstation, image } = definitionOf(city, pool);
  const dedicated = pool.assignment === "dedicated";
  return {
    customization: image.customization !== undefined,
    holders: dedicated,
    clusterRules: pool.antiAffinity || pool.hostGroup !== undefined,
    advancedConfig: workstation.videoMemoryMib !== undefined,
    // A dedicated machine keeps a disk that is taken out of the file.
    removableDisk: workstation.dataDiskGib !== undefined && !dedicated,
    moves: mayMove(city, pool),
    adopted: pool.adopt.length > 0,
    tpm: workstation.tpm,
  };
}

/** A host group is of one cluster, so that only another of its datastores is left to go to. */
function mayMove({ platform }: City, pool: Pool): boolean {
  const { hostGroup } = pool;
  if (hostGroup === undefined) return platform.datastores.length > 1;
  const cluster = platform.clusters.find(({ hostGroups }) => hostGroups.some(({ name }) => name === hostGroup));
  return platform.datastores.filter((datastore) => datastore.cluster === cluster?.name).length > 1;
}
