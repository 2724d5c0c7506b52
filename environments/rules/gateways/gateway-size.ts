import { wholeNumber } from "../../../segmentation/render/whole-number";
import type { City } from "../../model/city";
import { MOST_GATEWAY_CPUS, MOST_GATEWAY_MEMORY_GIB } from "../../model/gateway";
import type { Gateway } from "../../model/gateway";
import { gatewaySize as sizeOf, neededCpus, neededMemoryGib, PER_CPU, seatsBehind } from "../../network/gateway-size";
import type { CityRule, Finding } from "../rule";

const ANOTHER_PAIR =
  "put the desktops of some segments behind another pair: a city's own firewalls, or a vCenter and a file of its own";

/** One gateway carries everything while the other is away. */
export const gatewaySize: CityRule = {
  id: "gateway-size",
  explanation:
    "one gateway alone carries every seat behind it, during an emergency too: a CPU forwards " +
    `${wholeNumber(PER_CPU.packets)} packets and takes ${wholeNumber(PER_CPU.newConnections)} new connections a second through ` +
    "a whole ruleset (less than half of what was measured: docs/benchmarks.md, Gateways under load), and memory holds full tables and adapters' buffers",
  repair: "leave it out, so that it follows from the seats; or measure in a pilot and say network.gateway.load",
  *check(city) {
    const { gateway } = city.network;
    if (gateway === undefined) return;
    const cpus = neededCpus(city, gateway);
    yield* tooFew(gateway.cpus, cpus, MOST_GATEWAY_CPUS, "cpus", "CPUs", loadOf(city, gateway));
    const memory = neededMemoryGib(city, gateway, Math.min(sizeOf(city, gateway).cpus, MOST_GATEWAY_CPUS));
    yield* tooFew(
      gateway.memoryGib,
      memory,
      MOST_GATEWAY_MEMORY_GIB,
      "memoryGib",
      "GiB of memory",
      loadOf(city, gateway),
    );
  },
};

function* tooFew(
  written: number | undefined,
  needed: number,
  most: number,
  key: "cpus" | "memoryGib",
  noun: string,
  load: string,
): Iterable<Finding> {
  const message = `${load} need ${wholeNumber(needed)} ${noun} in one gateway`;
  if (needed > most) {
    const allowed = `at most ${String(most)} ${noun}`;
    yield { path: ["network", "gateway"], message, allowed, repair: ANOTHER_PAIR };
  } else if (written !== undefined && written < needed) {
    yield { path: ["network", "gateway", key], message: `${message}, not ${String(written)}` };
  }
}

function loadOf(city: City, { load }: Gateway): string {
  const seats = seatsBehind(city);
  return `${wholeNumber(seats)} seats with ${[
    `${wholeNumber(seats * load.packets)} packets`,
    `${wholeNumber(Math.ceil(seats * load.newConnections))} new connections a second`,
    `${wholeNumber(seats * load.connections)} connections`,
  ].join(", ")}`;
}
