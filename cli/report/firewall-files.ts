import { gatewayPlans } from "../../environments/network/gateway-plan";
import type { DeployedFile } from "../../environments/deployed";
import type { City, DeployedCity } from "../../environments/model/city";
import { networkPlan } from "../../environments/network/network-plan";
import { accessMachinesPlan } from "../../remote-desktop/access-machines-plan";
import { wholeFirewall } from "../../remote-desktop/render/access-firewall";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayPlan } from "../../segmentation/gateway";
import type { NetworkPlan } from "../../segmentation/plan";
import { matrixRules } from "../../segmentation/matrix";
import { aerleon } from "../../segmentation/render/aerleon";
import { cloudInit } from "../../segmentation/render/cloud-init";
import { csv } from "../../segmentation/render/csv";
import { markdown } from "../../segmentation/render/markdown";
import { nftables } from "../../segmentation/render/nftables";
import { networkDiagram, networkPage } from "../../reports/network-report";

/** Everything that enforces a city's flows: texts by their paths. */
export async function firewallFiles({ declared: city, deployed }: DeployedFile): Promise<Map<string, string>> {
  const plan = networkPlan(city);
  const policies = [...aerleon(city.city.name, plan)].map(([path, text]): [string, string] => [
    `aerleon/${path}`,
    text,
  ]);
  return new Map([
    ...gatewayFiles(city),
    ...accessFiles(deployed),
    ...policies,
    ["matrix.csv", csv(matrixRules(plan))],
    ["matrix.md", markdown(networkPage(city))],
    ["segments.svg", await networkDiagram(city)],
  ]);
}

function gatewayFiles(city: City): [string, string][] {
  return gatewayPlans(city).flatMap((gateway) => pairFiles(networkPlan(city), gateway));
}

function accessFiles(city: DeployedCity): [string, string][] {
  const plan = accessMachinesPlan(city);
  if (plan === undefined) return [];
  return MEMBERS.map((member) => [`${plan.pair.names[member]}/nftables.conf`, wholeFirewall(plan, member)]);
}

function pairFiles(plan: NetworkPlan, gateway: GatewayPlan): [string, string][] {
  const told = MEMBERS.flatMap((member): [string, string][] => {
    const { userData, metaData } = cloudInit(plan, gateway, member);
    return [
      [`${gateway.names[member]}/user-data`, userData],
      [`${gateway.names[member]}/meta-data`, metaData],
    ];
  });
  const rules = gateway.name === undefined ? "nftables.conf" : `nftables-${gateway.name}.conf`;
  return [[rules, nftables(plan, gateway)], ...told];
}
