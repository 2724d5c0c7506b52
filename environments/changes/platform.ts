import type { Change } from "./change";

/** What a change of the platform, and what is the whole city's does. */
export const PLATFORM_CHANGES: readonly Change[] = [
  {
    what: "`platform.clusters.*.hosts`",
    keys: ["platform.clusters.*.hosts"],
    effect: "one added: it joins the switch. One removed: only once no machine runs there",
  },
  {
    what: "the seats of a pool, its workstation or its places, past a step",
    keys: ["pools.*.seats", "pools.*.workstation", "pools.*.spread", "platform.clusters.*.scalableShares"],
    effect:
      "in place: the shares of its resource pool in `<city>-foundation`, before its machines. So no pool gets more for being small. A step is 16 seats, or up to an eighth of the pool: between steps the foundation has no change",
  },
  {
    what: "`platform.clusters.*.scalableShares`",
    keys: ["platform.clusters.*.scalableShares"],
    effect: "in place: the city's resource pools there get the level normal, or shares for their seats again",
  },
  {
    what: "`platform.clusters.*.hostCores`, `hostMemoryGib`, `cpuOvercommit`, `tolerates`; `platform.datastores.*.capacityGib`, `overcommit`, `linkedShare`",
    keys: [
      "platform.clusters.*.hostCores",
      "platform.clusters.*.hostMemoryGib",
      "platform.clusters.*.cpuOvercommit",
      "platform.clusters.*.tolerates",
      "platform.datastores.*.capacityGib",
      "platform.datastores.*.overcommit",
      "platform.datastores.*.linkedShare",
    ],
    effect: "nothing; the file is refused if its machines do not fit. Values that are left out are not checked",
  },
  {
    what: "`platform.datastores.*.vsan`",
    keys: ["platform.datastores.*.vsan"],
    effect:
      "nothing; the file is refused if its hosts would have more machines or components than VMware supports (`host-machines`, `vsan-components`)",
  },
  {
    what: "`platform.vsphere.clonesAtATime`",
    keys: ["platform.vsphere.clonesAtATime"],
    effect:
      "nothing on machines that are there: how many `npm run apply` clones at a time, over all the city's stacks. `npx cdktf deploy` is told on its command line",
  },
  {
    what: "`platform.vsphere.cloneMinutes`, `platform.datastores.*.copyMibPerSecond`",
    keys: ["platform.vsphere.cloneMinutes", "platform.datastores.*.copyMibPerSecond"],
    effect:
      "nothing on machines that are there: how long a clone may take, said or computed from `clonesAtATime`, the largest image and the slowest datastore. `clone-minutes` refuses less than a measured datastore needs",
  },
  {
    what: "`platform.providers`",
    keys: ["platform.providers"],
    effect:
      "nothing by itself: other versions of Terraform's providers plan and apply. Only versions with which the lab deployed both cities are taken, by default the newest ([what was tried](../docs/field.md)); `provider-defect` refuses one that is known to do wrong what the file asks for. A mirror must have them",
  },
  {
    what: "`platform.vsphere`, `platform.vault`",
    keys: ["platform.vsphere.server", "platform.vsphere.datacenter", "platform.vault"],
    effect: "never, except for another name of the same server: everything would be created a second time",
  },
  {
    what: "`platform.state`",
    keys: ["platform.state"],
    effect: "first move each stack's state by hand; otherwise everything would be created a second time",
  },
  {
    what: "`city.id`, `city.code`, `platform.seatsPerStack`",
    keys: ["city.id", "city.code", "platform.seatsPerStack"],
    effect: "never once deployed: stacks or machines would get other names, and existing ones be forgotten or replaced",
  },
  {
    what: "`waitForGuest`",
    keys: ["workstations.*.waitForGuest", "network.gateway.waitForGuest"],
    effect:
      "nothing by itself. With it, a guest that reports late is tainted: the next deployment replaces its machine",
  },
];
