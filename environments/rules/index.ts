import { antiAffinityHosts } from "./anti-affinity-hosts";
import { antiAffinityOneStack } from "./anti-affinity-one-stack";
import { clusterDatastore } from "./cluster-datastore";
import { datastoreCluster } from "./datastore-cluster";
import { dedicatedSeatsStaff } from "./dedicated-seats-staff";
import { diskFitsImage } from "./disk-fits-image";
import { fundingOrder } from "./funding-order";
import { hostGroupHosts } from "./host-group-hosts";
import { hostInOneCluster } from "./host-in-one-cluster";
import { oneDatacenter } from "./one-datacenter";
import { poolCluster } from "./pool-cluster";
import { poolDatastore } from "./pool-datastore";
import { poolDirectorate } from "./pool-directorate";
import { poolHostGroup } from "./pool-host-group";
import { poolImageVersion } from "./pool-image-version";
import { poolSegment } from "./pool-segment";
import { poolWorkstation } from "./pool-workstation";
import { privateVlanIsolated } from "./private-vlan-isolated";
import { privateVlanPromiscuous } from "./private-vlan-promiscuous";
import { retiredSeats } from "./retired-seats";
import type { CityRule, CrossCityRule } from "./rule";
import { seatNameLength } from "./seat-name-length";
import { secureBootFirmware } from "./secure-boot-firmware";
import { stackNameLength } from "./stack-name-length";
import { subnetNetworkAddress } from "./subnet-network-address";
import { subnetOverlap } from "./subnet-overlap";
import { subnetSeats } from "./subnet-seats";
import { supportGroupOnce } from "./support-group-once";
import { uniqueCity } from "./unique-city";
import { uniqueNames } from "./unique-names";
import { vlanOnce } from "./vlan-once";
import { workstationImage } from "./workstation-image";

/** Every rule on one city. */
export const cityRules: readonly CityRule[] = [
  antiAffinityHosts,
  antiAffinityOneStack,
  clusterDatastore,
  datastoreCluster,
  dedicatedSeatsStaff,
  diskFitsImage,
  fundingOrder,
  hostGroupHosts,
  hostInOneCluster,
  poolCluster,
  poolDatastore,
  poolDirectorate,
  poolHostGroup,
  poolImageVersion,
  poolSegment,
  poolWorkstation,
  privateVlanIsolated,
  privateVlanPromiscuous,
  retiredSeats,
  seatNameLength,
  secureBootFirmware,
  stackNameLength,
  subnetNetworkAddress,
  subnetSeats,
  supportGroupOnce,
  uniqueNames,
  vlanOnce,
  workstationImage,
];

/** Every rule on all cities together. */
export const crossCityRules: readonly CrossCityRule[] = [oneDatacenter, subnetOverlap, uniqueCity];
