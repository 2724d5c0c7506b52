import { DataVsphereComputeCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-compute-cluster";
import { DataVsphereDatacenter } from "@cdktf/provider-vsphere/lib/data-vsphere-datacenter";
import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import { Folder } from "@cdktf/provider-vsphere/lib/folder";
import { VsphereProvider } from "@cdktf/provider-vsphere/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  DesktopPool,
  DistributedSwitch,
  HolderAttributes,
  MachineContainer,
  NetworkSegment,
  ProjectTags,
} from "../../constructs";
import type { DesktopSeat } from "../../constructs";

const ID = "lettura";
const CLUSTER = "milano-vdi-a";
/** Every host of the cluster: a machine can start only on a host that joined its switch. */
const HOSTS = Array.from(
  { length: 12 },
  (_, index) => `esx-a${String(index + 1).padStart(2, "0")}.comune.milano.example`,
);
const TEMPLATE = { name: "ubuntu-light-2026-11" };
const PLACE = "shelf";

/**
 * Desktops for a library's reading room, from constructs alone, without a city's file. Everything that they need is
 * looked up or created here; the provider reads vCenter's address and the login from VSPHERE_SERVER, VSPHERE_USER and
 * VSPHERE_PASSWORD.
 */
export class ReadingRoomStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const provider = new VsphereProvider(this, "vsphere", { user: "", password: "" });
    // The bindings require both; null means "not set" in Terraform.
    provider.addOverride("user", null);
    provider.addOverride("password", null);
    const { id: datacenterId } = new DataVsphereDatacenter(this, "datacenter", { name: "Milano" });
    const tags = new ProjectTags(this, "tags", {
      city: ID,
      projectCode: "LIB-2026",
      directorates: [{ id: "biblioteche", name: "Biblioteche" }],
    }).forDirectorate("biblioteche");
    const container = this.container(datacenterId, tags);
    new DesktopPool(this, "desktops", {
      seats: [1, 2].map(seat),
      removed: [],
      template: TEMPLATE,
      annotation: "Reading room",
      guestId: "ubuntu64Guest",
      waitForGuest: false,
      ...{ firmware: "efi", secureBoot: true, cpus: 2, memoryGib: 4, diskGib: 32 },
      datacenterId,
      folder: container.folder,
      places: new Map([
        [PLACE, { resourcePoolId: container.resourcePoolId(CLUSTER), datastoreId: this.datastoreId(datacenterId) }],
      ]),
      networkId: this.networkId(datacenterId),
      tags,
      holderAttributes: new HolderAttributes(this, "holder-attributes", { city: ID }),
    });
  }

  private container(datacenterId: string, tags: readonly string[]): MachineContainer {
    const parent = new Folder(this, "folder", { path: ID, type: "vm", datacenterId });
    const { resourcePoolId } = new DataVsphereComputeCluster(this, "cluster", { name: CLUSTER, datacenterId });
    return new MachineContainer(this, "container", {
      name: "reading-room",
      city: ID,
      datacenterId,
      parent,
      clusterResourcePoolIds: new Map([[CLUSTER, resourcePoolId]]),
      tags,
    });
  }

  private datastoreId(datacenterId: string): string {
    return new DataVsphereDatastore(this, "datastore", { name: "vsan-vdi-a", datacenterId }).id;
  }

  private networkId(datacenterId: string): string {
    const ownSwitch = new DistributedSwitch(this, "switch", {
      name: "dvs-reading-room",
      datacenterId,
      hosts: HOSTS,
      adapters: ["vmnic2"],
      mtu: 1500,
    });
    return new NetworkSegment(this, "segment", {
      name: "reading-room",
      description: "Desktops of the reading room",
      switch: ownSwitch,
      vlan: 3990,
    }).networkId;
  }
}

/** A floating seat: it belongs to nobody, and its machine is replaced with its template. */
function seat(number: number): DesktopSeat {
  return { name: `let-000${String(number)}`, template: TEMPLATE, place: PLACE, persistent: false };
}
