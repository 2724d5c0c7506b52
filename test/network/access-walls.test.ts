import { expect, test } from "@jest/globals";
import type { City } from "../../environments/model/city";
import { ANY_ADDRESS } from "../../segmentation/address";
import { probesBetween } from "../../proof/probes-between";
import { accessCityWith } from "../fixtures/access-city";
import { accessWalls, apart, fromNeighbours } from "./access-walls";
import { proveCity } from "./proved-city";
import { withGateways } from "./tried-city";

/** Porto with gateways, of which administrators and Prometheus reach the access machines too. */
function porto() {
  const city = accessCityWith();
  const more = { owner: "A", purpose: "care", ticket: "T-1", until: "2027-12-31", to: "access" };
  const flows = [
    { ...more, id: "administrators-to-access", from: "administrators", ports: ["tcp/22"] },
    { ...more, id: "monitoring-to-access", from: "management", ports: ["tcp/8405"] },
  ] as City["network"]["flows"];
  return apart({ ...city, network: { ...city.network, flows: [...city.network.flows, ...flows] } });
}

test("only what the file permits reaches an access machine, from every segment and from its neighbours, and it reaches its seats", async () => {
  const city = porto();
  const { built, own, each } = accessWalls(city);
  const { probes, differences } = await proveCity(withGateways(city), built);
  const came = probesBetween(probes, ANY_ADDRESS, own);
  expect([...came.arrived.keys()].sort()).toEqual([
    ...["administrators-to-access tcp/22", "monitoring-to-access tcp/8405"],
    ...["offices-to-access tcp/3389", "vpn-to-access tcp/3389"],
  ]);
  expect(came.refused).toBeGreaterThan(500);
  const went = probesBetween(probes, own, ANY_ADDRESS);
  expect([...went.arrived.keys()].sort()).toEqual([
    ...["access-to-names tcp/53", "access-to-names udp/53", "access-to-seats tcp/3389"],
  ]);
  expect(went.refused).toBeGreaterThan(500);
  // In their VLAN the machines' own rules stand alone: all but an echo is for the other one of the pair.
  const near = fromNeighbours(probes, own).filter((what) => !what.startsWith("icmp/"));
  expect(near).toEqual(each.map((address) => `tcp/10000 from ${address}`));
  expect(differences.filter(({ arrived }) => arrived)).toEqual([]);
  expect(differences.filter(({ path, to }) => path !== "direct" || !own.includes(to.address))).toEqual([]);
}, 60_000);
