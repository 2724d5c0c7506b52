import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { City } from "../../environments/model/city";
import { city, proveCity } from "../network/proved-city";

const MINUTE = 60_000;
const CATANIA = join(__dirname, "../../environments/catania.yaml");
const MILAN = join(__dirname, "../../environments/milan.yaml");

/** Catania, whose own firewalls enforce, as it would be with gateways: its rules are proven as they are. */
function cataniaWithGateways(): City {
  const catania = city(CATANIA);
  const uplink = { name: "uplink", zone: "transit" as const, vlan: 896, subnet: "10.87.255.0/28", external: false };
  const gateway = {
    template: "debian-12-gateway",
    guestId: "debian12_64Guest",
    firmware: "efi" as const,
    load: { connections: 100, newConnections: 1, packets: 100 },
    pathTargets: [],
    furtherPairs: [],
    ...{
      diskGib: 8,
      waitForGuest: false,
      virtualRouterId: 87,
      dhcpServers: [],
      nameServers: [],
      timeServers: [],
    },
    clusters: ["catania-vdi-a", "catania-vdi-b"] as [string, string],
    ...{ uplink: "uplink", nextHop: "10.87.255.14", management: "management" },
  };
  return { ...catania, network: { ...catania.network, gateway, segments: [...catania.network.segments, uplink] } };
}

describe("what arrives is what the analysis says", () => {
  test(
    "in Milan, on every edge of every rule, over IPv4 and IPv6",
    async () => {
      const { sent, arrived, forged, differences } = await proveCity(city(MILAN));
      expect(differences).toEqual([]);
      expect(arrived).toBeGreaterThan(1_000);
      expect(forged).toBeGreaterThan(10);
      expect(sent.tcp).toBeGreaterThan(100_000);
      expect(sent.udp).toBeGreaterThan(50_000);
      expect(sent.icmp).toBeGreaterThan(1_000);
    },
    5 * MINUTE,
  );

  test(
    "in Catania, with gateways in the place of its own firewalls",
    async () => {
      const { sent, arrived, differences } = await proveCity(cataniaWithGateways());
      expect(differences).toEqual([]);
      expect(arrived).toBeGreaterThan(500);
      expect(sent.tcp).toBeGreaterThan(20_000);
    },
    5 * MINUTE,
  );
});
