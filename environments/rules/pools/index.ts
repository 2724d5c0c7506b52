import { antiAffinityHosts } from "./anti-affinity-hosts";
import { antiAffinityOneStack } from "./anti-affinity-one-stack";
import { hostGroupHosts } from "./host-group-hosts";
import { idleSeats } from "./idle-seats";
import { linkedDatastore, linkedDisk, linkedFloating, linkedSnapshot } from "./linked-clones";
import { maintenanceWindow } from "./maintenance-window";
import { poolDatastore } from "./pool-datastore";
import { poolFolder } from "./pool-folder";
import { poolHostGroup } from "./pool-host-group";
import { poolImageVersion } from "./pool-image-version";
import { poolOneCluster } from "./pool-one-cluster";
import { poolPlaceSeats } from "./pool-place-seats";
import { poolPlace } from "./pool-place";
import { poolSegment } from "./pool-segment";
import { poolProfiles, refreshProfiles } from "./pool-profiles";
import { powerHours } from "./power-hours";
import { powerReserve } from "./power-reserve";
import { refreshFloating } from "./refresh-floating";
import { repairReplace } from "./repair-replace";
import { replaceSeats } from "./replace-seats";
import { retiredSeats } from "./retired-seats";
import { rolloutRing } from "./rollout-ring";
import { rolloutShares } from "./rollout-shares";
import { rolloutVersion } from "./rollout-version";
import { storageCluster } from "./storage-cluster";
import { versionReleased } from "./version-released";
import { waveSeats } from "./wave-seats";
import type { RuleTopic } from "../rule";

/** Pools, rollouts and waves. */
export const pools: RuleTopic = {
  title: "Pools, rollouts and waves",
  city: [
    antiAffinityHosts,
    antiAffinityOneStack,
    hostGroupHosts,
    idleSeats,
    linkedDatastore,
    linkedDisk,
    linkedFloating,
    linkedSnapshot,
    maintenanceWindow,
    poolDatastore,
    poolFolder,
    poolHostGroup,
    poolImageVersion,
    poolOneCluster,
    poolPlaceSeats,
    poolPlace,
    poolSegment,
    poolProfiles,
    powerHours,
    powerReserve,
    refreshFloating,
    refreshProfiles,
    repairReplace,
    replaceSeats,
    retiredSeats,
    rolloutRing,
    rolloutShares,
    rolloutVersion,
    storageCluster,
    versionReleased,
    waveSeats,
  ],
  crossCity: [],
};
