import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { city, proveCity } from "../network/proved-city";
import { withGateways } from "../network/tried-city";

const MINUTE = 60_000;
const CATANIA = join(__dirname, "../../environments/catania.yaml");
const MILAN = join(__dirname, "../../environments/milan.yaml");

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
      const { sent, arrived, differences } = await proveCity(withGateways(city(CATANIA)));
      expect(differences).toEqual([]);
      expect(arrived).toBeGreaterThan(500);
      expect(sent.tcp).toBeGreaterThan(20_000);
    },
    5 * MINUTE,
  );
});
