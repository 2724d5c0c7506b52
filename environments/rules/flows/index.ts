import { dataByFlow } from "./data-by-flow";
import { domainReached } from "./domain-reached";
import { endpointNames } from "./endpoint-names";
import { flowEnd } from "./flow-end";
import { flowEndpoint } from "./flow-endpoint";
import { flowEnforced } from "./flow-enforced";
import { flowFamily } from "./flow-family";
import { flowIdOnce } from "./flow-id-once";
import { flowPorts } from "./flow-ports";
import { flowServicePorts } from "./flow-service-ports";
import { isolatedReach } from "./isolated-reach";
import { managementPath } from "./management-path";
import { mustNotReach, mustReach } from "./reach-expectations";
import { vgpuLicence } from "./vgpu-licence";
import type { RuleTopic } from "../rule";

/** Flows and expectations. */
export const flows: RuleTopic = {
  title: "Flows and what they must and must not reach",
  city: [
    dataByFlow,
    domainReached,
    vgpuLicence,
    endpointNames,
    flowEnd,
    flowEndpoint,
    flowEnforced,
    flowFamily,
    flowIdOnce,
    flowPorts,
    flowServicePorts,
    isolatedReach,
    managementPath,
    mustNotReach,
    mustReach,
  ],
  crossCity: [],
};
