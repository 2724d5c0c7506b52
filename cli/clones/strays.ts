import { cityFolder, machineFolder, poolFolders } from "../../environments/folder-names";
import type { DeployedCity } from "../../environments/model/city";
import { definitionOf } from "../../environments/seats/definition";
import { machinesOf } from "../../environments/seats/machines";
import { shardsOf } from "../../environments/seats/seats";
import { stackName } from "../../environments/stack-names";
import { newMachines } from "../../preview/new-machines";
import type { NewMachine } from "../../preview/new-machines";
import type { PlanResult } from "../../preview/stack-preview";
import { fateText, leftAlone } from "../../terraform/fate";
import { machinesNamed } from "../../vcenter/stray-machines";
import type { NamedMachine } from "../../vcenter/stray-machines";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { machineParts } from "../gateways/city-gateways";
import { fateOf } from "./fate";
import type { StrayFate, WantedMachine } from "./fate";

/** A machine that has the name of a seat, a gateway or an access machine, and is in no state of the city's. */
export interface Stray {
  readonly stack: string;
  readonly name: string;
  /** Address of the machine of that name in its stack. */
  readonly address: string;
  readonly machine: NamedMachine;
  readonly fate: StrayFate;
}

/**
 * The machines under names that plans are about to give: the state has none of that name, or another one.
 * @returns sorted by name
 * @throws VcenterError with vCenter's reason
 */
export async function strays(
  city: DeployedCity,
  results: readonly PlanResult[],
  client: VcenterClient,
): Promise<Stray[]> {
  const wanted = new Map(
    results.flatMap((result) =>
      "plan" in result
        ? newMachines(result.plan).map((one) => [one.name.toLowerCase(), { ...one, stack: result.stack }] as const)
        : [],
    ),
  );
  const known = wantedMachines(city);
  const found =
    wanted.size === 0 ? [] : await machinesNamed(client, city.platform.vsphere.datacenter, new Set(wanted.keys()));
  const all = found.flatMap((machine) => {
    const name = machine.name.toLowerCase();
    const [planned, itself] = [wanted.get(name), known.get(name)];
    if (planned === undefined || itself === undefined || planned.replaces === machine.uuid) return [];
    return [{ ...planned, machine, fate: fate(machine, planned, itself) }];
  });
  return all.map((stray) => single(stray, all)).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function order({ name, machine }: Stray): string {
  return `${name} ${machine.path}`;
}

/** What a machine that takes a name is for it; in a state that has another machine of that name it cannot be. */
function fate(machine: NamedMachine, { replaces }: NewMachine, wanted: WantedMachine): StrayFate {
  const decided = fateOf(machine, wanted);
  if (decided.kind !== "whole" || replaces === undefined) return decided;
  return leftAlone("the state has another machine of this name, which the deployment replaces");
}

function single(stray: Stray, all: readonly Stray[]): Stray {
  const same = all.filter(({ name }) => name === stray.name);
  if (same.length === 1 || stray.fate.kind === "unfinished") return stray;
  return { ...stray, fate: leftAlone(`${String(same.length)} machines have this name`) };
}

/** What each machine of a city has to be, by its name. */
function wantedMachines(city: DeployedCity): Map<string, WantedMachine> {
  return new Map([...wantedSeats(city), ...wantedGateways(city)]);
}

/** Gateways and access machines: each has the name of its stack. */
function wantedGateways(city: DeployedCity): [string, WantedMachine][] {
  return machineParts(city).map(({ part, template }) => {
    const name = stackName(city.city.id, part);
    const path = [cityFolder(city), part, name].join("/");
    return [name, { path, template, customized: false, marked: true, losesDataDisk: false }];
  });
}

function wantedSeats(city: DeployedCity): [string, WantedMachine][] {
  return city.pools.flatMap((pool) => {
    const definition = definitionOf(city, pool);
    const machine = machinesOf(definition, new Map());
    const folder = poolFolders(city, pool).join("/");
    const customized = definition.image.customization !== undefined;
    const hasData = definition.workstation.dataDiskGib !== undefined;
    return shardsOf(city, pool)
      .flatMap(({ seats }) => seats.map(machine))
      .map(({ name, template, persistent }): [string, WantedMachine] => {
        const losesDataDisk = hasData && !persistent;
        return [name, { path: `${folder}/${name}`, template: template.name, customized, marked: false, losesDataDisk }];
      });
  });
}

/** What a machine under a wanted name is now. @throws Error where the city has none of that name */
export function fateNow(city: DeployedCity, name: string, machine: NamedMachine): StrayFate {
  const wanted = wantedMachines(city).get(name);
  if (wanted === undefined) throw new Error(`there is no machine ${name}`);
  return fateOf(machine, wanted);
}

/** A stray for a sentence: its path, and what may be done with it. */
export function strayText({ machine: { path }, fate: its }: Pick<Stray, "machine" | "fate">): string {
  return `${path}: ${fateText(its, { whole: "a whole machine", unfinished: "an unfinished clone, which was never started" })}`;
}

/** Inventory path of a stray from its datacenter, as `terraform import` takes it. */
export function importPath(city: DeployedCity, { machine }: Pick<Stray, "machine">): string {
  return `/${machineFolder(city)}/${machine.path}`;
}
