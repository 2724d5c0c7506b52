import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { gatewayPairs } from "../../environments/network/gateway-pairs";
import { seatsBehind } from "../../environments/network/gateway-size";
import { REPOSITORY } from "../../runtime/paths";
import { tableSettings } from "../../segmentation/render/gateway-tables";
import { city, gatewayOf } from "../network/proved-city";
import { EmulatedMachine, IS_DEBIAN, programOf, PYTHON } from "./emulated-machine";

/** Neighbours belong to a kernel as a whole, and only its first namespace sets how many: so Debian's own kernel boots. */
const MINUTE = 60_000;
const describeOnDebian = IS_DEBIAN ? describe : describe.skip;
const MODULES = [
  ...["lib/libcrc32c", "net/ipv4/netfilter/nf_defrag_ipv4", "net/ipv6/netfilter/nf_defrag_ipv6"],
  ...["net/netfilter/nf_conntrack", "drivers/net/veth"],
];

describeOnDebian("a gateway of Milan's seats, each on link", () => {
  const milan = city(join(REPOSITORY, "environments/milan.yaml"));
  const [pair] = gatewayPairs(milan);
  const seats = pair === undefined ? 0 : seatsBehind(milan, pair);
  let folder: string;
  let machine: EmulatedMachine;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "gateway-tables-"));
    machine = new EmulatedMachine(folder);
  }, 5 * MINUTE);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** How many seats it knows in the end, and how many of three packets to each arrive. */
  function tried(settings: string): { known: number; arrived: number } {
    const ip = programOf("ip");
    const printed = machine.boot({
      modules: MODULES,
      programs: [PYTHON, ip],
      python: ["socket", "sys", "time"],
      files: { settings, "neighbours.py": readFileSync(join(__dirname, "neighbours.py"), "utf8") },
      commands: [
        `${ip} link add leg type veth peer name seats; ${ip} netns add far; ${ip} link set seats netns far`,
        `${ip} link set leg up; ${ip} addr add 10.99.0.1/16 dev leg`,
        `for link in lo seats; do ${ip} -n far link set $link up; done`,
        // Every address of the range is this machine's, and so it answers ARP for all.
        `${ip} -n far addr add 10.99.0.2/16 dev seats; ${ip} -n far route add local 10.99.64.0/18 dev lo`,
        "sysctl -p /settings",
        `${ip} netns exec far ${PYTHON} -I -S /neighbours.py & sleep 3`,
        `${PYTHON} -I -S /neighbours.py ${String(seats)}; wait`,
      ],
    });
    const figure = (name: string): number => Number(new RegExp(`${name}: (\\d+)`).exec(printed)?.[1]);
    return { known: figure("known"), arrived: figure("arrived") };
  }

  test(
    "knows fewer than 1,024 of them with Debian's own settings, and loses the packets to all others",
    () => {
      const { known, arrived } = tried("");
      expect(known).toBeGreaterThan(900);
      expect(known).toBeLessThan(1024);
      expect(arrived).toBeLessThan(seats);
    },
    15 * MINUTE,
  );

  test(
    "knows them all with the settings that it is told, and loses nothing",
    () => {
      expect(tried(tableSettings(gatewayOf(milan).tables))).toEqual({ known: seats, arrived: 3 * seats });
    },
    15 * MINUTE,
  );
});
