import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** A pool's machines get their size and image from its kind of workstation. */
export const poolWorkstation: CityRule = {
  id: "pool-workstation",
  explanation: "a pool's workstation is declared in workstations",
  repair: "correct the name or declare the workstation",
  *check({ pools, workstations }) {
    const known = Object.keys(workstations);
    for (const [index, { workstation }] of pools.entries()) {
      const path = ["pools", index, "workstation"];
      yield* dangling({ path, name: workstation, known, noun: "workstation", declared: "workstations" });
    }
  },
};
