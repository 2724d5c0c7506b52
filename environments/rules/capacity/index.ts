import { cloneMinutesRule } from "./clone-minutes";
import { clusterDatastore } from "./cluster-datastore";
import { clusterTolerates } from "./cluster-tolerates";
import { clusterCpu, clusterMemory, datastoreCapacity, hostGroupCapacity } from "./exceeded";
import { hostingCapacity } from "./hosting-capacity";
import { subnetSeats } from "./subnet-seats";
import { surgeCapacity } from "./surge-capacity";
import type { RuleTopic } from "../rule";

/** Capacity for machines. */
export const capacity: RuleTopic = {
  title: "Room for machines",
  city: [
    cloneMinutesRule,
    clusterDatastore,
    clusterTolerates,
    clusterCpu,
    clusterMemory,
    datastoreCapacity,
    hostGroupCapacity,
    hostingCapacity,
    subnetSeats,
    surgeCapacity,
  ],
  crossCity: [],
};
