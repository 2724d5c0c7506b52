import { capacityOf } from "../../capacity/city-capacity";
import { unitNoun } from "../../capacity/resource";
import type { Resource, Unit } from "../../capacity/resource";
import { quoted } from "../../display";
import type { CityRule, Finding, RuleTexts } from "../rule";
import { wholeNumber } from "../../../segmentation/render/whole-number";

/** With too many virtual CPUs for each core every desktop waits, at the latest when a host has failed. */
export const clusterCpu: CityRule = rule("cluster", ["cpus"], {
  id: "cluster-cpu",
  explanation:
    "the hosts of a cluster that are left when tolerates of them fail have the virtual CPUs of all its machines, at most " +
    "cpuOvercommit a core",
  repair: "add hosts, move a pool to another cluster, or raise cpuOvercommit where a measurement allows it",
});

/**
 * Memory is not overcommitted: an idle desktop soon touches its memory again, so swapping makes it stall, and vSphere
 * reserves all memory of a machine with a graphics card.
 */
export const clusterMemory: CityRule = rule("cluster", ["memoryGib"], {
  id: "cluster-memory",
  explanation: "the hosts of a cluster that are left when tolerates of them fail have the memory of all its machines",
  repair: "add hosts or memory, or move a pool to another cluster",
});

/** Thin disks grow; when a datastore is full, all of its machines stop. */
export const datastoreCapacity: CityRule = rule("datastore", ["diskGib"], {
  id: "datastore-capacity",
  explanation: "the disks of a datastore's machines have together at most overcommit times its capacityGib",
  repair: "enlarge the datastore, move a pool to another one, or raise overcommit while somebody watches how it fills",
});

/** Machines bound to some hosts start on no other, even if those have room. */
export const hostGroupCapacity: CityRule = rule("hostGroup", ["cpus", "memoryGib", "vgpus"], {
  id: "host-group-capacity",
  explanation:
    "the hosts of a host group that are left when tolerates of its cluster's fail, at least one, have the virtual CPUs, " +
    "the memory and the vGPUs of the machines that must run there",
  repair: "add hosts to the group, or retire seats of its pools",
});

/** A rule that resources of a kind cover the demand of the city's machines, in these units. */
function rule(kind: Resource["kind"], units: readonly Unit[], texts: RuleTexts): CityRule {
  const isAsked = (resource: Resource): boolean => resource.kind === kind && units.includes(resource.unit);
  return { ...texts, check: (city) => capacityOf(city).filter(isAsked).filter(isExceeded).map(finding) };
}

/** Without any host left, another rule reports that. */
function isExceeded({ hosts, headroom }: Resource): boolean {
  return hosts?.left !== 0 && headroom !== null && headroom < 0;
}

function finding({ path, hosts, demanded, available, ...resource }: Resource): Finding {
  const where = hosts === null ? "" : ` with ${String(hosts.left)} of ${String(hosts.all)} hosts`;
  const there = `${wholeNumber(available ?? 0)} ${unitNoun(resource)}${where}`;
  return { path, message: `${quoted(resource.name)} has ${there}, its machines take ${wholeNumber(demanded)}` };
}
