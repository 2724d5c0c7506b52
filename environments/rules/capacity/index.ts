import { cloneMinutesRule } from "./clone-minutes";
import { clusterDatastore } from "./cluster-datastore";
import { clusterTolerates } from "./cluster-tolerates";
import { clusterCpu, clusterMemory, datastoreCapacity, hostGroupCapacity } from "./exceeded";
import { hostingCapacity } from "./hosting-capacity";
import { clusterHosts, clusterMachines, hostMachines } from "./maximums";
import { subnetSeats } from "./subnet-seats";
import { surgeCapacity } from "./surge-capacity";
import { vsanComponents } from "./vsan-components";
import type { RuleTopic } from "../rule";

/** Capacity for machines. */
export const capacity: RuleTopic = {
  title: "Room for machines",
  city: [
    cloneMinutesRule,
    clusterDatastore,
    clusterTolerates,
    clusterHosts,
    clusterMachines,
    hostMachines,
    clusterCpu,
    clusterMemory,
    datastoreCapacity,
    hostGroupCapacity,
    hostingCapacity,
    subnetSeats,
    surgeCapacity,
    vsanComponents,
  ],
  crossCity: [],
};
