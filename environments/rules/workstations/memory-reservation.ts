import type { CityRule } from "../rule";

/** vSphere refuses a machine that reserves more memory than it has. */
export const memoryReservation: CityRule = {
  id: "memory-reservation",
  explanation: "a workstation's memoryReservationGib is at most its memoryGib",
  repair: "lower memoryReservationGib, or raise memoryGib",
  *check({ workstations }) {
    for (const [key, { memoryGib, memoryReservationGib }] of Object.entries(workstations)) {
      if (memoryReservationGib <= memoryGib) continue;
      const message = `${String(memoryReservationGib)} GiB is more than the ${String(memoryGib)} GiB of its memory`;
      yield { path: ["workstations", key, "memoryReservationGib"], message };
    }
  },
};
