import { wholeNumber } from "../../../segmentation/render/whole-number";
import type { City } from "../../model/city";
import { MOST_GATEWAY_CPUS, MOST_GATEWAY_MEMORY_GIB } from "../../model/gateway";
import { gatewayPairs } from "../../network/gateway-pairs";
import type { GatewayPair } from "../../network/gateway-pairs";
import { gatewaySize as sizeOf, neededCpus, neededMemoryGib, PER_CPU, seatsBehind } from "../../network/gateway-size";
import type { CityRule, Finding } from "../rule";

const ANOTHER_PAIR = "give some of its segments to another pair of network.gateway.furtherPairs";

const MOST = {
  cpus: { most: MOST_GATEWAY_CPUS, noun: "CPUs" },
  memoryGib: { most: MOST_GATEWAY_MEMORY_GIB, noun: "GiB of memory" },
} as const;

/** One gateway carries everything while the other is away. */
export const gatewaySize: CityRule = {
  id: "gateway-size",
  explanation:
    "one gateway alone carries every seat behind it, during an emergency too: a CPU forwards " +
    `${wholeNumber(PER_CPU.packets)} packets and takes ${wholeNumber(PER_CPU.newConnections)} new connections a second through ` +
    "a whole ruleset (less than half of what was measured: docs/benchmarks.md, Gateways under load), and memory holds full tables and adapters' buffers",
  repair: "leave it out, so that it follows from the seats; or measure in a pilot and say network.gateway.load",
  *check(city) {
    for (const pair of gatewayPairs(city)) {
      const [load, cpus] = [loadOf(city, pair), neededCpus(city, pair)];
      yield* tooFew(pair, "cpus", cpus, `${load} need ${wholeNumber(cpus)} CPUs in one gateway`);
      const memory = neededMemoryGib(city, pair, Math.min(sizeOf(city, pair).cpus, MOST_GATEWAY_CPUS));
      yield* tooFew(pair, "memoryGib", memory, `${load} need ${wholeNumber(memory)} GiB of memory in one gateway`);
    }
  },
};

function* tooFew(pair: GatewayPair, key: keyof typeof MOST, needed: number, message: string): Iterable<Finding> {
  const { most, noun } = MOST[key];
  const written = pair[key];
  if (needed > most) {
    yield { path: pair.path, message, allowed: `at most ${String(most)} ${noun}`, repair: ANOTHER_PAIR };
  } else if (written !== undefined && written < needed) {
    yield { path: [...pair.path, key], message: `${message}, not ${String(written)}` };
  }
}

function loadOf(city: City, pair: GatewayPair): string {
  const { load } = pair;
  const seats = seatsBehind(city, pair);
  return `${wholeNumber(seats)} seats with ${[
    `${wholeNumber(seats * load.packets)} packets`,
    `${wholeNumber(Math.ceil(seats * load.newConnections))} new connections a second`,
    `${wholeNumber(seats * load.connections)} connections`,
  ].join(", ")}`;
}
