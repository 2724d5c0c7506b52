import type { Change } from "./change";

/** What a change of pools does. */
export const POOLS_CHANGES: readonly Change[] = [
  {
    what: "`pools.seats`, raised",
    keys: ["pools.*.seats"],
    effect: "creates the new machines. Past a step, also the shares of the pool's resource pool, below",
  },
  {
    what: "`pools.seats`, lowered",
    keys: ["pools.*.seats"],
    effect:
      "never do it: retire numbers. Terraform refuses to destroy a dedicated pool's machines; a stack that is no longer needed would be forgotten with its machines",
  },
  { what: "`pools.waves`, one released", keys: ["pools.*.waves"], effect: "creates its seats" },
  {
    what: "`pools.waves.*.released`, back to false",
    keys: ["pools.*.waves.*.released"],
    effect: "dedicated: Terraform refuses, retire the seats. floating: destroys their machines",
  },
  {
    what: "`pools.waves`, others added, split or reordered",
    keys: ["pools.*.waves"],
    effect: "nothing, as long as a seat's wave stays released",
  },
  {
    what: "`pools.retired`, a number added",
    keys: ["pools.*.retired"],
    effect: "destroys that seat's machine; the number stays listed, for ever",
  },
  {
    what: "`pools.retired`, a number removed",
    keys: ["pools.*.retired"],
    effect: "issues the seat again: a new machine with the old name",
  },
  { what: "`pools`, one added", keys: ["pools"], effect: "creates its stacks" },
  {
    what: "`pools`, one removed",
    keys: ["pools"],
    effect:
      "two deployments: `decommissioned: true` destroys every machine, then remove the pool from the file. The empty states of its stacks stay in the backend: delete them there",
  },
  {
    what: "`pools.power`, `calendar`",
    keys: ["pools.*.power", "calendar"],
    effect: "no plan: the next `power CITY` starts or shuts down seats as it says",
  },
  {
    what: "`pools.idleDays`, `pools.repair`",
    keys: ["pools.*.idleDays", "pools.*.repair"],
    effect: "no plan: the next `seats CITY` lists and repairs seats as they say",
  },
  {
    what: "`pools.maintenance`",
    keys: ["pools.*.maintenance"],
    effect:
      "no plan: from then on `apply` and `deploy` disturb its seats as it says; what protects people less closes the gate `review`",
  },
  {
    what: "`pools.profiles`",
    keys: ["pools.*.profiles"],
    effect: "no plan: `report profiles CITY` writes what the share and the images are configured with",
  },
  {
    what: "`pools.refresh`",
    keys: ["pools.*.refresh"],
    effect:
      "no plan: the next `refresh CITY` prepares its seats, and from then on makes those that people left as new; taken out, it removes their snapshots",
  },
  {
    what: "`pools.decommissioned`, back to false",
    keys: ["pools.*.decommissioned"],
    effect: "creates all its machines again",
  },
  {
    what: "`pools.name`, `pools.code`",
    keys: ["pools.*.name", "pools.*.code"],
    effect: "never: they are in the names of stacks and machines. Declare a new pool and decommission the old one",
  },
  {
    what: "`pools.imageVersion`, or the `template` or `library` of that version",
    keys: ["pools.*.imageVersion", "images.*.versions.*.template", "images.*.versions.*.library"],
    effect:
      "floating: replaces every machine of the pool. dedicated: changes no existing machine; new seats, and those listed in `replace`, get the new one",
  },
  {
    what: "`pools.rollout`, added, or its state or share advanced",
    keys: ["pools.*.rollout"],
    effect:
      "floating: replaces exactly the seats of the share, its ring first, and then the same ones for a version. dedicated: those of them that are listed in `replace`",
  },
  {
    what: "`pools.rollout.state`, to rolled-back",
    keys: ["pools.*.rollout.state"],
    effect: "replaces exactly the machines that have the new version",
  },
  {
    what: "`pools.rollout`, removed after `promoted`, with its version as `imageVersion`",
    keys: ["pools.*.rollout"],
    effect: "nothing",
  },
  {
    what: "`pools.replace`, a seat of a dedicated pool added",
    keys: ["pools.*.replace"],
    effect:
      "replaces its machine if it was created from another template, and its person's data on it is lost; while it is listed it follows the image",
  },
  {
    what: "`pools.replace`, a seat removed",
    keys: ["pools.*.replace"],
    effect: "nothing: its machine is persistent again",
  },
  {
    what: "`pools.adopt`, a machine added for a seat without one",
    keys: ["pools.*.adopt"],
    effect:
      "imports the machine into the pool's state: it gets the seat's name, folder, network and size in place, and keeps its disks, firmware, guest, tags and note. Nothing is created, replaced or destroyed; a machine with another size than the workstation's is restarted. If the machine does not exist, the plan fails",
  },
  { what: "`pools.adopt`, an entry removed after its deployment", keys: ["pools.*.adopt"], effect: "nothing" },
  {
    what: "`pools.workstation`",
    keys: ["pools.*.workstation"],
    effect: "the differences between the two, line by line below; another image is another `imageVersion`",
  },
  {
    what: "`pools.assignment`, to floating",
    keys: ["pools.*.assignment"],
    effect:
      "replaces the machines whose template is not that of `imageVersion`; to dedicated: nothing, its machines are persistent from then on",
  },
  {
    what: "`pools.directorate`",
    keys: ["pools.*.directorate"],
    effect: "in place: another folder. Tags are set on new machines, folders and pools alone, below",
  },
  {
    what: "`pools.clone`",
    keys: ["pools.*.clone"],
    effect:
      "floating: replaces every machine of the pool, once. A linked clone that goes to another datastore takes all that its disk holds along, and shares no more",
  },
  {
    what: "`images.*.versions.*.clusters`, a cluster's own template",
    keys: ["images.*.versions.*.clusters"],
    effect:
      "floating: replaces the machines of that cluster that were made from another; a machine that goes to that cluster later is replaced too, not moved. dedicated: only new machines",
  },
  {
    what: "`images.*.versions.*.snapshot`",
    keys: ["images.*.versions.*.snapshot"],
    effect:
      "nothing by itself: `preflight` holds the template to it. Never delete a snapshot or a template that linked clones have: their disks end with it",
  },
  {
    what: "`pools.datastore`, to or from a storage cluster; `platform.datastores.*.members`, of one in use",
    keys: ["pools.*.datastore", "platform.datastores.*.members"],
    effect:
      "in place: Storage DRS, or vSphere, moves the disks of what is not where it is to be. Where Storage DRS moves a machine among the members, no plan moves it back, and it is no drift",
  },
  {
    what: "`pools.segment`",
    keys: ["pools.*.segment"],
    effect: "in place; remove the old segment from the file in a later deployment",
  },
  {
    what: "`pools.datastore`",
    keys: ["pools.*.datastore"],
    effect: "in place: vSphere moves the disks of running machines, which takes hours for a large pool",
  },
  {
    what: "`pools.cluster`",
    keys: ["pools.*.cluster"],
    effect:
      "in place: every machine moves to the other cluster with its disks, which takes hours for a large pool; nothing is created or lost. Both clusters' hosts must be on the city's switch. A pool with `hostGroup` or `antiAffinity`: remove these first, and set the other cluster's afterwards",
  },
  {
    what: "`pools.spread`, in place of `cluster` and `datastore`",
    keys: ["pools.*.spread"],
    effect:
      "in place: the share of seats given by the other places' weights moves there with its disks, always the same seats; the others stay. Back to one cluster: they move back",
  },
  { what: "`pools.spread`, a place added", keys: ["pools.*.spread"], effect: "in place: only its future seats move" },
  {
    what: "`pools.spread`, a place removed, or its `weight` set to 0",
    keys: ["pools.*.spread"],
    effect:
      "in place: only its seats move, to the others by their weights; set 0 first, and remove it once it is empty",
  },
  {
    what: "`pools.spread.*.weight`",
    keys: ["pools.*.spread.*.weight"],
    effect: "in place: seats move to that place or from it, none between two others",
  },
  {
    what: "`pools.spread.*.seats`; the order of the places",
    keys: ["pools.*.spread.*.seats"],
    effect: "nothing; the file is refused if a place would have more",
  },
  {
    what: "`pools.hostGroup`, `pools.antiAffinity`",
    keys: ["pools.*.hostGroup", "pools.*.antiAffinity"],
    effect: "in place: DRS moves running machines",
  },
];
