import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-edits";
import { brokenWith, milanBreaking, milanWith } from "../../fixtures/city-files";

/** A rule, an edit that breaks it, and the line that says so. */
const DANGLING: [rule: string, edit: Edit, line: string][] = [
  [
    "pool-directorate",
    { "pools.educazione.directorate": "educazoine" },
    'pools[name=educazione].directorate: "educazoine" names no directorate; allowed: ' +
      '"servizi-civici", "educazione", "tecnica", "polizia-locale" or "risorse-umane"; repair: write "educazione"',
  ],
  [
    "pool-workstation",
    { "pools.tecnica.workstation": "cat" },
    'pools[name=tecnica].workstation: "cat" names no workstation; allowed: "office", "cad" or ' +
      '"light"; repair: write "cad"',
  ],
  [
    "pool-image-version",
    { "pools.smart-working.imageVersion": "2026.12" },
    'pools[name=smart-working].imageVersion: "2026.12" names no version of the image "linux-light"; ' +
      'allowed: "2026.10" or "2026.11"; repair: write "2026.10"',
  ],
  [
    "pool-cluster",
    { "pools.tecnica.cluster": "turin", "pools.tecnica.hostGroup": undefined },
    'pools[name=tecnica].cluster: "turin" names no cluster; allowed: "milano-vdi-a" or ' +
      '"milano-vdi-b"; repair: choose one of them or declare it in platform.clusters',
  ],
  [
    "pool-datastore",
    { "pools.anagrafe.+datastore": "vsan-vdi-b" },
    'pools[name=anagrafe].datastore: "vsan-vdi-b" names no datastore of the cluster "milano-vdi-a"; ' +
      'allowed: "vsan-vdi-a"; repair: write "vsan-vdi-a"',
  ],
  [
    "pool-segment",
    { "pools.anagrafe.segment": "desktop-anagrafe" },
    'pools[name=anagrafe].segment: "desktop-anagrafe" names no segment for machines; allowed: ' +
      '"desktops-smart-working", "desktops-anagrafe", "desktops-educazione", "desktops-polizia-locale", ' +
      '"desktops-sala-operativa" or "desktops-tecnica"; repair: write "desktops-anagrafe"',
  ],
  [
    "pool-host-group",
    { "pools.tecnica.hostGroup": "gpus" },
    'pools[name=tecnica].hostGroup: "gpus" names no host group of the cluster "milano-vdi-a"; ' +
      'allowed: "gpu"; repair: write "gpu"',
  ],
  [
    "datastore-cluster",
    { "platform.datastores.vsan-vdi-b": { name: "vsan-vdi-c", cluster: "milano-vdi-c" } },
    'platform.datastores[name=vsan-vdi-c].cluster: "milano-vdi-c" names no cluster; allowed: ' +
      '"milano-vdi-a" or "milano-vdi-b"; repair: write "milano-vdi-a"',
  ],
  [
    "host-group-hosts",
    {
      'platform.clusters.milano-vdi-a.hostGroups.gpu.hosts."esx-a11.comune.milano.example"':
        "esx-b11.comune.milano.example",
    },
    "platform.clusters[name=milano-vdi-a].hostGroups[name=gpu].hosts[2]: " +
      '"esx-b11.comune.milano.example" names no host of the cluster "milano-vdi-a"; allowed: ' +
      '"esx-a01.comune.milano.example", "esx-a02.comune.milano.example", "esx-a03.comune.milano.example", ' +
      '"esx-a04.comune.milano.example", "esx-a05.comune.milano.example", "esx-a06.comune.milano.example", ' +
      '"esx-a07.comune.milano.example", "esx-a08.comune.milano.example", "esx-a09.comune.milano.example", ' +
      '"esx-a10.comune.milano.example", "esx-a11.comune.milano.example" or "esx-a12.comune.milano.example"; ' +
      'repair: write "esx-a11.comune.milano.example"',
  ],
  [
    "pool-application",
    { "pools.anagrafe.applications": ["registry", "videoconferenza"] },
    'pools[name=anagrafe].applications[1]: "videoconferenza" names no application; allowed: "videoconference" or ' +
      '"registry"; repair: write "videoconference"',
  ],
  [
    "pool-application",
    { "workstations.light.+applications": ["registri"] },
    'workstations.light.applications[0]: "registri" names no application; allowed: "videoconference" or "registry"; ' +
      'repair: write "registry"',
  ],
  [
    "service-segment",
    { "network.services.access-gateways.segment": "acces" },
    'network.services[name=access-gateways].segment: "acces" names no segment; allowed: "gateway-smart-working", ' +
      '"desktops-smart-working", "gateway-anagrafe", "desktops-anagrafe", "gateway-educazione", ' +
      '"desktops-educazione", "gateway-polizia-locale", "desktops-polizia-locale", "gateway-sala-operativa", ' +
      '"desktops-sala-operativa", "gateway-tecnica", "desktops-tecnica" and 5 more; repair: write "access"',
  ],
  [
    "workstation-image",
    { "workstations.cad.image": "windows" },
    'workstations.cad.image: "windows" names no image; allowed: "windows-office", "windows-drawing" or "linux-light"; ' +
      "repair: choose one of them or declare it in images",
  ],
];

describe("a reference", () => {
  test.each(DANGLING)("that leads nowhere is refused by %s, with the nearest name", (rule, edit, line) => {
    expect(milanWith(edit)).toContain(line);
    expect(brokenWith(edit)).toContain(rule);
  });

  test("is right where what it names is declared", () => {
    expect(milanWith({ "pools.anagrafe.+datastore": "vsan-vdi-a" })).toEqual([]);
  });

  test("of a pool to an external segment is refused: there is no port group to connect machines to", () => {
    expect(milanWith({ "pools.anagrafe.segment": "databases" })).toEqual([
      'pools[name=anagrafe].segment: the segment "databases" is external; allowed: "desktops-smart-working", ' +
        '"desktops-anagrafe", "desktops-educazione", "desktops-polizia-locale", "desktops-sala-operativa" or ' +
        '"desktops-tecnica"; repair: choose one of them or declare it in network.segments',
    ]);
  });

  test("of a pool to a promiscuous segment is refused: a desktop there would reach every isolated one", () => {
    expect(milanWith({ "pools.sala-operativa.segment": "gateway-tecnica" })).toEqual([
      expect.stringContaining(
        'pools[name=sala-operativa].segment: the segment "gateway-tecnica" is promiscuous; allowed: ',
      ),
    ]);
  });

  test("of a pool to a segment of another zone is refused: what is said of zone:desktops would not hold of it", () => {
    expect(milanWith({ "pools.sala-operativa.segment": "management" })).toEqual([
      expect.stringContaining(
        'pools[name=sala-operativa].segment: the segment "management" is of the zone management; allowed: ',
      ),
    ]);
  });

  test("to a name that every JavaScript object has is refused as any other", () => {
    expect(milanWith({ "pools.tecnica.workstation": "constructor" })).toEqual([
      expect.stringContaining('"constructor" names no workstation'),
    ]);
    expect(milanWith({ "workstations.cad.image": "constructor" })).toEqual([
      expect.stringContaining('"constructor" names no image'),
    ]);
  });
});

describe("a cluster that pools run in", () => {
  const unused: Edit = { "platform.datastores.vsan-vdi-b": undefined };
  const gateways: Edit = { "network.gateway.clusters": ["milano-vdi-a", "milano-vdi-a"] };

  test("needs a datastore", () => {
    expect(milanWith(unused, gateways)).toEqual([
      'platform.clusters[name=milano-vdi-b]: the cluster "milano-vdi-b" has no datastore; allowed: a ' +
        "cluster that pools or hosted seats run in has at least one datastore; repair: declare a datastore of this cluster in " +
        "platform.datastores, or move its pools",
    ]);
  });

  test("is not asked for one where no pool runs in it", () => {
    const moved: Edit = { "pools.educazione.cluster": "milano-vdi-a", "pools.smart-working.cluster": "milano-vdi-a" };
    expect(milanBreaking("cluster-datastore", unused, gateways, moved)).toEqual([]);
  });
});
