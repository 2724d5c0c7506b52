import { join } from "node:path";
import { citiesAsDeployed } from "../environments/deployed";
import { count } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import type { Pool } from "../environments/model/desktops";
import { definitionOf } from "../environments/seats/definition";
import type { Definition } from "../environments/seats/definition";
import { machinesOf } from "../environments/seats/machines";
import { shardsOf } from "../environments/seats/seats";
import { REPOSITORY } from "../runtime/paths";
import { simulateClones } from "./clone-simulation";
import type { CloneJob, CloneModel } from "./clone-simulation";
import { table } from "./table";

const BUDGETS = [4, 8, 16, 20, 40, 64];
/** Assumed: how much of a template's disk is filled, what one clone copies, and what else each one takes. */
const [FILLED, STREAM_MIB, FIXED_SECONDS, LINKED_GIB] = [0.5, 150, 60, 0.1];
/** MiB/s of a datastore: what cloneMinutes assumes, 10 Gbit/s, and four times that. */
const [SLOW, USUAL, FAST] = [200, 1000, 4000];
const SECONDS_PER_HOUR = 3600;

/** How machines are made. */
export interface Way {
  /** Whether each cluster that a template is used in has one of its own. @default false: one for all */
  readonly templateACluster?: boolean;
  /** Whether floating pools are linked clones. @default false */
  readonly linked?: boolean;
  /** Whether pools are cloned side by side; otherwise stack by stack, in the order of their names. @default false */
  readonly sideBySide?: boolean;
}

/** Hours to make every seat of Milan, by clones at a time: a simulation, nothing is cloned. */
export function benchCloning(): string {
  const city = citiesAsDeployed(join(REPOSITORY, "environments"), undefined).find(({ city: { id } }) => id === "milan");
  if (city === undefined) throw new Error("there is no Milan");
  const columns: readonly [title: string, way: Way, mibPerSecond: number][] = [
    ["0.2 GB/s", {}, SLOW],
    ["1 GB/s", {}, USUAL],
    ["4 GB/s", {}, FAST],
    ["pools side by side", { sideBySide: true }, USUAL],
    ["and a template a cluster", { sideBySide: true, templateACluster: true }, USUAL],
    ["floating ones linked", { linked: true }, USUAL],
  ];
  const rows = BUDGETS.map((budget) => [
    budget,
    ...columns.map(([, way, speed]) => hours(cloneJobs(city, way), modelOf(city, speed), budget)),
  ]);
  const seats = cloneJobs(city, {}).length;
  return `${table([["clones at a time", ...columns.map(([title]) => title)], ...rows])}\n\nHours for ${count(seats, "seat")}.`;
}

function hours(jobs: readonly CloneJob[], model: CloneModel, budget: number): number {
  return Number((simulateClones(jobs, model, budget).seconds / SECONDS_PER_HOUR).toFixed(1));
}

function modelOf({ platform }: DeployedCity, storeMibPerSecond: number): CloneModel {
  const hosts = new Map(platform.clusters.map((cluster) => [cluster.name, cluster.hosts]));
  return { hosts, storeMibPerSecond, streamMibPerSecond: STREAM_MIB, fixedSeconds: FIXED_SECONDS };
}

/** A clone for each seat of a city's pools, without those for emergencies. */
export function cloneJobs(city: DeployedCity, way: Way): CloneJob[] {
  const templates = new Map<string, CloneJob["source"]>();
  const pools = city.pools.map((pool) => poolJobs(city, pool, way, templates));
  return way.sideBySide === true ? interleaved(pools) : pools.flat();
}

function poolJobs(
  city: DeployedCity,
  pool: Pool,
  { templateACluster = false, linked = false }: Way,
  templates: Map<string, CloneJob["source"]>,
): CloneJob[] {
  const definition = definitionOf(city, pool);
  const machine = machinesOf(definition, new Map());
  const isLinked = linked && pool.assignment === "floating";
  return shardsOf(city, pool).flatMap(({ seats }) =>
    seats.map((seat) => {
      const { template, place } = machine(seat);
      const key = `${template.name}${templateACluster ? `/${place.cluster}` : ""}`;
      const source = templates.get(key) ?? sourceIn(city, place, templates.size);
      templates.set(key, source);
      return { ...place, gib: isLinked ? LINKED_GIB : copiedGib(definition), source, linked: isLinked };
    }),
  );
}

function copiedGib({ image }: Definition): number {
  return image.diskGib * FILLED;
}

/** The file does not say where a template is: where its first machine goes, and each on another host. */
function sourceIn(
  { platform }: DeployedCity,
  { cluster, datastore }: { readonly cluster: string; readonly datastore: string },
  number: number,
): CloneJob["source"] {
  const { hosts = [] } = platform.clusters.find(({ name }) => name === cluster) ?? {};
  return { host: hosts[number % hosts.length] ?? "", datastore };
}

/** The first of each list, then the second of each, and so on, as long as there are some. */
function interleaved<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}
