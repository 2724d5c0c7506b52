import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import { DataVsphereVirtualMachine } from "@cdktf/provider-vsphere/lib/data-vsphere-virtual-machine";
import { VirtualMachine } from "@cdktf/provider-vsphere/lib/virtual-machine";
import type { VirtualMachineConfig } from "@cdktf/provider-vsphere/lib/virtual-machine";
import type { App } from "cdktf";
import { definitionOf } from "../environments/seats/definition";
import type { DeployedCity } from "../environments/model/city";
import { shardsOf } from "../environments/seats/seats";
import { CityStack } from "../stacks/city-stack";
import type { DesktopsStackProps } from "../stacks/desktops-stack";
import { FoundationStack } from "../stacks/foundation-stack";
import { NetworkStack } from "../stacks/network-stack";
import { SecretsStack } from "../stacks/secrets-stack";

/** The same stacks with one construct for each seat, for comparison. */
export function declarePerSeat(app: App, city: DeployedCity): void {
  const common = { city, deployment: {} };
  const foundation = new FoundationStack(app, common);
  const network = new NetworkStack(app, { ...common, tags: foundation.tags });
  new SecretsStack(app, common);
  for (const pool of city.pools) {
    for (const shard of shardsOf(city, pool)) new PerSeatStack(app, { ...common, pool, shard, foundation, network });
  }
}

class PerSeatStack extends CityStack {
  public constructor(app: App, props: Omit<DesktopsStackProps, "assignments">) {
    super(app, `desktops-${props.pool.name}-${String(props.shard.number)}`, props);
    this.useVsphere();
    const config = this.machine(props, this.datacenter());
    for (const seat of props.shard.seats) new VirtualMachine(this, seat, { ...config, name: seat });
  }

  private machine(
    { pool, foundation, network }: Pick<DesktopsStackProps, "pool" | "foundation" | "network">,
    datacenterId: string,
  ): Omit<VirtualMachineConfig, "name"> {
    const { workstation, image, template, directorate, places } = definitionOf(this.city, pool);
    const [{ cluster, datastore }] = places;
    const container = foundation.container(pool);
    const source = new DataVsphereVirtualMachine(this, "template", { name: template.name, datacenterId });
    return {
      annotation: `${this.city.project.code}, ${directorate.name}, ${pool.assignment}`,
      guestId: image.guestId,
      firmware: image.firmware,
      efiSecureBootEnabled: workstation.secureBoot,
      numCpus: workstation.cpus,
      numCoresPerSocket: workstation.cpus,
      memory: workstation.memoryGib * 1024,
      waitForGuestNetTimeout: 0,
      waitForGuestIpTimeout: 0,
      scsiType: source.scsiType,
      folder: container.folder,
      resourcePoolId: container.resourcePoolId(cluster),
      datastoreId: new DataVsphereDatastore(this, "datastore", { name: datastore, datacenterId }).id,
      networkInterface: [{ networkId: network.networkId(pool.segment), adapterType: "vmxnet3" }],
      disk: [{ label: "disk0", size: workstation.diskGib, unitNumber: 0, thinProvisioned: true }],
      clone: { templateUuid: source.id },
      tags: foundation.tags.forDirectorate(pool.directorate),
    };
  }
}
