import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Agent } from "../../proof/agent";
import { Namespaces } from "../../proof/namespaces";

const [HOST, PORT, MINUTE] = ["late", 4433, 60_000];
const ENDS = ["127.0.0.1", "127.0.0.1", PORT] as const;

let namespaces: Namespaces;
let agent: Agent;

beforeAll(async () => {
  namespaces = await Namespaces.open();
  await namespaces.script(`ip netns add ${HOST}\nip -n ${HOST} link set lo up\n`);
  agent = await Agent.start(namespaces, HOST, { tcp: [PORT], udp: [] });
}, MINUTE);

afterAll(async () => {
  agent.stop();
  await namespaces.close();
}, MINUTE);

test(
  "a connection that is told late is not taken for the next one between the same ends",
  async () => {
    const { ports: first } = await agent.send([[1, "tcp", ...ENDS]]);
    const rules = `add table inet t; add chain inet t in { type filter hook input priority 0; }; add rule inet t in tcp dport ${String(PORT)} drop`;
    await namespaces.run(HOST, ["nft", rules]);
    const { ports: second } = await agent.send([[2, "tcp", ...ENDS]]);

    const { tcp } = await agent.collect();
    expect(first.map(([number]) => number)).toEqual([1]);
    expect(second.map(([number]) => number)).toEqual([2]);
    expect(second[0]?.[1]).not.toBe(first[0]?.[1]);
    expect(tcp).toEqual([[ENDS[0], first[0]?.[1], ENDS[1], PORT]]);
  },
  MINUTE,
);
