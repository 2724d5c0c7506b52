import { escaped } from "../../environments/display";
import type { City } from "../../environments/model/city";
import { networkPlan } from "../../environments/network/network-plan";
import { difference } from "../../segmentation/difference";
import { matrixRules } from "../../segmentation/matrix";
import type { NetworkPlan } from "../../segmentation/plan";
import { changeDiagram } from "../../segmentation/render/change-diagram";
import type { Version } from "../../segmentation/render/change-diagram";

/**
 * What a change of a city's file opens and closes in the network, as a picture in SVG.
 * @param base the file before; undefined where there is none to compare with
 * @returns null where nothing is opened or closed, or nobody knows: `report network` draws a network as it is
 */
export async function networkPicture(base: City | undefined, wanted: City): Promise<string | null> {
  if (base === undefined) return null;
  const [before, after] = [networkPlan(base), networkPlan(wanted)];
  const passages = difference(before, after);
  if (passages.length === 0) return null;
  return changeDiagram({
    title: `What is opened and closed in ${escaped(wanted.city.name)}`,
    before: versionOf(base, before),
    after: versionOf(wanted, after),
    passages,
  });
}

function versionOf({ network }: City, plan: NetworkPlan): Version {
  const { segments, outside } = plan;
  return { segments, services: network.services, outside, rules: matrixRules(plan) };
}
