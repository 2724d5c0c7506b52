import { capacityOf } from "../../capacity/city-capacity";
import { unitNoun } from "../../capacity/resource";
import { quoted } from "../../display";
import type { City, DeployedCity } from "../../model/city";
import { wholeNumber } from "../../../segmentation/render/whole-number";

/**
 * A text for every resource that is too small with more seats, and was large enough without them, with what it would
 * lack.
 */
export function lacking(without: City, withThem: DeployedCity): string[] {
  const before = capacityOf(without);
  return capacityOf(withThem).flatMap(({ kind, name, headroom, ...resource }, index) => {
    // A resource that is too small without them is another rule's finding.
    const fits = headroom === null || headroom >= 0 || (before[index]?.headroom ?? 0) < 0;
    if (fits) return [];
    return [`${kind} ${quoted(name)} would lack ${wholeNumber(-headroom)} ${unitNoun(resource)}`];
  });
}
