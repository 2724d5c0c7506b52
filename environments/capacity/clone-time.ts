import type { City } from "../model/city";

/** Assumed, not measured: about what two 1 Gbit/s paths to a storage carry. */
const ASSUMED_MIB_PER_SECOND = 200;
/** The provider's own default (2.15.0, `VirtualMachineCloneSchema`). */
const USUAL_MINUTES = 30;
const MIB_PER_GIB = 1024;
const SECONDS_PER_MINUTE = 60;

type Cloning = Pick<City, "images"> & {
  readonly platform: Pick<City["platform"], "datastores" | "vsphere">;
};

/**
 * Minutes in which the slowest datastore copies as many clones of the largest image as run at a time. A template's thin
 * disk is copied as far as it is filled, so it is less; and a clone may wait for others that are not this city's.
 */
export function copyMinutes({ images, platform: { datastores, vsphere } }: Cloning): number {
  const largestGib = Math.max(0, ...Object.values(images).map(({ diskGib }) => diskGib));
  const slowest = Math.min(...datastores.map(({ copyMibPerSecond = ASSUMED_MIB_PER_SECOND }) => copyMibPerSecond));
  return Math.ceil((vsphere.clonesAtATime * largestGib * MIB_PER_GIB) / slowest / SECONDS_PER_MINUTE);
}

/** Minutes that a clone of a city may take: the file's, or what the copies take. */
export function cloneMinutes(city: Cloning): number {
  return city.platform.vsphere.cloneMinutes ?? Math.max(USUAL_MINUTES, copyMinutes(city));
}
