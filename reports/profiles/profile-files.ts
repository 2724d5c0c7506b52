import type { SharedPool } from "./profile-pools";
import { registryFile } from "./fslogix";
import { automount, pamMount } from "./home-folders";
import { rightsText } from "./share-rights";

/** Files by name: what each pool's seats and shares are configured with. @see SharedPool */
export function profileFiles(pools: readonly SharedPool[]): ReadonlyMap<string, string> {
  return new Map(
    pools.flatMap((pool): [string, string][] => [
      ...seatFiles(pool).map(([name, text]): [string, string] => [`${pool.name}/${name}`, text]),
      [`${pool.name}/share.txt`, rightsText(pool)],
    ]),
  );
}

function seatFiles(pool: SharedPool): [string, string][] {
  if (pool.isWindows) return [["fslogix.reg", registryFile(pool)]];
  return pool.share.protocol === "nfs" ? automount(pool) : [["pam_mount.conf.xml", pamMount(pool)]];
}
