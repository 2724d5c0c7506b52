import type { z } from "zod";
import type { citySchema, CityValues } from "../model/city";
import type { Pool } from "../model/desktops";
import type { Segment } from "../model/network";
import type { Workstation } from "../model/workstation";

type Values = z.output<typeof citySchema>;

/** A city's values with the defaults that follow from other parts of its file. */
export function withDerived<V extends Values>(values: V): Omit<V, "workstations"> & Pick<CityValues, "workstations"> {
  const { network } = values;
  return {
    ...values,
    pools: poolsOf(values),
    workstations: workstationsOf(values),
    network: { ...network, segments: segmentsOf(values) },
  };
}

/** A pool is in the only cluster where there is one. */
function poolsOf({ pools, platform }: Values): Pool[] {
  const [only, ...others] = platform.clusters;
  if (only === undefined || others.length > 0) return pools;
  return pools.map((pool) =>
    pool.cluster === undefined && pool.spread === undefined ? { ...pool, cluster: only.name } : pool,
  );
}

/** A workstation has its image's system disk; the rules refuse one of an unknown image. */
function workstationsOf({ workstations, images }: Values): Record<string, Workstation> {
  return Object.fromEntries(
    Object.entries(workstations).map(([name, { diskGib, ...workstation }]) => [
      name,
      { ...workstation, diskGib: diskGib ?? images[workstation.image]?.diskGib ?? 1 },
    ]),
  );
}

/**
 * A segment with a pool, the city's or a guest's, is for desktops; the rules ask for the zone of every other. While a pool's segment is
 * misnamed any may be meant: then only that is told.
 */
function segmentsOf({ network, pools, emergency }: Values): Segment[] {
  const used = new Set([...pools, ...emergency.hosting].map(({ segment }) => segment));
  const declared = new Set(network.segments.map(({ name }) => name));
  const isMisnamed = [...used].some((name) => !declared.has(name));
  return network.segments.map((segment) =>
    segment.zone === undefined && (isMisnamed || used.has(segment.name)) ? { ...segment, zone: "desktops" } : segment,
  );
}
