import { copyMinutes } from "../../capacity/clone-time";
import type { CityRule } from "../rule";

/** A clone that times out fails its deployment and, finished by vCenter all the same, lies in no state. */
export const cloneMinutesRule: CityRule = {
  id: "clone-minutes",
  explanation:
    "platform.vsphere.cloneMinutes is at least the time in which the slowest datastore copies clonesAtATime clones of the " +
    "largest image, where a datastore says copyMibPerSecond",
  repair: "allow more minutes, or fewer clones at a time",
  *check(city) {
    const { vsphere, datastores } = city.platform;
    const isMeasured = datastores.some(({ copyMibPerSecond }) => copyMibPerSecond !== undefined);
    const needed = copyMinutes(city);
    if (!isMeasured || vsphere.cloneMinutes === undefined || vsphere.cloneMinutes >= needed) return;
    const message = `${String(vsphere.cloneMinutes)} minutes are fewer than the ${String(needed)} that ${String(vsphere.clonesAtATime)} clones at a time take`;
    yield {
      path: ["platform", "vsphere", "cloneMinutes"],
      message,
      repair: `write ${String(needed)} or more, take it out, or allow fewer clonesAtATime`,
    };
  },
};
