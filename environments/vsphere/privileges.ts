import { firstSecretPrivileges } from "../../access/vsphere/first-secret-privileges";
import { foundationPrivileges } from "../../access/vsphere/foundation-privileges";
import { machinePrivileges, unionOf } from "../../access/vsphere/machine-privileges";
import type { MachineUse } from "../../access/vsphere/machine-privileges";
import { networkPrivileges } from "../../access/vsphere/network-privileges";
import { powerPrivileges, refreshPrivileges, repairPrivileges } from "../../access/vsphere/operation-privileges";
import { LOGINS } from "../../access/vsphere/privilege";
import type { Login, Privilege } from "../../access/vsphere/privilege";
import type { City, DeployedCity } from "../model/city";
import type { Pool } from "../model/desktops";
import { gatewayPairs } from "../network/gateway-pairs";
import type { GatewayPair } from "../network/gateway-pairs";
import { hasHolders } from "../seats/assignments";
import { definitionOf } from "../seats/definition";
import { supportGrants } from "../support/support-grants";

/** The privileges that one of a city's logins to vSphere needs. */
export interface LoginPrivileges {
  readonly login: Login;
  readonly privileges: readonly Privilege[];
}

/** The privileges of each login that a checked city uses, in the order of their use. */
export function cityPrivileges(city: DeployedCity): LoginPrivileges[] {
  return LOGINS.map((login) => ({ login, privileges: privilegesOf(city, login) })).filter(
    ({ privileges }) => privileges.length > 0,
  );
}

/** The privileges that deploying the stacks of one pool needs. */
export function poolPrivileges(city: City, pool: Pool): Privilege[] {
  return machinePrivileges(useOf(city, pool));
}

function privilegesOf(city: DeployedCity, login: Login): Privilege[] {
  const { network, platform, pools } = city;
  switch (login) {
    case "foundation":
      return privilegesOfFoundation(city);
    case "network":
      return networkPrivileges({
        ownSwitch: !network.switch.existing,
        portGroups: network.segments.some(({ external }) => !external),
        supportPermissions: supportGrants(city).some(({ place }) => place === "port-group"),
      });
    case "gateway":
      return network.gateway === undefined && city.access?.machines === undefined
        ? []
        : machinePrivileges(unionOf(pairUses(city)));
    case "desktops":
      return pools.length === 0 ? [] : machinePrivileges(unionOf(pools.map((pool) => useOf(city, pool))));
    case "first-secrets":
      return pools.length === 0 || platform.vault === undefined ? [] : firstSecretPrivileges();
    case "power":
      return pools.some(({ power }) => power !== undefined) ? powerPrivileges() : [];
    case "repair":
      return privilegesOfRepairs(pools);
    case "refresh":
      return privilegesOfRefresh(pools);
  }
}

function privilegesOfFoundation(city: DeployedCity): Privilege[] {
  const grants = supportGrants(city);
  return foundationPrivileges({
    holders: hasHolders(city),
    hostGroups: city.platform.clusters.some(({ hostGroups }) => hostGroups.length > 0),
    supportRoles: grants.some(({ tasks }) => tasks.length > 0),
    supportPermissions: grants.some(({ place }) => place !== "port-group"),
  });
}

function privilegesOfRepairs(pools: readonly Pool[]): Privilege[] {
  const repairs = pools.flatMap(({ repair }) => repair ?? []);
  return repairs.length === 0 ? [] : repairPrivileges(repairs.some(({ replace }) => replace));
}

function privilegesOfRefresh(pools: readonly Pool[]): Privilege[] {
  const ways = pools.flatMap(({ refresh }) => refresh ?? []);
  return ways.length === 0 ? [] : refreshPrivileges(ways.includes("revert"), ways.includes("remake"));
}

/** Access machines are made as gateways are, with overrides. */
function pairUses(city: City): MachineUse[] {
  const access = city.access?.machines;
  return [
    ...gatewayPairs(city).map((pair) => gatewayUse(city, pair)),
    ...(access === undefined
      ? []
      : [gatewayUse(city, { ...access, restartPriority: "highest", automationLevel: "manual" })]),
  ];
}

/** A gateway gets its whole configuration by guestinfo. */
function gatewayUse(
  { platform }: City,
  { clusters: [one, other], ...pair }: Pick<GatewayPair, "clusters" | "restartPriority" | "automationLevel">,
): MachineUse {
  return {
    ...{ customization: false, holders: false, advancedConfig: true, removableDisk: false },
    ...{ adopted: false, tpm: false },
    // An anti-affinity rule keeps two in one cluster on different hosts.
    clusterRules: one === other || pair.restartPriority !== "cluster" || pair.automationLevel !== "cluster",
    moves: platform.datastores.length > 1,
  };
}

function useOf(city: City, pool: Pool): MachineUse {
  const { workstation, image } = definitionOf(city, pool);
  const dedicated = pool.assignment === "dedicated";
  return {
    customization: image.customization !== undefined,
    holders: dedicated && hasHolders(city),
    clusterRules: pool.antiAffinity || pool.hostGroup !== undefined,
    // People at its seats are told by guestinfo that these are to be changed.
    advancedConfig: workstation.videoMemoryMib !== undefined || pool.maintenance !== undefined,
    // A dedicated machine keeps its data disk when that is removed from the file.
    removableDisk: workstation.dataDiskGib !== undefined && !dedicated,
    moves: mayMove(city, pool),
    adopted: pool.adopt.length > 0,
    tpm: workstation.tpm,
  };
}

/** A pool with a host group stays in that group's cluster, so it can move only between that cluster's datastores. */
function mayMove({ platform }: City, pool: Pool): boolean {
  const { hostGroup } = pool;
  if (hostGroup === undefined) return platform.datastores.length > 1;
  const cluster = platform.clusters.find(({ hostGroups }) => hostGroups.some(({ name }) => name === hostGroup));
  return platform.datastores.filter((datastore) => datastore.cluster === cluster?.name).length > 1;
}
