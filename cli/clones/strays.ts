import { machineFolder, poolFolders } from "../../environments/folder-names";
import type { DeployedCity } from "../../environments/model/city";
import { definitionOf } from "../../environments/seats/definition";
import { machinesOf } from "../../environments/seats/machines";
import { shardsOf } from "../../environments/seats/seats";
import { newMachines } from "../../preview/new-machines";
import type { NewMachine } from "../../preview/new-machines";
import type { PlanResult } from "../../preview/stack-preview";
import { machinesNamed } from "../../vcenter/stray-machines";
import type { NamedMachine } from "../../vcenter/stray-machines";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { fateOf } from "./fate";
import type { Fate, WantedSeat } from "./fate";

/** A machine that is under a seat's name, and in no state of the city's. */
export interface Stray {
  readonly stack: string;
  readonly seat: string;
  /** Address of the seat's machine in its stack. */
  readonly address: string;
  readonly machine: NamedMachine;
  readonly fate: Fate;
}

/**
 * The machines under names that plans are about to give: their seats have no machine in the state, or another one.
 * @returns sorted by seat
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
        ? newMachines(result.plan).map((one) => [one.seat, { ...one, stack: result.stack }] as const)
        : [],
    ),
  );
  const seats = wantedSeats(city);
  const found =
    wanted.size === 0 ? [] : await machinesNamed(client, city.platform.vsphere.datacenter, new Set(wanted.keys()));
  const all = found.flatMap((machine) => {
    const [planned, seat] = [wanted.get(machine.name.toLowerCase()), seats.get(machine.name.toLowerCase())];
    if (planned === undefined || seat === undefined || planned.replaces === machine.uuid) return [];
    return [{ ...planned, machine, fate: fate(machine, planned, seat) }];
  });
  return all.map((stray) => single(stray, all)).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function order({ seat, machine }: Stray): string {
  return `${seat} ${machine.path}`;
}

/** What a machine that takes a seat's name is for it; in a state that has another machine for the seat it cannot be. */
function fate(machine: NamedMachine, { replaces }: NewMachine, seat: WantedSeat): Fate {
  const decided = fateOf(machine, seat);
  if (decided.kind !== "whole" || replaces === undefined) return decided;
  return { kind: "unknown", reason: "the seat has another machine, which the deployment replaces" };
}

function single(stray: Stray, all: readonly Stray[]): Stray {
  const same = all.filter(({ seat }) => seat === stray.seat);
  if (same.length === 1 || stray.fate.kind === "unfinished") return stray;
  return { ...stray, fate: { kind: "unknown", reason: `${String(same.length)} machines have the seat's name` } };
}

/** What the machine of each seat has to be, by the seat's name. */
function wantedSeats(city: DeployedCity): Map<string, WantedSeat> {
  return new Map(
    city.pools.flatMap((pool) => {
      const definition = definitionOf(city, pool);
      const machine = machinesOf(definition, new Map());
      const folder = poolFolders(city, pool).join("/");
      const customized = definition.image.customization !== undefined;
      const hasData = definition.workstation.dataDiskGib !== undefined;
      return shardsOf(city, pool)
        .flatMap(({ seats }) => seats.map(machine))
        .map(({ name, template, persistent }): [string, WantedSeat] => [
          name,
          { path: `${folder}/${name}`, template: template.name, customized, losesDataDisk: hasData && !persistent },
        ]);
    }),
  );
}

/** What a machine under a seat's name is now. @throws Error where the city has no such seat */
export function fateNow(city: DeployedCity, seat: string, machine: NamedMachine): Fate {
  const wanted = wantedSeats(city).get(seat);
  if (wanted === undefined) throw new Error(`there is no seat ${seat}`);
  return fateOf(machine, wanted);
}

/** A stray for a sentence: its path, and what may be done with it. */
export function strayText({ machine: { path }, fate: its }: Pick<Stray, "machine" | "fate">): string {
  if (its.kind === "unknown") return `${path}: left alone, ${its.reason}`;
  return `${path}: ${its.kind === "whole" ? "a whole machine" : "an unfinished clone, which was never started"}`;
}

/** Inventory path of a stray from its datacenter, as `terraform import` takes it. */
export function importPath(city: DeployedCity, { machine }: Pick<Stray, "machine">): string {
  return `/${machineFolder(city)}/${machine.path}`;
}
