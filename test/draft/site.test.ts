import { describe, expect, test } from "@jest/globals";
import { isOpen, siteOf } from "../../draft/site";
import type { Choice } from "../../draft/site";
import { foundHost, foundInventory, foundMachine } from "../fixtures/found-inventory";

const WHOLE = foundInventory();
const TWO = { ...WHOLE, datacenters: ["Ragusa", "Modica"] };

function chosen(choice: Choice, inventory = WHOLE): string[] | string {
  const site = siteOf(inventory, choice);
  return isOpen(site) ? `${site.of}: ${site.options.join(", ")}` : site.clusters.map(({ name }) => name);
}

describe("the part of an inventory that is meant", () => {
  const second = foundHost("esx-b1.comune.ragusa.example", { cluster: "server" });
  const clusters = [...WHOLE.clusters, { name: "server", datacenter: "Ragusa", drs: true }];
  const withServers = { ...WHOLE, clusters, hosts: [...WHOLE.hosts, second] };

  test("of two datacenters is open until one is named", () => {
    expect(chosen({}, TWO)).toBe("datacenter: Ragusa, Modica");
    expect(chosen({ datacenter: "Ragusa" }, TWO)).toEqual(["produzione"]);
    expect(() => chosen({ datacenter: "Catania" }, TWO)).toThrow(
      '--datacenter: there is no datacenter "Catania"; there is "Ragusa", "Modica"',
    );
  });

  test("is the clusters with desktops; without desktops they are open", () => {
    expect(chosen({}, withServers)).toEqual(["produzione"]);
    expect(chosen({}, { ...withServers, machines: [] })).toBe("cluster: produzione, server");
    expect(chosen({ clusters: ["server"] }, withServers)).toEqual(["server"]);
  });

  test("is the switch that desktops are connected to, of several that all hosts joined", () => {
    const [own] = WHOLE.switches;
    const switches = own === undefined ? [] : [{ ...own, name: "dvs-server" }, own];
    const site = siteOf({ ...WHOLE, switches }, {});
    expect(isOpen(site) ? site : site.switch?.name).toBe("dvs-comune");
    const nobody = { ...WHOLE, switches, machines: [foundMachine("SRV", { guestId: "debian12_64Guest" })] };
    expect(chosen({}, nobody)).toBe("switch: dvs-server, dvs-comune");
  });

  test("is nothing where the login sees no cluster with hosts", () => {
    expect(() => chosen({}, { ...WHOLE, hosts: [] })).toThrow(/has no cluster with hosts/);
    expect(() => chosen({}, { ...WHOLE, datacenters: [] })).toThrow(/has no datacenter/);
  });
});
