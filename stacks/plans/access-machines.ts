import { accessPart } from "../../environments/desktop-access/access-pair";
import type { DeployedCity } from "../../environments/model/city";
import { gatewayDatastore } from "../../environments/network/gateway-pairs";
import { accessMachinesPlan } from "../../remote-desktop/access-machines-plan";
import { accessCloudInit } from "../../remote-desktop/render/cloud-init";
import { MEMBERS } from "../../segmentation/gateway";
import type { PlannedGateway } from "./gateway-machines";
import { projectCode } from "./project-code";

/** Half a core of any current server: a session of an office worker costs HAProxy next to nothing (docs/benchmarks.md). */
const MHZ_A_CPU = 1000;

/** The access machines of a checked city, made as its gateways are; none where it has a broker, or says nothing. */
export function accessMachines(city: DeployedCity): PlannedGateway[] {
  const plan = accessMachinesPlan(city);
  if (plan === undefined) return [];
  const { pair } = plan;
  return MEMBERS.map((member) => {
    const cluster = pair.clusters[member];
    return {
      part: accessPart(member),
      pair: "access",
      cluster,
      datastore: gatewayDatastore(city, cluster) ?? "",
      overrides: { restartPriority: "highest", automationLevel: "partiallyAutomated" },
      adapters: [{ segment: pair.segment.name, macAddress: pair.macs[member] }],
      machine: {
        ...pair,
        name: pair.names[member],
        cpuReservationMhz: pair.cpus * MHZ_A_CPU,
        annotation: [...projectCode(city), `access machine of ${city.city.name}`].join(", "),
        ...accessCloudInit(plan, member),
      },
    };
  });
}
