import type { City } from "../model/city";
import type { Pool } from "../model/desktops";

/** Pools whose image is a Windows: vSphere's guest ids of it begin with `win`, as in windows11_64Guest. */
export function windowsPools({ pools, workstations, images }: Pick<City, "pools" | "workstations" | "images">): Pool[] {
  // Only own keys count: a file may name what every object has, such as constructor, which a rule on names refuses.
  const windows = new Set(
    Object.entries(images).flatMap(([name, { guestId }]) => (guestId.startsWith("win") ? [name] : [])),
  );
  const ofWindows = new Set(
    Object.entries(workstations).flatMap(([name, { image }]) => (windows.has(image) ? [name] : [])),
  );
  return pools.filter(({ workstation }) => ofWindows.has(workstation));
}
