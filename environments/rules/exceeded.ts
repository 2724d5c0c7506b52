import { capacityOf } from "../capacity/city-capacity";
import { unitNoun } from "../capacity/resource";
import type { Resource, Unit } from "../capacity/resource";
import { quoted } from "../display";
import type { City } from "../model/city";
import type { Finding } from "./rule";

/** A finding for every resource of a kind that the city's machines take more of than there is, in these units. */
export function exceeded(city: City, kind: Resource["kind"], ...units: readonly Unit[]): Finding[] {
  const asked = capacityOf(city).filter((resource) => resource.kind === kind && units.includes(resource.unit));
  return asked.filter(isExceeded).map((resource) => ({ path: resource.path, message: messageOf(resource) }));
}

/** Not where no host is left: another rule reports that. */
function isExceeded({ hosts, headroom }: Resource): boolean {
  return hosts?.left !== 0 && headroom !== null && headroom < 0;
}

function messageOf({ hosts, demanded, available, ...resource }: Resource): string {
  const where = hosts === null ? "" : ` with ${String(hosts.left)} of ${String(hosts.all)} hosts`;
  const there = `${amount(available ?? 0)} ${unitNoun(resource)}${where}`;
  return `${quoted(resource.name)} has ${there}, its machines take ${amount(demanded)}`;
}

function amount(number: number): string {
  return number.toLocaleString("en");
}
