import { privateVlanIsolated } from "./private-vlan-isolated";
import { privateVlanPromiscuous } from "./private-vlan-promiscuous";
import { privateVlanRouter } from "./private-vlan-router";
import { privateVlanSubnet } from "./private-vlan-subnet";
import { segmentDhcp } from "./segment-dhcp";
import { segmentMtu } from "./segment-mtu";
import { segmentRouter } from "./segment-router";
import { segmentSubnet } from "./segment-subnet";
import { serviceAddress } from "./service-address";
import { subnetNetworkAddress } from "./subnet-network-address";
import { subnetOverlap } from "./subnet-overlap";
import { vlanOnce } from "./vlan-once";
import { vlanShared } from "./vlan-shared";
import type { RuleTopic } from "../rule";

/** Segments, VLANs, subnets and services. */
export const network: RuleTopic = {
  title: "Segments, VLANs, subnets and services",
  city: [
    privateVlanIsolated,
    privateVlanPromiscuous,
    privateVlanRouter,
    privateVlanSubnet,
    segmentDhcp,
    segmentMtu,
    segmentRouter,
    segmentSubnet,
    serviceAddress,
    subnetNetworkAddress,
    vlanOnce,
    vlanShared,
  ],
  crossCity: [subnetOverlap],
};
