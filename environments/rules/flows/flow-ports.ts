import { presetNamed } from "../../../segmentation/port-presets";
import { parsePorts } from "../../../segmentation/ports";
import type { City } from "../../model/city";
import type { Path } from "../../path";
import { statementsOf } from "../../network/statements";
import type { CityRule } from "../rule";

/** Firewalls refuse such ports, or read them differently. */
export const flowPorts: CityRule = {
  id: "flow-ports",
  explanation: "a port is from 1 to 65535, and a range is written from its first to its last",
  repair: "correct the port",
  *check(city) {
    for (const { text, path } of portsOf(city)) {
      const message = finding(text);
      if (message !== undefined) yield { path, message };
    }
  },
};

function portsOf(city: City): { text: string; path: Path }[] {
  const services = city.network.services.flatMap(({ ports }, service) =>
    ports.map((text, index) => ({ text, path: ["network", "services", service, "ports", index] })),
  );
  return [...services, ...statementsOf(city).flatMap(({ ports }) => ports)];
}

function finding(text: string): string | undefined {
  if (text === "any" || presetNamed(text) !== undefined) return undefined;
  try {
    parsePorts(text);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
