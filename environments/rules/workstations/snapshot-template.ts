import type { CityRule } from "../rule";

/** The provider makes full clones of a library's item, whatever is asked (2.15.0 to 2.16.1, `resourceVSphereVirtualMachineCreateClone`). */
export const snapshotTemplate: CityRule = {
  id: "snapshot-template",
  explanation: "a version with a snapshot is a template of the inventory: a library's item has none",
  repair: "take library out, and name the template in the inventory, or take snapshot out",
  *check({ images }) {
    for (const [image, { versions }] of Object.entries(images)) {
      for (const [name, { clusters = [], ...version }] of Object.entries(versions)) {
        const at = ["images", image, "versions", name];
        const own = clusters.map((source, index) => ({ source, path: [...at, "clusters", index] }));
        for (const { source, path } of [{ source: version, path: at }, ...own]) {
          if (source.snapshot === undefined || source.library === undefined) continue;
          yield { path: [...path, "snapshot"], message: "a library's item has no snapshot" };
        }
      }
    }
  },
};
