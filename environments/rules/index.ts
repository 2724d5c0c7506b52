import { accountOnce } from "./account-once";
import { accountPool } from "./account-pool";
import { accountRotation } from "./account-rotation";
import { adoptMachine } from "./adopt-machine";
import { adoptOnce } from "./adopt-once";
import { adoptSeat } from "./adopt-seat";
import { antiAffinityHosts } from "./anti-affinity-hosts";
import { antiAffinityOneStack } from "./anti-affinity-one-stack";
import { assignmentDates } from "./assignment-dates";
import { assignmentDirectorate } from "./assignment-directorate";
import { assignmentOnce } from "./assignment-once";
import { assignmentQuota } from "./assignment-quota";
import { assignmentSeat } from "./assignment-seat";
import { assignmentStaffOnce } from "./assignment-staff-once";
import { citySeats } from "./city-seats";
import { clusterCpu } from "./cluster-cpu";
import { clusterDatastore } from "./cluster-datastore";
import { clusterMemory } from "./cluster-memory";
import { clusterTolerates } from "./cluster-tolerates";
import { dataByFlow } from "./data-by-flow";
import { datastoreCapacity } from "./datastore-capacity";
import { datastoreCluster } from "./datastore-cluster";
import { dedicatedSeatsStaff } from "./dedicated-seats-staff";
import { directoryDeclared } from "./directory-declared";
import { diskFitsImage } from "./disk-fits-image";
import { endpointNames } from "./endpoint-names";
import { flowEnd } from "./flow-end";
import { flowEndpoint } from "./flow-endpoint";
import { flowEnforced } from "./flow-enforced";
import { flowFamily } from "./flow-family";
import { flowIdOnce } from "./flow-id-once";
import { flowPorts } from "./flow-ports";
import { flowServicePorts } from "./flow-service-ports";
import { fundingOrder } from "./funding-order";
import { gatewayCluster } from "./gateway-cluster";
import { gatewayData } from "./gateway-data";
import { gatewayDhcpServers } from "./gateway-dhcp-servers";
import { gatewayInterfaces } from "./gateway-interfaces";
import { gatewayMacOnce } from "./gateway-mac-once";
import { gatewayNames } from "./gateway-names";
import { gatewayRole } from "./gateway-role";
import { gatewaySegments } from "./gateway-segments";
import { hostGroupCapacity } from "./host-group-capacity";
import { hostGroupHosts } from "./host-group-hosts";
import { hostInOneCity } from "./host-in-one-city";
import { hostInOneCluster } from "./host-in-one-cluster";
import { hostedBy } from "./hosted-by";
import { hostedCode } from "./hosted-code";
import { hostingCapacity } from "./hosting-capacity";
import { hostingGuest } from "./hosting-guest";
import { hostingOnce } from "./hosting-once";
import { hostingPool } from "./hosting-pool";
import { imageMinimum } from "./image-minimum";
import { isolatedReach } from "./isolated-reach";
import { machineFitsHost } from "./machine-fits-host";
import { managementPath } from "./management-path";
import { memoryReservation } from "./memory-reservation";
import { mustNotReach } from "./must-not-reach";
import { mustNotRead } from "./must-not-read";
import { mustReach } from "./must-reach";
import { mustRead } from "./must-read";
import { oneDatacenter } from "./one-datacenter";
import { poolApplication } from "./pool-application";
import { poolCluster } from "./pool-cluster";
import { poolDatastore } from "./pool-datastore";
import { poolDirectorate } from "./pool-directorate";
import { poolHostGroup } from "./pool-host-group";
import { poolImageVersion } from "./pool-image-version";
import { poolOneCluster } from "./pool-one-cluster";
import { poolPlace } from "./pool-place";
import { poolPlaceSeats } from "./pool-place-seats";
import { poolSegment } from "./pool-segment";
import { poolWorkstation } from "./pool-workstation";
import { privateVlanIsolated } from "./private-vlan-isolated";
import { privateVlanPromiscuous } from "./private-vlan-promiscuous";
import { privateVlanRouter } from "./private-vlan-router";
import { replaceSeats } from "./replace-seats";
import { retiredSeats } from "./retired-seats";
import { rolloutShares } from "./rollout-shares";
import { rolloutVersion } from "./rollout-version";
import type { CityRule, CrossCityRule } from "./rule";
import { seatNameLength } from "./seat-name-length";
import { secretIdentity } from "./secret-identity";
import { secretPlace } from "./secret-place";
import { secureBootFirmware } from "./secure-boot-firmware";
import { segmentDhcp } from "./segment-dhcp";
import { segmentMtu } from "./segment-mtu";
import { segmentRouter } from "./segment-router";
import { segmentSubnet } from "./segment-subnet";
import { serviceAddress } from "./service-address";
import { serviceSegment } from "./service-segment";
import { sshLogin } from "./ssh-login";
import { sshMachines } from "./ssh-machines";
import { sshOnce } from "./ssh-once";
import { sshTeam } from "./ssh-team";
import { stackNameLength } from "./stack-name-length";
import { subnetNetworkAddress } from "./subnet-network-address";
import { subnetOverlap } from "./subnet-overlap";
import { subnetSeats } from "./subnet-seats";
import { supportGroupOnce } from "./support-group-once";
import { surgeCapacity } from "./surge-capacity";
import { surgeCluster } from "./surge-cluster";
import { surgePool } from "./surge-pool";
import { teamOnce } from "./team-once";
import { teamOwnSecrets } from "./team-own-secrets";
import { tpmFirmware } from "./tpm-firmware";
import { tpmKeyProvider } from "./tpm-key-provider";
import { uniqueCity } from "./unique-city";
import { uniqueNames } from "./unique-names";
import { valueDeleted } from "./value-deleted";
import { vaultShared } from "./vault-shared";
import { versionReleased } from "./version-released";
import { vgpuHostGroup } from "./vgpu-host-group";
import { vgpuMemory } from "./vgpu-memory";
import { vgpuPrice } from "./vgpu-price";
import { vlanOnce } from "./vlan-once";
import { vlanShared } from "./vlan-shared";
import { waiverGate } from "./waiver-gate";
import { waiverOnce } from "./waiver-once";
import { waveSeats } from "./wave-seats";
import { workstationImage } from "./workstation-image";
/** How large a city may be: where one does not hold, the other rules are not asked, which would take minutes. */
export const cityBounds: readonly CityRule[] = [citySeats, vlanShared];

/** Every rule on one city. */
export const cityRules: readonly CityRule[] = [
  ...cityBounds,
  accountOnce,
  accountPool,
  accountRotation,
  adoptMachine,
  adoptOnce,
  adoptSeat,
  antiAffinityHosts,
  antiAffinityOneStack,
  assignmentDates,
  assignmentDirectorate,
  assignmentOnce,
  assignmentQuota,
  assignmentSeat,
  assignmentStaffOnce,
  clusterCpu,
  clusterDatastore,
  clusterMemory,
  clusterTolerates,
  dataByFlow,
  datastoreCapacity,
  datastoreCluster,
  dedicatedSeatsStaff,
  directoryDeclared,
  diskFitsImage,
  endpointNames,
  flowEnd,
  flowEndpoint,
  flowEnforced,
  flowFamily,
  flowIdOnce,
  flowPorts,
  flowServicePorts,
  fundingOrder,
  gatewayCluster,
  gatewayData,
  gatewayDhcpServers,
  gatewayInterfaces,
  gatewayNames,
  gatewayRole,
  gatewaySegments,
  hostGroupCapacity,
  hostGroupHosts,
  hostInOneCluster,
  hostingCapacity,
  hostingOnce,
  hostingPool,
  imageMinimum,
  isolatedReach,
  machineFitsHost,
  managementPath,
  memoryReservation,
  mustNotReach,
  mustNotRead,
  mustReach,
  mustRead,
  poolApplication,
  poolCluster,
  poolDatastore,
  poolDirectorate,
  poolHostGroup,
  poolImageVersion,
  poolOneCluster,
  poolPlace,
  poolPlaceSeats,
  poolSegment,
  poolWorkstation,
  privateVlanIsolated,
  privateVlanPromiscuous,
  privateVlanRouter,
  replaceSeats,
  retiredSeats,
  rolloutShares,
  rolloutVersion,
  seatNameLength,
  secretIdentity,
  secretPlace,
  secureBootFirmware,
  segmentDhcp,
  segmentMtu,
  segmentRouter,
  segmentSubnet,
  serviceAddress,
  serviceSegment,
  sshLogin,
  sshMachines,
  sshOnce,
  sshTeam,
  stackNameLength,
  subnetNetworkAddress,
  subnetSeats,
  supportGroupOnce,
  surgeCapacity,
  surgeCluster,
  surgePool,
  teamOnce,
  teamOwnSecrets,
  tpmFirmware,
  tpmKeyProvider,
  uniqueNames,
  valueDeleted,
  versionReleased,
  vgpuHostGroup,
  vgpuMemory,
  vgpuPrice,
  vlanOnce,
  waiverGate,
  waiverOnce,
  waveSeats,
  workstationImage,
];

/** Every rule on all cities together. */
export const crossCityRules: readonly CrossCityRule[] = [
  gatewayMacOnce,
  hostInOneCity,
  hostedBy,
  hostedCode,
  hostingGuest,
  oneDatacenter,
  subnetOverlap,
  uniqueCity,
  vaultShared,
];
