import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { loadCities } from "../../environments/load";
import type { City } from "../../environments/model/city";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedCity, synthesizedText } from "../fixtures/synthesized-city";

function gatewayCity(): City {
  const [city] = loadCities([join(__dirname, "../fixtures/gateway.yaml")]);
  if (city === undefined) throw new Error("the fixture is no city");
  return city;
}

function changedStacks(before: City, after: City): string[] {
  const [old, now] = [synthesizedText(before), synthesizedText(after)];
  return [...now.keys()].filter((name) => old.get(name) !== now.get(name)).sort();
}

describe("a city with gateways", () => {
  test("has a stack for each, and one without has none", () => {
    const gateways = (city: City) => [...synthesizedCity(city).keys()].filter((name) => name.includes("-gateway-"));
    expect(gateways(gatewayCity()).sort()).toEqual(["piccola-gateway-a", "piccola-gateway-b"]);
    expect(gateways(sampleCity())).toEqual([]);
  });

  test("keeps both on different hosts where they share a cluster, by a rule in the second's stack", () => {
    const stacks = synthesizedCity(gatewayCity());
    const rules = (name: string) => stacks.get(name)?.resources("vsphere_compute_cluster_vm_anti_affinity_rule");
    expect(rules("piccola-gateway-a")).toEqual([]);
    expect(rules("piccola-gateway-b")).toEqual([
      expect.objectContaining({
        name: "piccola-gateways-apart",
        mandatory: true,
        virtual_machine_ids: expect.anything(),
      }),
    ]);
  });

  test("connects each to one port group a VLAN, of a private VLAN to the promiscuous one", () => {
    const machine = synthesizedCity(gatewayCity()).get("piccola-gateway-a")?.resource("vsphere_virtual_machine");
    expect(machine?.network_interface).toHaveLength(4);
    expect(JSON.stringify(machine?.network_interface)).toContain("router");
  });

  test("changes both gateways' stacks, and no other, with a flow", () => {
    const city = gatewayCity();
    const [flow] = city.network.flows;
    if (flow === undefined) throw new Error("the fixture has no flow");
    const network = { ...city.network, flows: [...city.network.flows, { ...flow, id: "another", ports: ["tcp/443"] }] };
    expect(changedStacks(city, { ...city, network })).toEqual(["piccola-gateway-a", "piccola-gateway-b"]);
  });

  test("changes just these when its emergency becomes active", () => {
    const city = gatewayCity();
    const active = { ...city, emergency: { ...city.emergency, active: true } };
    expect(changedStacks(city, active)).toEqual(["piccola-gateway-a", "piccola-gateway-b"]);
  });
});
