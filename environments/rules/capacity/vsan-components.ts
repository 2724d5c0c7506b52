import { wholeNumber } from "../../../segmentation/render/whole-number";
import { loadsOf } from "../../capacity/loads";
import type { Load } from "../../capacity/loads";
import { quoted } from "../../display";
import type { Vsan } from "../../model/vsan";
import { withPromised } from "../../seats/hosting";
import { declaredCluster } from "../helpers/declared";
import type { CityRule } from "../rule";

/**
 * Components of a host: 9,000 in the Original Storage Architecture, 27,000 in the Express Storage Architecture (D. Epping,
 * yellow-bricks.com, on vSAN 9.0; VMware's "Architecting Virtual SAN 6.2" has the 9,000).
 */
const MOST_COMPONENTS = { osa: 9000, esa: 27_000 } as const;
/** The same post: components of a device of the Express Storage Architecture. */
const MOST_A_DEVICE = 3000;
/**
 * Components of an object. osa: two copies and a witness (RAID-1). esa: five of RAID-5 with 4+1 and two of the mirrored
 * performance leg; assumed, as no document has the sum.
 */
const COMPONENTS = { osa: 3, esa: 7 } as const;
/** "Architecting Virtual SAN 6.2": a larger object is split into parts of at most 255 GB, each with components of its own. */
const PART_GB = 255;
const GB_PER_GIB = 1.073741824;
/** The machine's home and its swap file. */
const OBJECTS_BESIDE_DISKS = 2;

/** Where a host has no component left, no machine is made, and none is mended after a failure. */
export const vsanComponents: CityRule = {
  id: "vsan-components",
  explanation:
    "the hosts of a vSAN datastore that are left when tolerates of its cluster's fail, at least one, have the components of all its " +
    `machines, with those of an emergency: ${wholeNumber(MOST_COMPONENTS.osa)} a host (osa), or ${wholeNumber(MOST_COMPONENTS.esa)} and ` +
    `${wholeNumber(MOST_A_DEVICE)} a device (esa)`,
  repair: "add hosts or devices, take a policy with fewer components, or move a pool to another datastore",
  *check(city) {
    const loads = loadsOf(withPromised(city));
    for (const [index, { name, cluster, vsan }] of city.platform.datastores.entries()) {
      const declared = declaredCluster(city, cluster);
      if (vsan === undefined || declared === undefined) continue;
      const all = new Set(declared.hosts).size;
      const left = Math.max(1, all - declared.tolerates);
      const [needed, most] = [neededBy(loads, name, vsan), left * mostOf(vsan)];
      if (needed <= most) continue;
      const there = `${wholeNumber(most)} components with ${String(left)} of ${String(all)} hosts`;
      const message = `${quoted(name)} has ${there}, its machines take ${wholeNumber(needed)}`;
      yield { path: ["platform", "datastores", index, "vsan"], message };
    }
  },
};

function mostOf({ architecture, devices = Infinity }: Vsan): number {
  const most = MOST_COMPONENTS[architecture];
  return architecture === "esa" ? Math.min(most, devices * MOST_A_DEVICE) : most;
}

function neededBy(loads: readonly Load[], datastore: string, { architecture, components }: Vsan): number {
  const here = loads.filter((load) => load.datastore === datastore);
  const objects = here.reduce(
    (sum, { machines, disksGib }) => sum + machines * (OBJECTS_BESIDE_DISKS + partsOf(disksGib)),
    0,
  );
  return objects * (components ?? COMPONENTS[architecture]);
}

function partsOf(disksGib: readonly number[]): number {
  return disksGib.reduce((sum, gib) => sum + Math.ceil((gib * GB_PER_GIB) / PART_GB), 0);
}
