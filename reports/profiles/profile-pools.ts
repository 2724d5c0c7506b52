import type { DeployedCity } from "../../environments/model/city";
import type { ProfileShare } from "../../environments/model/profiles";
import { joinedDomain } from "../../environments/seats/joined-domain";
import { windowsPools } from "../../environments/seats/windows-pools";

/** A pool whose people's files are on a share. */
export interface SharedPool {
  readonly name: string;
  readonly isWindows: boolean;
  readonly share: ProfileShare;
  /** The directory's group of its people. @default - all of the domain's users */
  readonly group?: string | undefined;
  /** The domain that its machines join. @default - none */
  readonly domain?: string | undefined;
  /** The ranges from which its seats come. */
  readonly ranges: readonly string[];
  /** How many people may have files there: those of its directorate, or of all. */
  readonly people: number;
}

/** The pools of a city whose people's files are on a share, in the order of the file. */
export function poolProfiles(city: DeployedCity): SharedPool[] {
  const windows = windowsPools(city);
  const staff = new Map(city.directorates.map((directorate) => [directorate.id, directorate.staff]));
  const all = [...staff.values()].reduce((sum, each) => sum + each, 0);
  return city.pools.flatMap((pool) => {
    const { name, profiles: share, segment, entitledGroup: group, directorate = "" } = pool;
    if (share === undefined || share === "none") return [];
    const found = city.network.segments.find((each) => each.name === segment);
    const ranges = [found?.subnet, found?.subnet6].flatMap((range) => range ?? []);
    const people = staff.get(directorate) ?? all;
    return [{ name, isWindows: windows.includes(pool), share, group, domain: joinedDomain(city), ranges, people }];
  });
}
