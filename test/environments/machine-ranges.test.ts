import { describe, expect, test } from "@jest/globals";
import { machinesOf } from "../../environments/network/address-plan";
import { loadCities } from "../../environments/load";
import { withEmergencies } from "../../environments/seats/hosting";
import { addressOf, addressText, rangeOf } from "../../segmentation/address";
import { intervals } from "../../segmentation/intervals";
import { gatewayRanges, poolRanges } from "../../environments/secrets/machine-ranges";
import { CITY_FILES } from "../fixtures/city-files";

/** An address of the segment desktops-anagrafe by its number in it. */
function hostOf(number: number): string {
  return addressText(addressOf("10.21.32.0") + BigInt(number));
}

const [milan] = loadCities(CITY_FILES);
if (milan === undefined) throw new Error("Milan is not there");

describe("the ranges from which Vault sees machines", () => {
  test("are those of the pool's segment, of both families", () => {
    expect(poolRanges(milan, { segment: "desktops-anagrafe" })).toEqual(["10.21.32.0/21"]);
    expect(poolRanges(milan, { segment: "desktops-sala-operativa" })).toEqual(["10.21.80.0/26", "fd21:6110:80::/64"]);
  });

  test("are there for every pool that is deployed, in an emergency too", () => {
    const cities = withEmergencies(loadCities(CITY_FILES));
    const pools = cities.flatMap((city) => city.pools.map((pool) => ({ city, pool })));
    expect(pools.length).toBeGreaterThan(10);
    expect(pools.filter(({ city, pool }) => poolRanges(city, pool).length === 0)).toEqual([]);
  });

  test("are a gateway's own addresses", () => {
    const ranges = gatewayRanges(milan);
    expect(ranges).toEqual(expect.arrayContaining(["10.21.100.2/31", "fd21:6110:100::2/127", "10.21.32.2/31"]));
    expect(ranges.filter((range) => !/\/(?:31|127)$/.test(range))).toEqual([]);
    expect(new Set(ranges).size).toBe(ranges.length);
  });

  test("are no desktop's among a gateway's, wherever its router stands", () => {
    for (const router of [1, 2, 3, 2045, 2046]) {
      const segments = milan.network.segments.map((segment) =>
        segment.name === "desktops-anagrafe" ? { ...segment, gateway: hostOf(router) } : segment,
      );
      const city = { ...milan, network: { ...milan.network, segments } };
      const opened = intervals(gatewayRanges(city).map(rangeOf));
      for (const segment of segments) expect(opened.intersect(machinesOf(city, segment)).list).toEqual([]);
    }
  });

  test("are what the file says where something translates addresses", () => {
    const city = { ...milan, secrets: { ...milan.secrets, machinesSeenFrom: ["10.20.0.5/24", "fd21:6110:0::/48"] } };
    for (const ranges of [poolRanges(city, { segment: "desktops-anagrafe" }), gatewayRanges(city)]) {
      expect(ranges).toEqual(["10.20.0.0/24", "fd21:6110::/48"]);
    }
  });

  test("may be a load balancer's single address, which Vault tells without its length", () => {
    const machinesSeenFrom = ["10.20.0.6/32", "10.20.0.5/32", "fd21:6110::5/128", "10.20.0.6/32"];
    const city = { ...milan, secrets: { ...milan.secrets, machinesSeenFrom } };
    expect(gatewayRanges(city)).toEqual(["10.20.0.5", "10.20.0.6", "fd21:6110::5"]);
  });
});
