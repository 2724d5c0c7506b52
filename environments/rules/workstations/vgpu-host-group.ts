import { listed, quoted } from "../../display";
import type { City } from "../../model/city";
import type { Pool } from "../../model/desktops";
import { surgesElsewhere } from "../../seats/surge";
import { declaredImage, hostsCluster } from "../helpers/declared";
import type { CityRule } from "../rule";

/** A machine with a vGPU starts only on a host whose graphics card has its profile. */
export const vgpuHostGroup: CityRule = {
  id: "vgpu-host-group",
  explanation: "a pool whose image has a vgpuProfile is bound to a host group that offers it",
  repair: "bind the pool to such a host group, or say in the group's vgpus what its hosts offer",
  *check(city) {
    for (const [index, pool] of city.pools.entries()) {
      const missing = missingProfile(city, pool);
      if (missing !== undefined) yield { path: ["pools", index, "hostGroup"], message: missing };
    }
    for (const { pool, path } of surgesElsewhere(city)) {
      const missing = missingProfile(city, pool);
      const repair = "take the surge's cluster out, so that its seats are bound as their pool's";
      if (missing !== undefined) yield { path: [...path, "cluster"], message: missing, repair };
    }
  },
};

/** The problem with the place of a pool's machines; undefined without a vGPU, or where their hosts have its profile. */
function missingProfile(city: City, pool: Pool): string | undefined {
  const profile = declaredImage(city, pool.workstation)?.image.vgpuProfile;
  const group = hostsCluster(city, pool)?.hostGroups.find(({ name }) => name === pool.hostGroup);
  const dangling = pool.hostGroup !== undefined && group === undefined; // which another rule reports
  if (profile === undefined || dangling) return undefined;
  const offered = group?.vgpus.map((vgpu) => vgpu.profile) ?? [];
  if (offered.includes(profile)) return undefined;
  const where =
    group === undefined
      ? "are bound to no host group"
      : `run in ${quoted(group.name)}, which offers ${listed(offered)}`;
  return `its machines have the vGPU ${quoted(profile)} and ${where}`;
}
