import type { Path } from "../path";
import { dangling } from "./dangling";
import type { CityRule, Finding } from "./rule";

/** An application that is declared nowhere would open nothing, and its users would find out first. */
export const poolApplication: CityRule = {
  id: "pool-application",
  explanation: "the applications of pools and workstations are declared in applications",
  repair: "correct the id or declare the application",
  *check({ pools, workstations, applications }) {
    const known = applications.map(({ id }) => id);
    for (const [pool, { applications: used }] of pools.entries()) {
      yield* unknown(["pools", pool], used, known);
    }
    for (const [workstation, { applications: used }] of Object.entries(workstations)) {
      yield* unknown(["workstations", workstation], used, known);
    }
  },
};

function unknown(owner: Path, used: readonly string[], known: readonly string[]): Finding[] {
  return used.flatMap((name, index) => {
    const path = [...owner, "applications", index];
    return dangling({ path, name, known, noun: "application", declared: "applications" });
  });
}
