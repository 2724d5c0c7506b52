import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { loadCities } from "../../environments/load";
import type { DeclaredCity } from "../../environments/model/city";
import { cityGateways, gatewayStacks } from "../../cli/gateways/city-gateways";
import { deployed } from "../fixtures/deployed";
import { sampleCity } from "../fixtures/sample-city";
import type { Synthesized } from "../fixtures/synthesized";
import { twoPairs } from "../fixtures/two-pairs";
import { synthesizedCity, synthesizedDependencies, synthesizedText } from "../fixtures/synthesized-city";

function gatewayCity(): DeclaredCity {
  const [city] = loadCities([join(__dirname, "../fixtures/gateway.yaml")]);
  if (city === undefined) throw new Error("the fixture is no city");
  return city;
}

/** The same city with a second cluster for the second gateway. */
function apartCity(): DeclaredCity {
  const city = gatewayCity();
  const { platform, network } = city;
  const [cluster] = platform.clusters;
  if (cluster === undefined || network.gateway === undefined) throw new Error("the fixture has no gateways");
  const other = { ...cluster, name: "other", hosts: ["esx-3.piccola.example"] };
  return {
    ...city,
    platform: {
      ...platform,
      clusters: [cluster, other],
      datastores: [...platform.datastores, { name: "other", cluster: "other", overcommit: 1, linkedShare: 1 }],
    },
    network: { ...network, gateway: { ...network.gateway, clusters: [cluster.name, "other"] } },
  };
}

const machineSchema = z.object({
  folder: z.string(),
  resource_pool_id: z.string(),
  network_interface: z.array(z.object({ mac_address: z.string() })),
});

/** What is looked at of the one machine of a stack. */
function machine(stack: Synthesized | undefined): { macs: string[]; place: string } {
  const found = machineSchema.parse(stack?.resource("vsphere_virtual_machine"));
  return {
    macs: found.network_interface.map(({ mac_address }) => mac_address),
    place: `${found.folder} ${found.resource_pool_id}`,
  };
}

function changedStacks(before: DeclaredCity, after: DeclaredCity): string[] {
  const [old, now] = [synthesizedText(before), synthesizedText(after)];
  return [...now.keys()].filter((name) => old.get(name) !== now.get(name)).sort();
}

describe("a city with gateways", () => {
  test("has a stack for each, and one without has none", () => {
    const gateways = (city: DeclaredCity) =>
      [...synthesizedCity(city).keys()].filter((name) => name.includes("-gateway-"));
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

  test("is started before all others after a host's failure, and DRS does not move it while it runs", () => {
    const stacks = synthesizedCity(gatewayCity());
    for (const name of ["piccola-gateway-a", "piccola-gateway-b"]) {
      const own = {
        compute_cluster_id: "${data.vsphere_compute_cluster.cluster.id}",
        virtual_machine_id: expect.stringMatching(/^\$\{vsphere_virtual_machine\.gateway_machine_[0-9A-F]{8}\.id\}$/),
      };
      const stack = stacks.get(name);
      expect(stack?.resource("vsphere_ha_vm_override")).toMatchObject({ ...own, ha_vm_restart_priority: "highest" });
      expect(stack?.resource("vsphere_drs_vm_override")).toMatchObject({
        ...own,
        drs_enabled: true,
        drs_automation_level: "partiallyAutomated",
      });
    }
  });

  test("is as its cluster says where the file leaves that to the cluster", () => {
    const city = gatewayCity();
    const { network } = city;
    const as = { restartPriority: "cluster", automationLevel: "cluster" } as const;
    const gateway = network.gateway && { ...network.gateway, ...as };
    const stacks = synthesizedCity({ ...city, network: { ...network, gateway } });
    for (const type of ["vsphere_ha_vm_override", "vsphere_drs_vm_override"])
      expect(stacks.get("piccola-gateway-a")?.resources(type)).toEqual([]);
  });

  test("needs no such rule in two clusters, and even there makes the second after the first", () => {
    const stacks = synthesizedCity(apartCity());
    const rules = stacks.get("piccola-gateway-b")?.resources("vsphere_compute_cluster_vm_anti_affinity_rule");
    expect(rules).toEqual([]);
    const after = (name: string) => synthesizedDependencies(apartCity()).get(name);
    expect(after("piccola-gateway-a")).toEqual(["piccola-foundation", "piccola-network"]);
    expect(after("piccola-gateway-b")).toEqual(["piccola-foundation", "piccola-gateway-a", "piccola-network"]);
    expect(after("piccola-desktops-anagrafe-01")).toEqual(["piccola-foundation", "piccola-network"]);
  });

  test("gives each its own MAC addresses, and its own folder and resource pool", () => {
    const stacks = synthesizedCity(gatewayCity());
    const [a, b] = ["a", "b"].map((letter) => machine(stacks.get(`piccola-gateway-${letter}`)));
    const macs = [...(a?.macs ?? []), ...(b?.macs ?? [])];
    expect(new Set(macs).size).toBe(12);
    expect([a?.place, b?.place]).toEqual([
      expect.stringMatching(/gateway-a.*gateway-a/),
      expect.stringMatching(/gateway-b.*gateway-b/),
    ]);
  });

  test("connects each to one port group a VLAN, of a private VLAN to the promiscuous one", () => {
    const machine = synthesizedCity(gatewayCity()).get("piccola-gateway-a")?.resource("vsphere_virtual_machine");
    expect(machine?.network_interface).toHaveLength(6);
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

describe("a city with two pairs of gateways", () => {
  const PAIRS = ["piccola-gateway-a", "piccola-gateway-b", "piccola-gateway-teams-a", "piccola-gateway-teams-b"];

  test("has a stack for each, one after the other, and asks them in that order", () => {
    const after = (name: string) => synthesizedDependencies(twoPairs()).get(name);
    expect(gatewayStacks(deployed(twoPairs()))).toEqual(PAIRS);
    expect(after("piccola-gateway-b")).toContain("piccola-gateway-a");
    expect(after("piccola-gateway-teams-a")).toEqual(["piccola-foundation", "piccola-gateway-b", "piccola-network"]);
    expect(after("piccola-gateway-teams-b")).toContain("piccola-gateway-teams-a");
  });

  test("loads rules in each with the other of its own pair as its peer", () => {
    const login = { server: "vcenter.piccola.example", user: "user", password: "none" };
    const found = cityGateways(deployed(twoPairs()), login).map(({ gateway, peer }) => [gateway.name, peer.name]);
    const [a, b, teamsA, teamsB] = PAIRS;
    expect(found).toEqual([
      [a, b],
      [b, a],
      [teamsA, teamsB],
      [teamsB, teamsA],
    ]);
  });

  test("gives each its own MAC addresses and the legs of its pair, and keeps only the two of a pair apart", () => {
    const stacks = synthesizedCity(twoPairs());
    const macs = PAIRS.map((name) => machine(stacks.get(name)).macs);
    expect(macs.map(({ length }) => length)).toEqual([4, 4, 4, 4]);
    expect(new Set(macs.flat()).size).toBe(16);
    const apart = (name: string) =>
      stacks
        .get(name)
        ?.resources("vsphere_compute_cluster_vm_anti_affinity_rule")
        .map((rule) => rule.name);
    expect(PAIRS.map(apart)).toEqual([[], ["piccola-gateways-apart"], [], ["piccola-gateways-teams-apart"]]);
  });

  test("changes only the pairs between whose segments a flow goes", () => {
    const city = twoPairs();
    const [flow] = city.network.flows;
    if (flow === undefined) throw new Error("the fixture has no flow");
    const changed = (from: string, to: string) => {
      const another = { ...flow, id: "another", from, to, ports: ["tcp/9"] };
      return changedStacks(city, { ...city, network: { ...city.network, flows: [...city.network.flows, another] } });
    };
    expect(changed("isolated", "portal")).toEqual(PAIRS.slice(0, 2));
    expect(changed("team", "other-team")).toEqual(PAIRS.slice(2));
    expect(changed("team", "portal")).toEqual(PAIRS);
  });
});
