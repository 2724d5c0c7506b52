import { GatewayPair } from "../test/network/gateway-pair";
import type { Progress } from "../runtime/progress";
import type { Member } from "../segmentation/gateway";
import { table } from "./table";
import { elapsed } from "./timed";

const RUNS = 3;
const DIGITS = 1;
const SETTLED_MS = 5_000;

/** Something that ends a gateway's service, and what mends it. */
interface Cause {
  readonly happen: (pair: GatewayPair, master: Member) => Promise<void>;
  readonly mend: (pair: GatewayPair, master: Member) => Promise<void>;
}

const CAUSES: Readonly<Record<string, Cause>> = {
  "an interface is dead": {
    happen: (pair, master) => pair.setLink(master, pair.gateway.uplink, "down"),
    mend: (pair, master) => pair.setLink(master, pair.gateway.uplink, "up"),
  },
  "a path is dead, the interface up": {
    happen: (pair, master) => pair.cut(master, pair.gateway.uplink),
    mend: (pair, master) => pair.mend(master, pair.gateway.uplink),
  },
  "the management's path is dead": {
    happen: (pair, master) => pair.cut(master, pair.gateway.management),
    mend: (pair, master) => pair.mend(master, pair.gateway.management),
  },
  "keepalived is killed": { happen: (pair, master) => pair.kill(master), mend: () => Promise.resolve() },
  "the rules are stopped, and keepalived with them": {
    happen: (pair, master) => pair.stop(master),
    mend: () => Promise.resolve(),
  },
  "the machine is gone": {
    happen: (pair, master) => legs(pair, (leg) => pair.cut(master, leg)),
    mend: (pair, master) => legs(pair, (leg) => pair.mend(master, leg)),
  },
};

async function legs({ gateway }: GatewayPair, work: (leg: string) => Promise<void>): Promise<void> {
  await Promise.all(gateway.interfaces.map(({ name }) => work(name)));
}

/** Seconds from a cause until the other gateway has every shared address. */
export async function benchFailover(progress: Progress, signal: AbortSignal): Promise<string> {
  const pair = await GatewayPair.start();
  try {
    const rows: (string | number)[][] = [];
    for (const [name, cause] of Object.entries(CAUSES))
      rows.push(await progress.step(`When ${name}`, () => measure(pair, name, cause, signal)));
    return table([["cause", "least, s", "most, s"], ...rows]);
  } finally {
    await pair.close();
  }
}

async function measure(
  pair: GatewayPair,
  name: string,
  cause: Cause,
  signal: AbortSignal,
): Promise<(string | number)[]> {
  const seconds: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    signal.throwIfAborted();
    const master = await settled(pair);
    const other = master === 0 ? 1 : 0;
    const happened = cause.happen(pair, master);
    const [, milliseconds] = await elapsed(() => pair.takesAll(other));
    await happened;
    seconds.push(milliseconds / 1000);
    await cause.mend(pair, master);
    // A path that was dead counts as dead for half a minute more, but not to a standby that starts anew.
    await pair.restart(master);
  }
  return [name, ...[Math.min(...seconds), Math.max(...seconds)].map((time) => Number(time.toFixed(DIGITS)))];
}

/** Which gateway alone has all addresses, and keeps them longer than a failover takes. */
async function settled(pair: GatewayPair): Promise<Member> {
  const all = pair.virtualAddresses.length;
  let since = Date.now();
  let master: Member | undefined;
  for (;;) {
    const [first, second] = await pair.counts();
    const now = first === all && second === 0 ? 0 : first === 0 && second === all ? 1 : undefined;
    if (now === undefined || now !== master) [master, since] = [now, Date.now()];
    else if (Date.now() - since > SETTLED_MS) return now;
  }
}
