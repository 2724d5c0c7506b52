import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { networkPlan } from "../../environments/network/network-plan";
import { probesBetween } from "../../proof/probes-between";
import { ANY_ADDRESS } from "../../segmentation/address";
import { NONE } from "../../segmentation/intervals";
import { city, proveCity } from "../network/proved-city";
import { withGateways } from "../network/tried-city";

const MINUTE = 60_000;
const CATANIA = join(__dirname, "../../environments/catania.yaml");
const MILAN = join(__dirname, "../../environments/milan.yaml");

describe("what arrives is what the analysis says", () => {
  test(
    "in Milan, on every edge of every rule, over IPv4 and IPv6",
    async () => {
      const milan = city(MILAN);
      const { sent, arrived, forged, differences, probes } = await proveCity(milan);
      expect(differences).toEqual([]);
      expect(arrived).toBeGreaterThan(1_000);
      expect(forged).toBeGreaterThan(10);
      expect(sent.tcp).toBeGreaterThan(100_000);
      expect(sent.udp).toBeGreaterThan(50_000);
      expect(sent.icmp).toBeGreaterThan(1_000);

      const { endpoints, gateways } = networkPlan(milan);
      const server = endpoints.get("management") ?? NONE;
      const scrapes = probesBetween(probes, server, ANY_ADDRESS);
      expect([...scrapes.arrived.keys()].sort()).toEqual([
        ...["monitoring icmp", "monitoring tcp/9182", "monitoring-path tcp/9100", "monitoring-to-vault tcp/8200"],
      ]);
      expect(scrapes.refused).toBeGreaterThan(10_000);
      // Nobody else asks a gateway, or the machines that watch.
      const others = probesBetween(probes, ANY_ADDRESS.subtract(server), server.union(gateways));
      expect([...others.arrived.keys()].filter((what) => !what.startsWith("management-path "))).toEqual([]);
    },
    5 * MINUTE,
  );

  test(
    "in Catania, with gateways in the place of its own firewalls",
    async () => {
      const { sent, arrived, differences } = await proveCity(withGateways(city(CATANIA)));
      expect(differences).toEqual([]);
      expect(arrived).toBeGreaterThan(500);
      expect(sent.tcp).toBeGreaterThan(20_000);
    },
    5 * MINUTE,
  );
});
