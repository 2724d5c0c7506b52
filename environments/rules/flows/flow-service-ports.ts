import { portSet, portTexts } from "../../../segmentation/ports";
import { listed, quoted } from "../../display";
import { offeredBy, serviceNamed } from "../../network/services";
import { statementsOf } from "../../network/statements";
import type { CityRule } from "../rule";

/** A service declares its ports once; a flow uses all or some of them. */
export const flowServicePorts: CityRule = {
  id: "flow-service-ports",
  explanation:
    "a flow to a service opens ports that the service offers, by default all of them; any other flow says its ports",
  repair: "add ports",
  *check(city) {
    for (const { kind, path, to, ports } of statementsOf(city)) {
      if (kind !== "flow") continue;
      const service = serviceNamed(city.network, to);
      if (service === undefined) {
        if (ports.length === 0) yield { path, message: `it says no ports, and ${quoted(to)} is no service` };
        continue;
      }
      const offered = offeredBy(service);
      for (const { text, path: port } of ports) {
        if (offered.contains(portSet([text]))) continue;
        const message = `${quoted(text)} is not offered by the service ${quoted(to)}`;
        yield {
          path: port,
          message,
          allowed: listed(portTexts(offered)),
          repair: "correct it, or add it to the service",
        };
      }
    }
  },
};
