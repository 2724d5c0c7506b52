import { portSet } from "../../../segmentation/ports";
import { quoted } from "../../display";
import type { City } from "../../model/city";
import { effectiveFlows } from "../../network/effective-flows";
import { endpointsOf } from "../../network/network-plan";
import { serviceNamed } from "../../network/services";
import { dangling } from "../helpers/dangling";
import { declaredImage } from "../helpers/declared";
import type { CityRule, Finding } from "../rule";

/** NVIDIA's drivers since 13 ask its License System, older ones its former server (segmentation/port-presets.ts). */
const PRESETS = ["nvidia-license-system", "nvidia-license-server"] as const;

/**
 * Without a licence a vGPU soon runs at a few frames a second (NVIDIA, "Virtual GPU Client Licensing User Guide"). A
 * node-locked licence, or another maker's card, needs no server: so an image names it only where there is one.
 */
export const vgpuLicence: CityRule = {
  id: "vgpu-licence",
  explanation: `a flow opens the ports of the preset ${PRESETS.join(" or ")} from the segment of a pool to the licenceServer of its image`,
  repair: `add a flow with the ports [${PRESETS[0]}]`,
  *check(city) {
    const known = [...endpointsOf(city).keys()].filter((name) => !name.startsWith("zone:"));
    for (const [key, { licenceServer: name }] of Object.entries(city.images)) {
      const path = ["images", key, "licenceServer"];
      const noun = "service, segment or network outside";
      if (name !== undefined) yield* dangling({ path, name, known, noun, declared: "network" });
    }
    for (const [index, pool] of city.pools.entries()) {
      const server = declaredImage(city, pool.workstation)?.image.licenceServer;
      if (server === undefined || !known.includes(server) || pool.decommissioned) continue;
      yield* unlicensed(city, { path: ["pools", index], pool: pool.name, segment: pool.segment, server });
    }
  },
};

interface Licensed extends Pick<Finding, "path"> {
  readonly pool: string;
  readonly segment: string;
  readonly server: string;
}

/** A flow is enough: what a block closes is somebody's decision. */
function unlicensed(city: City, { path, pool, segment, server }: Licensed): Finding[] {
  const [from, to] = [endsWith(city, segment), endsWith(city, server)];
  const open = effectiveFlows(city).some(
    (flow) =>
      flow.active &&
      flow.from.some((end) => from.has(end)) &&
      to.has(flow.to) &&
      PRESETS.some((preset) => portSet(flow.ports).contains(portSet([preset]))),
  );
  if (open) return [];
  const message = `its machines ask ${quoted(server)} for a licence of their vGPU, and no flow opens that from ${quoted(segment)}`;
  const flow = `{ id: ${pool}-licences, to: ${server}, ports: [${PRESETS[0]}], owner: ..., purpose: ..., ticket: ..., until: ... }`;
  return [{ path, message, repair: `write ${flow} in the pool's flows` }];
}

/** The names under which a flow leads from or to an end: its own, its segment's and its zone's. */
function endsWith({ network }: City, name: string): Set<string> {
  const segment = serviceNamed(network, name)?.segment ?? name;
  const zone = network.segments.find((one) => one.name === segment)?.zone;
  return new Set([name, segment, ...(zone === undefined ? [] : [`zone:${zone}`])]);
}
