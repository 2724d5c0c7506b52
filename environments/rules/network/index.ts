import { privateVlanIsolated } from "./private-vlan-isolated";
import { privateVlanPromiscuous } from "./private-vlan-promiscuous";
import { privateVlanRouter } from "./private-vlan-router";
import { privateVlanSubnet } from "./private-vlan-subnet";
import { segmentDhcp } from "./segment-dhcp";
import { segmentMtu } from "./segment-mtu";
import { segmentRouter } from "./segment-router";
import { segmentSlaac } from "./segment-slaac";
import { segmentSubnet } from "./segment-subnet";
import { segmentZone } from "./segment-zone";
import { serviceAddress } from "./service-address";
import { serviceMacs } from "./service-macs";
import { subnetNetworkAddress } from "./subnet-network-address";
import { subnetOverlap } from "./subnet-overlap";
import { switchAdaptersFree } from "./switch-adapters-free";
import { switchAdaptersHosts } from "./switch-adapters-hosts";
import { switchAdaptersNamed } from "./switch-adapters-named";
import { switchUplinks } from "./switch-uplinks";
import { vlanOnce } from "./vlan-once";
import { vlanShared } from "./vlan-shared";
import type { RuleTopic } from "../rule";

/** The switch, segments, VLANs, subnets and services. */
export const network: RuleTopic = {
  title: "The switch, segments, VLANs, subnets and services",
  city: [
    privateVlanIsolated,
    privateVlanPromiscuous,
    privateVlanRouter,
    privateVlanSubnet,
    segmentDhcp,
    segmentMtu,
    segmentRouter,
    segmentSlaac,
    segmentSubnet,
    segmentZone,
    serviceAddress,
    serviceMacs,
    subnetNetworkAddress,
    switchAdaptersFree,
    switchAdaptersHosts,
    switchAdaptersNamed,
    switchUplinks,
    vlanOnce,
    vlanShared,
  ],
  crossCity: [subnetOverlap],
};
