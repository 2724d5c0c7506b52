import { describe, expect, test } from "@jest/globals";
import { gatewayPairs } from "../../../environments/network/gateway-pairs";
import { gatewaySize, gatewayTables } from "../../../environments/network/gateway-size";
import { tableSettings } from "../../../segmentation/render/gateway-tables";
import { edited } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { load, MILAN, milanBreaking } from "../../fixtures/city-files";

describe("gateway-size", () => {
  const SIZE = { "network.gateway.+cpus": 4, "network.gateway.+memoryGib": 2 };

  test("refuses a pair too small for its seats, with what they need and where it is written", () => {
    expect(milanBreaking("gateway-size", SIZE)).toEqual([
      expect.stringMatching(
        /^network\.gateway\.cpus: 12,682 seats with 1,268,200 packets, 25,364 new connections a second, 1,268,200 connections need 8 CPUs in one gateway, not 4; allowed: one gateway alone carries every seat/,
      ),
      expect.stringMatching(/^network\.gateway\.memoryGib: .* need 3 GiB of memory in one gateway, not 2; allowed/),
    ]);
    expect(milanBreaking("gateway-size", { "network.gateway.+cpus": 8, "network.gateway.+memoryGib": 4 })).toEqual([]);
  });

  test("takes what a pilot measured, and says where no pair is large enough", () => {
    const sending = (packets: number): Edit => ({ "network.gateway.+load": { packets } });
    expect(milanBreaking("gateway-size", { "network.gateway.+cpus": 4 }, sending(50))).toEqual([]);
    expect(milanBreaking("gateway-size", sending(1000))).toEqual([
      expect.stringMatching(
        /^network\.gateway: .* need 64 CPUs in one gateway; allowed: at most 32 CPUs; repair: give some of its segments to another pair/,
      ),
    ]);
  });
});

describe("the sizes of a gateway", () => {
  const size = (...edits: Edit[]) => {
    const [city] = load({ "milan.yaml": edited(MILAN, ...edits) }).cities;
    const [pair] = city === undefined ? [] : gatewayPairs(city);
    if (city === undefined || pair === undefined) throw new Error("Milan has no gateway");
    return { ...gatewaySize(city, pair), ...gatewayTables(city, pair) };
  };

  test("follow from the seats: in Milan its tables hold every desktop's neighbours and connections", () => {
    expect(size()).toEqual({
      ...{ cpus: 8, memoryGib: 4, cpuReservationMhz: 16_000 },
      ...{ neighbours: 32_768, connections: 2_097_152 },
    });
  });

  test("are the same in an emergency, so that its beginning restarts no gateway", () => {
    expect(size({ "emergency.active": true })).toEqual(size());
  });

  test("are as the file says where it says more", () => {
    expect(size({ "network.gateway.+cpus": 16, "network.gateway.+cpuReservationMhz": 1000 })).toMatchObject({
      ...{ cpus: 16, cpuReservationMhz: 1000 },
    });
    expect(size({ "network.gateway.+load": { connections: 400 } })).toMatchObject({ connections: 8_388_608 });
  });
});

describe("the kernel settings of a gateway", () => {
  test("hold every neighbour before any is collected, and every connection, in both families", () => {
    expect(tableSettings({ neighbours: 4096, connections: 131_072 }).split("\n")).toEqual([
      ...["ipv4", "ipv6"].flatMap((family) =>
        [4096, 8192, 16_384].map(
          (entries, index) => `net.${family}.neigh.default.gc_thresh${String(index + 1)} = ${String(entries)}`,
        ),
      ),
      "net.netfilter.nf_conntrack_buckets = 131072",
      "net.netfilter.nf_conntrack_max = 131072",
      "net.netfilter.nf_conntrack_tcp_timeout_established = 7440",
      "",
    ]);
  });
});
