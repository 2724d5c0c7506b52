import type { Change } from "./change";

/** What a change of workstations and images does. */
export const WORKSTATIONS_CHANGES: readonly Change[] = [
  {
    what: "`workstations.*.cpus`, `memoryGib`, `videoMemoryMib`",
    keys: ["workstations.*.cpus", "workstations.*.memoryGib", "workstations.*.videoMemoryMib"],
    effect: "in place, but every machine is restarted",
  },
  {
    what: "`workstations.*.shutdownMinutes`, `forcePowerOff`",
    keys: ["workstations.*.shutdownMinutes", "workstations.*.forcePowerOff"],
    effect: "nothing but for the state; the next restart by a deployment follows it",
  },
  {
    what: "`workstations.*.memoryReservationGib`",
    keys: ["workstations.*.memoryReservationGib"],
    effect: "in place, without a restart",
  },
  {
    what: "`workstations.*.secureBoot`, `tpm`, `vbs`",
    keys: ["workstations.*.secureBoot", "workstations.*.tpm", "workstations.*.vbs"],
    effect: "dedicated: only new machines. floating: in place, each is restarted",
  },
  {
    what: "`workstations.*.dataDiskGib`, added",
    keys: ["workstations.*.dataDiskGib"],
    effect: "in place: each machine gets an empty disk, to be formatted inside it",
  },
  {
    what: "`workstations.*.dataDiskGib`, removed",
    keys: ["workstations.*.dataDiskGib"],
    effect:
      "dedicated: nothing, each machine keeps its disk, which is destroyed with the machine. floating: in place; the disk is deleted",
  },
  {
    what: "`workstations.*.storagePolicy`",
    keys: ["workstations.*.storagePolicy"],
    effect:
      "in place, vCenter moves the disks if necessary; to or from a policy that encrypts, it refuses while a machine is running",
  },
  {
    what: "`images.*.customization`, the text of its `answerFile`, and `city.domain` with it",
    keys: ["images.*.customization", "city.domain"],
    effect: "dedicated: only new machines. floating: replaces every machine whose image has it",
  },
  {
    what: "`pools.organizationalUnit`",
    keys: ["pools.*.organizationalUnit"],
    effect:
      "nothing by itself: machines that join from then on have their accounts there. Existing accounts are moved by hand, or with the next replacement",
  },
  {
    what: "`images.*.vgpuProfile`, `images.*.minimum`, `hostGroups.*.vgpus`",
    keys: ["images.*.vgpuProfile", "images.*.minimum", "platform.clusters.*.hostGroups.*.vgpus"],
    effect: "nothing; the file is refused if a machine does not fit. Another vGPU needs another template",
  },
  {
    what: "`images.*.licenceServer`",
    keys: ["images.*.licenceServer"],
    effect:
      "nothing; the file is refused if a pool with the image does not reach it on NVIDIA's ports (`vgpu-licence`)",
  },
  {
    what: "`platform.vsphere.keyProvider`",
    keys: ["platform.vsphere.keyProvider"],
    effect: "nothing by itself. Never remove it while a machine has a virtual TPM",
  },
  {
    what: "`images.*.guestId`, `firmware`",
    keys: ["images.*.guestId", "images.*.firmware"],
    effect:
      "dedicated: only new machines. floating: in place, each is restarted; with other firmware an installed system does not start: create a new image",
  },
  {
    what: "`workstations.*.diskGib`, `dataDiskGib`",
    keys: ["workstations.*.diskGib", "workstations.*.dataDiskGib"],
    effect: "only new machines; those that are there keep their disks",
  },
  {
    what: "`pools.growDisks`",
    keys: ["pools.*.growDisks"],
    effect:
      "true: in place, the disks of its machines grow to the workstation's sizes; grow the file system inside the guest. While it is true, the plan of a stack fails that has a machine with a larger disk, and names it. false: nothing",
  },
  {
    what: "`platform.vsphere.othersAttributes`",
    keys: ["platform.vsphere.othersAttributes"],
    effect: "nothing: `npx cdktf` leaves these custom attributes of other products alone",
  },
  {
    what: "`images.*.versions`, one added or one removed that no pool uses; `released`",
    keys: ["images.*.versions", "images.*.versions.*.released"],
    effect: "nothing",
  },
];
