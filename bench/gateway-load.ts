import { join } from "node:path";
import type { City } from "../environments/model/city";
import { loadCities } from "../environments/load";
import { gatewayPlans } from "../environments/network/gateway-plan";
import { networkPlan } from "../environments/network/network-plan";
import { REPOSITORY } from "../runtime/paths";
import type { Progress } from "../runtime/progress";
import { addressOf } from "../segmentation/address";
import { nftables } from "../segmentation/render/nftables";
import { PacketLoop } from "./packet-loop";
import type { LoopedFlow } from "./packet-loop";
import { table } from "./table";

const RUNS = 3;
const MILLISECONDS = 400;
const FILLING_MILLISECONDS = 6_000;
/** How many more flows between whole zones the ruleset has; of 80, nft in a namespace of a user says "Message too long". */
const MORE_FLOWS = [20, 40];
/** Milan's calls: the last rule but one that its packets are compared with. */
const FLOW: LoopedFlow = {
  leg: "vlan2100",
  from: "10.21.16.100",
  firstFrom: Number(addressOf("10.21.16.101")),
  addresses: 2000,
  to: "203.0.113.10",
  port: 3478,
};
const FOLLOWED = "connections followed, nothing else";
/** Connection tracking alone: the least that a stateful firewall does. */
const TRACKED = `table inet tracked {
  chain forward {
  type filter hook forward priority filter; policy drop;
  ct state established,related accept
  accept
}
}
`;

/** Packets and new flows a second through one gateway on one CPU, and where it breaks. */
export async function benchGatewayLoad(progress: Progress, signal: AbortSignal): Promise<string> {
  const [milan] = loadCities([join(REPOSITORY, "environments/milan.yaml")]);
  const [gateway] = milan === undefined ? [] : gatewayPlans(milan);
  if (milan === undefined || gateway === undefined) throw new Error("milan.yaml has no gateway");
  const loop = await PacketLoop.open(gateway, FLOW);
  try {
    const rules = rulesets(milan);
    const rates = await progress.step("Packets through one gateway", () => measure(loop, rules, signal));
    const full = await progress.step("Until its table is full", async () => {
      await loop.load(nftables(networkPlan(milan), gateway));
      return loop.untilFull(FILLING_MILLISECONDS);
    });
    return `${table([HEAD, ...rates])}\n\n${broke(full)}`;
  } finally {
    await loop.close();
  }
}

const HEAD = ["rules", "lines", "packets a second", "against none", "new flows a second", "against tracking"];

function broke({ entries, most, lost, pushedOut }: Awaited<ReturnType<PacketLoop["untilFull"]>>): string {
  return (
    `Where it breaks: new flows fill the table to ${String(entries)} of this machine's ${String(most)} entries; then ${String(lost)} packets were lost, ` +
    `and ${String(pushedOut)} flows pushed out by others, as long as nobody had answered them.`
  );
}

function rulesets(milan: City): Map<string, string> {
  const whole = (city: City): string => {
    const [gateway] = gatewayPlans(city);
    return gateway === undefined ? "" : nftables(networkPlan(city), gateway);
  };
  return new Map([
    ["none", ""],
    [FOLLOWED, TRACKED],
    ["Milan's", whole(milan)],
    ...MORE_FLOWS.map((more) => [`Milan's and ${String(more)} flows`, whole(withFlows(milan, more))] as const),
  ]);
}

function withFlows(city: City, more: number): City {
  const { flows } = city.network;
  const [sample] = flows;
  if (sample === undefined) throw new Error("milan.yaml has no flow to copy");
  const added = Array.from({ length: more }, (_, index) => ({
    ...{ ...sample, id: `a-${String(index)}`, from: "zone:desktops", to: "zone:services" },
    ports: [`tcp/${String(1000 + index)}`],
  }));
  return { ...city, network: { ...city.network, flows: [...added, ...flows] } };
}

/** All rulesets in turn, and that several times, since the machine is not equally fast all the time. */
async function measure(
  loop: PacketLoop,
  rules: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<(string | number)[][]> {
  const [packets, flows] = [new Map<string, number[]>(), new Map<string, number[]>()];
  for (let run = 0; run < RUNS; run += 1) {
    for (const [name, ruleset] of rules) {
      signal.throwIfAborted();
      await loop.load(ruleset);
      add(packets, name, (await loop.rates(false, MILLISECONDS)).packets);
      if (ruleset !== "") add(flows, name, (await loop.rates(true, MILLISECONDS)).flows);
    }
  }
  return [...rules].map(([name, ruleset]) => row(name, ruleset, packets, flows));
}

function row(name: string, ruleset: string, packets: Samples, flows: Samples): (string | number)[] {
  const [rate, fresh] = [best(packets, name), best(flows, name)];
  const [bare, tracked] = [best(packets, "none"), best(flows, FOLLOWED)];
  const isTracked = fresh > 0;
  return [
    ...[name, ruleset === "" ? 0 : ruleset.split("\n").length, rate, (rate / bare).toFixed(2)],
    ...(isTracked ? [fresh, (fresh / tracked).toFixed(2)] : ["", ""]),
  ];
}

/** Whatever else the machine does only slows it down. */
function best(samples: Samples, name: string): number {
  return Math.max(0, ...(samples.get(name) ?? []));
}

type Samples = ReadonlyMap<string, readonly number[]>;

function add(samples: Map<string, number[]>, name: string, figure: number): void {
  samples.set(name, [...(samples.get(name) ?? []), figure]);
}
