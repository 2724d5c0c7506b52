import { escaped } from "../../environments/display";
import type { DeployedCity } from "../../environments/model/city";
import { networkPlan } from "../../environments/network/network-plan";
import type { ReachChange } from "../../segmentation/difference";
import { matrixRules } from "../../segmentation/matrix";
import type { NetworkPlan } from "../../segmentation/plan";
import { changeDiagram } from "../../segmentation/render/change-diagram";
import type { Version } from "../../segmentation/render/change-diagram";

/**
 * A diagram, as SVG, of what a change opens and closes in the network.
 * @param reachChanges as in the report
 * @returns null where nothing is opened or closed: `report network` draws the unchanged network
 */
export async function networkPicture(
  base: DeployedCity,
  wanted: DeployedCity,
  reachChanges: readonly ReachChange[],
): Promise<string | null> {
  if (reachChanges.length === 0) return null;
  return changeDiagram({
    title: `What is opened and closed in ${escaped(wanted.city.name)}`,
    before: versionOf(base, networkPlan(base)),
    after: versionOf(wanted, networkPlan(wanted)),
    changes: reachChanges,
  });
}

function versionOf({ network }: DeployedCity, plan: NetworkPlan): Version {
  const { segments, outside } = plan;
  return { segments, services: network.services, outside, rules: matrixRules(plan) };
}
