import { quoted, shortened } from "../../display";
import type { City } from "../../model/city";
import { folded } from "../helpers/repeated";
import { named } from "../helpers/select";
import type { CrossCityRule } from "../rule";

/** Each city would count a shared host as its own; `host-in-one-cluster` checks within one city. */
export const hostInOneCity: CrossCityRule = {
  id: "host-in-one-city",
  explanation: "a host of a vCenter is in the clusters of one city, whatever the case of its name",
  repair: "take it out of one of the two cities",
  *check(cities) {
    const owners = new Map<string, City>();
    for (const [index, city] of cities.entries()) {
      for (const { path, name } of named(city, "platform.clusters.*.hosts.*")) {
        const { server } = city.platform.vsphere;
        const host = JSON.stringify([folded(server), folded(String(name))]);
        const owner = owners.get(host) ?? city;
        owners.set(host, owner);
        if (owner === city) continue;
        const message = `the host ${quoted(String(name))} of ${quoted(server)} is in a cluster of ${shortened(owner.city.name)}'s already`;
        yield { city: index, path, message };
      }
    }
  },
};
