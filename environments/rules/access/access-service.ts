import { portSet } from "../../../segmentation/ports";
import { quoted } from "../../display";
import { addressesOf } from "../../desktop-access/access-pair";
import { RDP_PORT } from "../../model/access";
import { offeredBy, serviceNamed } from "../../network/services";
import { dangling } from "../helpers/dangling";
import type { CityRule } from "../rule";

const PORT = `tcp/${String(RDP_PORT)}`;
const FORM = "addresses: [first, second, virtual, virtual], and macs: [first's, second's, first's, second's]";

/** Flows name it, so it is where the machines' addresses stand; there they are what the gateways hold them to. */
export const accessService: CityRule = {
  id: "access-service",
  explanation:
    "access.service is a service in a segment of the city's own; that of access machines offers tcp/3389, and has an IPv4 address " +
    "of each, and the virtual one with the MAC addresses of both; and city.domain is there",
  repair: `write its ${FORM}`,
  *check({ access, city, network }) {
    if (access === undefined) return;
    if (city.domain === undefined) {
      const message = "seats are known by their names in DNS, and nothing says in which domain";
      yield { path: ["city"], message, repair: "write city.domain" };
    }
    const path = ["access", "service"];
    const known = network.services.map(({ name }) => name);
    yield* dangling({ path, name: access.service, known, noun: "service", declared: "network.services" });
    const service = serviceNamed(network, access.service);
    if (service === undefined || access.machines === undefined) return;
    const here = ["network", "services", network.services.indexOf(service)];
    if (addressesOf(service) === undefined) {
      yield { path: here, message: `${quoted(service.name)} does not say which addresses the access machines have` };
    }
    if (!offeredBy(service).contains(portSet([PORT]))) {
      const message = `people's clients ask the access machines on ${PORT}, which ${quoted(service.name)} does not offer`;
      yield { path: [...here, "ports"], message, repair: `write ${PORT}` };
    }
    if (network.segments.find(({ name }) => name === service.segment)?.external === true) {
      yield {
        path: [...here, "segment"],
        message: "no machine is made in an external segment",
        repair: "name another one",
      };
    }
  },
};
