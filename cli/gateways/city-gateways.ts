import { accessPart } from "../../environments/desktop-access/access-pair";
import { cityFolder, machineFolder } from "../../environments/folder-names";
import type { DeployedCity } from "../../environments/model/city";
import { gatewayPart } from "../../environments/network/gateway-names";
import { gatewayPairs } from "../../environments/network/gateway-pairs";
import { stackName } from "../../environments/stack-names";
import type { StackPart } from "../../environments/stack-names";
import { CommandError } from "../../runtime/errors";
import { inSession, vcenterUser } from "../vcenter-session";
import type { VcenterClient, VcenterMachine } from "../../vcenter/vcenter-client";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayAccess } from "./bring-up";

/** A login to a vCenter. */
export interface GatewayLogin {
  /** Host, with a port where it is not 443. */
  readonly server: string;
  readonly user: string;
  readonly password: string;
}

/** The login to a city's vCenter, from the provider's variables. @throws InputError that lists every missing one */
export function gatewayLogin({ platform }: DeployedCity): GatewayLogin {
  return { server: platform.vsphere.server, ...vcenterUser() };
}

/** One of a pair of gateways, which is also the name of its stack, and the other one. */
export interface PairedGateway {
  readonly gateway: GatewayAccess;
  readonly peer: GatewayAccess;
}

/** Names of the stacks of a city's gateways and access machines, which are also those of the machines. */
export function gatewayStacks(city: DeployedCity): string[] {
  return machineParts(city).map(({ part }) => stackName(city.city.id, part));
}

/** Each gateway and access machine of a city by the part of its stack's name, with the template that it is cloned from. */
export function machineParts(city: DeployedCity): readonly MachinePart[] {
  return pairsOf(city).flat();
}

/**
 * The gateways of a city, in the order in which they are changed, pair by pair, and then its access machines, which take what
 * vCenter has for them in the same way; none where its own firewalls enforce and it has a broker.
 */
export function cityGateways(city: DeployedCity, login: GatewayLogin): PairedGateway[] {
  return pairsOf(city).flatMap((pair) => pairedGateways(city, pair, login));
}

/** A city's access machines as vCenter reaches them; empty where it has none. */
export function accessMachines(city: DeployedCity, login: GatewayLogin): GatewayAccess[] {
  return accessParts(city).flatMap((pair) => pairedGateways(city, pair, login).map(({ gateway }) => gateway));
}

interface MachinePart {
  /** Part of its stack's name, and of its folder's. */
  readonly part: StackPart;
  readonly template: string;
}

function pairsOf(city: DeployedCity): MachinePart[][] {
  const gateways = gatewayPairs(city).map((pair) =>
    MEMBERS.map((member) => ({ part: gatewayPart(pair, member), template: pair.template })),
  );
  return [...gateways, ...accessParts(city)];
}

function accessParts({ access }: DeployedCity): MachinePart[][] {
  const machines = access?.machines;
  return machines === undefined
    ? []
    : [MEMBERS.map((member) => ({ part: accessPart(member), template: machines.template }))];
}

function pairedGateways(city: DeployedCity, pair: readonly MachinePart[], login: GatewayLogin): PairedGateway[] {
  const access = pair.map(({ part }) => {
    const folder = [machineFolder(city), cityFolder(city), part].join("/");
    return gatewayAccess({ ...login, folder, name: stackName(city.city.id, part) });
  });
  return access.flatMap((gateway, index) => {
    const peer = access[1 - index];
    return peer === undefined ? [] : [{ gateway, peer }];
  });
}

interface Place extends GatewayLogin {
  readonly folder: string;
  readonly name: string;
}

function gatewayAccess(place: Place): GatewayAccess {
  return {
    name: place.name,
    read: () => withMachine(place, (_client, { extraConfig }) => Promise.resolve(extraConfig)),
    write: (settings) => withMachine(place, (client, { id }) => client.setExtraConfig(id, settings)),
  };
}

/** @throws VcenterError where vCenter is not reached or refuses; CommandError where there is no such machine */
function withMachine<T>(
  { folder, name, ...login }: Place,
  work: (client: VcenterClient, machine: VcenterMachine) => Promise<T>,
): Promise<T> {
  return inSession({ ...login, connections: 1 }, async (client) => {
    const machine = (await client.machinesIn(folder))?.find((one) => one.name === name);
    if (machine === undefined) throw new CommandError(`${login.server} has no machine ${name} in ${folder}`);
    return work(client, machine);
  });
}
