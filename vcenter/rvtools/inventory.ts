import type { FoundCluster, FoundDatastore, FoundHost, FoundPortGroup, FoundSwitch, Inventory } from "../inventory";
import type { FoundStorageCluster } from "../storage-cluster";
import type { Export } from "./export";
import { machinesOf } from "./machines";
import type { Row } from "./table";

const MIB_PER_GIB = 1024;

/** The inventory of what RVTools exported; it has no private VLANs, which RVTools does not tell. */
export function rvtoolsInventory(sheet: Export): Inventory {
  const hosts = sheet("vHost").rows.map((row) => host(row, sheet));
  const datacenterOf = new Map(hosts.map(({ name, datacenter }) => [name, datacenter]));
  const [source] = sheet("vSource").rows;
  return {
    version: textOr(source?.text("Version")),
    server: textOr(source?.text("VI SDK Server") ?? sheet("vInfo").rows[0]?.text("VI SDK Server")),
    datacenters: unique([
      ...hosts.map(({ datacenter }) => datacenter),
      ...sheet("vInfo").rows.map((row) => row.text("Datacenter")),
    ]),
    clusters: clusters(hosts, sheet),
    hosts,
    datastores: sheet("vDatastore").rows.map((row) => datastore(row, datacenterOf)),
    storageClusters: storageClusters(sheet, datacenterOf),
    switches: sheet("dvSwitch").rows.map(distributedSwitch),
    portGroups: portGroups(sheet),
    machines: machinesOf(sheet),
  };
}

function textOr(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== "");
}

function clusters(hosts: readonly FoundHost[], sheet: Export): FoundCluster[] {
  const rows = new Map(sheet("vCluster").rows.map((row) => [row.text("Name"), row]));
  return unique(hosts.map(({ cluster }) => cluster)).map((name) => ({
    name,
    datacenter: hosts.find(({ cluster }) => cluster === name)?.datacenter ?? "",
    drs: rows.get(name)?.is("DRS enabled") ?? true,
  }));
}

function host(row: Row, sheet: Export): FoundHost {
  const name = row.text("Host");
  const own = (rows: readonly Row[]): Row[] => rows.filter((other) => other.text("Host") === name);
  return {
    ...{ name, cluster: row.text("Cluster"), datacenter: row.text("Datacenter") },
    cores: row.number("# Cores"),
    memoryGib: row.number("# Memory") / MIB_PER_GIB,
    connection: "connected",
    version: /\d+(?:\.\d+)+/.exec(row.text("ESX Version"))?.[0] ?? "",
    inMaintenance: row.is("in Maintenance Mode"),
    datastores: sheet("vDatastore").rows.flatMap((other) =>
      hostsIn(other.text("Hosts")).includes(name) ? [other.text("Name")] : [],
    ),
    adapters: own(sheet("vNIC").rows).map((nic) => ({
      name: nic.text("Network Device"),
      switch: textOr(nic.text("Switch")),
      linked: nic.number("Speed") > 0,
    })),
    standardGroups: own(sheet("vPort").rows).map((group) => ({
      ...{ name: group.text("Port Group"), switch: group.text("Switch"), vlan: group.number("VLAN") },
    })),
  };
}

/** A list of hosts in one cell. */
function hostsIn(cell: string): string[] {
  return cell.split(/[,;\s]+/).filter((name) => name !== "");
}

function datastore(row: Row, datacenterOf: ReadonlyMap<string, string>): FoundDatastore {
  return {
    ...{ name: row.text("Name"), type: row.text("Type") },
    datacenter: datacenterAt(row, datacenterOf),
    capacityGib: row.number("Capacity MiB") / MIB_PER_GIB,
    freeGib: row.number("Free MiB") / MIB_PER_GIB,
  };
}

function datacenterAt(row: Row, datacenterOf: ReadonlyMap<string, string>): string {
  const [first = ""] = hostsIn(row.text("Hosts"));
  return datacenterOf.get(first) ?? "";
}

function storageClusters(sheet: Export, datacenterOf: ReadonlyMap<string, string>): FoundStorageCluster[] {
  const rows = sheet("vDatastore").rows.filter((row) => row.text("Cluster name") !== "");
  return unique(rows.map((row) => row.text("Cluster name"))).map((name) => {
    const own = rows.filter((row) => row.text("Cluster name") === name);
    const datacenter = own.map((row) => datacenterAt(row, datacenterOf)).find((one) => one !== "") ?? "";
    return { name, datacenter, drs: true, members: own.map((row) => row.text("Name")) };
  });
}

function distributedSwitch(row: Row): FoundSwitch {
  return {
    ...{ name: row.text("Switch"), datacenter: row.text("Datacenter"), version: row.text("Version") },
    mtu: row.number("Max MTU"),
    hosts: hostsIn(row.text("Host members")),
    privateVlans: [],
  };
}

/** Without the switches' own groups for their uplinks, which are trunks. */
function portGroups(sheet: Export): FoundPortGroup[] {
  const datacenters = new Map(sheet("dvSwitch").rows.map((row) => [row.text("Switch"), row.text("Datacenter")]));
  return sheet("dvPort").rows.flatMap((row) => {
    const [name, vlan, owner] = [row.text("Port"), row.text("VLAN"), row.text("Switch")];
    const plain = /^\d+$/.test(vlan) ? Number(vlan) : undefined;
    if (/-DVUplinks-\d+$/.test(name)) return [];
    return [{ name, switch: owner, datacenter: datacenters.get(owner) ?? "", vlan: plain }];
  });
}
