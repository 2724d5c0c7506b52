import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { DeclaredCity } from "../../environments/model/city";
import { networkPlan } from "../../environments/network/network-plan";
import { probesBetween } from "../../proof/probes-between";
import { ANY_ADDRESS } from "../../segmentation/address";
import { NONE } from "../../segmentation/intervals";
import { loadCities } from "../../environments/load";
import { deployed } from "../fixtures/deployed";
import { accessWalls, apart, fromNeighbours } from "../network/access-walls";
import { city, proveCity } from "../network/proved-city";
import { withGateways } from "../network/tried-city";

const MINUTE = 60_000;
const CATANIA = join(__dirname, "../../environments/catania.yaml");
const MILAN = join(__dirname, "../../environments/milan.yaml");

function declared(file: string): DeclaredCity {
  const [loaded] = loadCities([file]);
  if (loaded === undefined) throw new Error(`no city in ${file}`);
  return loaded;
}

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
    "in Catania, with gateways in the place of its own firewalls, and with its access machines' own rules",
    async () => {
      const catania = apart(deployed(declared(CATANIA)));
      const { built, own, each } = accessWalls(catania);
      const { sent, arrived, differences, probes } = await proveCity(withGateways(catania), built);
      // Neighbours reach layer 2, and there the machine refuses all but the other one of the pair.
      const refused = differences.filter(({ path, to }) => path === "direct" && own.includes(to.address));
      expect(differences).toEqual(refused);
      expect(refused.filter((probe) => probe.arrived)).toEqual([]);
      expect(fromNeighbours(probes, own).filter((what) => !what.startsWith("icmp/"))).toEqual(
        each.map((address) => `tcp/10000 from ${address}`),
      );
      expect(arrived).toBeGreaterThan(500);
      expect(sent.tcp).toBeGreaterThan(20_000);

      const came = probesBetween(probes, ANY_ADDRESS, own);
      expect([...came.arrived.keys()].sort()).toEqual([
        ...["monitoring-to-access tcp/8405", "offices-to-access tcp/3389", "vpn-to-access tcp/3389"],
      ]);
      expect(came.refused).toBeGreaterThan(1_000);
      const went = probesBetween(probes, own, ANY_ADDRESS);
      expect([...went.arrived.keys()].sort()).toEqual([
        ...["access-to-desktops tcp/3389", "access-to-directory tcp/53", "access-to-directory udp/53"],
      ]);
    },
    5 * MINUTE,
  );
});
