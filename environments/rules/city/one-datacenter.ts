import { quoted, shortened } from "../../display";
import { folded } from "../helpers/repeated";
import type { CrossCityRule } from "../rule";

/**
 * In one datacenter the names of the cities' port groups, host groups and switches would collide. vCenter compares
 * names without case: `Milano` and `MILANO` are the same.
 */
export const oneDatacenter: CrossCityRule = {
  id: "one-datacenter",
  explanation: "each city has a datacenter of its own; cities may share a vCenter",
  repair: "give one of the two cities another datacenter, or name the file once",
  *check(cities) {
    const owners = new Map<string, string>();
    for (const [city, { city: identity, platform }] of cities.entries()) {
      const { server, datacenter } = platform.vsphere;
      const place = JSON.stringify([server, folded(datacenter)]);
      const owner = owners.get(place);
      const message = `the datacenter ${quoted(datacenter)} of ${quoted(server)} is that of ${shortened(owner ?? "")} already`;
      if (owner !== undefined) yield { city, path: ["platform", "vsphere", "datacenter"], message };
      owners.set(place, identity.name);
    }
  },
};
