import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { MEMBERS } from "../../segmentation/gateway";
import type { Member, Pair } from "../../segmentation/gateway";
import { GatewayPair } from "../network/gateway-pair";

const MINUTE = 60_000;
/** Longer than the checks need to notice, and the other to take over. */
const NOTICED_MS = 9_000;
const [MASTER, STANDBY]: Pair<Member> = [0, 1];
const SAMPLE_MS = 200;

let pair: GatewayPair;
let all: number;

beforeAll(async () => {
  pair = await GatewayPair.start(desktop);
  all = pair.virtualAddresses.length;
}, MINUTE);

/** A path that was dead counts as dead for half a minute more, but not to a gateway that starts anew. */
beforeEach(() => pair.restartBoth(), MINUTE);

afterAll(() => pair.close());

function counts(holder: Member): [number, number] {
  return holder === 0 ? [all, 0] : [0, all];
}

/** A desktop that looks for others all the time, as desktops do. */
function desktop(): string[] {
  const looking = Array.from(
    { length: 3 },
    (_, index) => `arping -q -b -I eth0 10.77.1.${String(100 + index)} > /dev/null 2>&1 &`,
  );
  return [
    "ip netns add desktop",
    "ip link add desktop type veth peer name eth0 netns desktop",
    `ip link set desktop master b-${legs.desktops()} up`,
    "ip -n desktop link set eth0 up",
    "ip -n desktop addr add 10.77.1.99/24 dev eth0",
    ...looking.map((command) => `ip netns exec desktop ${command}`),
  ];
}

/** Every distribution of the addresses that was seen in a time, each once. */
async function seen(milliseconds: number): Promise<string[]> {
  const found = new Set<string>();
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    found.add((await pair.counts()).join("/"));
    await setTimeout(SAMPLE_MS);
  }
  return [...found];
}

const legs = {
  uplink: () => pair.gateway.uplink,
  management: () => pair.gateway.management,
  desktops: () => "vlan310",
};

describe("a path that dies while the interface stays up", () => {
  test.each(["uplink", "management", "desktops"] as const)(
    "of the master's %s moves everything to the other, and a path that comes and goes moves nothing again",
    async (which) => {
      const leg = legs[which]();
      await pair.cut(MASTER, leg);
      expect(await pair.eventually(...counts(STANDBY))).toEqual(counts(STANDBY));
      for (let turn = 0; turn < 2; turn += 1) {
        await pair.mend(MASTER, leg);
        await setTimeout(1_500);
        await pair.cut(MASTER, leg);
        await setTimeout(1_500);
      }
      await pair.mend(MASTER, leg);
      expect(await seen(5_000)).toEqual([counts(STANDBY).join("/")]);
    },
    MINUTE,
  );

  test.each(["uplink", "management"] as const)(
    "of both gateways' %s leaves the master everything",
    async (which) => {
      for (const member of MEMBERS) await pair.cut(member, legs[which]());
      expect(await seen(NOTICED_MS)).toEqual([counts(MASTER).join("/")]);
      for (const member of MEMBERS) await pair.mend(member, legs[which]());
    },
    MINUTE,
  );

  test(
    "of the standby moves nothing, in the management segment too, where neither hears the other",
    async () => {
      for (const leg of [legs.uplink(), legs.management()]) {
        await pair.cut(STANDBY, leg);
        expect(await seen(NOTICED_MS)).toEqual([counts(MASTER).join("/")]);
        await pair.mend(STANDBY, leg);
      }
    },
    MINUTE,
  );
});

describe("a gateway whose keepalived is killed", () => {
  test(
    "is replaced, and gives up the addresses that it still has once systemd starts it again",
    async () => {
      await pair.kill(MASTER);
      expect((await pair.shared(MASTER)).length).toBe(all);
      expect(await pair.eventually(all, all)).toEqual([all, all]);
      pair.run(MASTER);
      expect(await pair.eventually(...counts(STANDBY))).toEqual(counts(STANDBY));
    },
    MINUTE,
  );
});
