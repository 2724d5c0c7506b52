import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import { DataVsphereVirtualMachine } from "@cdktf/provider-vsphere/lib/data-vsphere-virtual-machine";
import { VirtualMachine } from "@cdktf/provider-vsphere/lib/virtual-machine";
import type { VirtualMachineConfig } from "@cdktf/provider-vsphere/lib/virtual-machine";
import type { App } from "cdktf";
import type { DeployedCity } from "../environments/model/city";
import { CityStack } from "../stacks/city-stack";
import type { DesktopsStackProps } from "../stacks/desktops-stack";
import { FoundationStack } from "../stacks/foundation-stack";
import { NetworkStack } from "../stacks/network-stack";
import { cityPlan } from "../stacks/plans/city-plan";
import { SecretsStack } from "../stacks/secrets-stack";

/** The same stacks, of the same plan, with one construct for each seat, for comparison. */
export function declarePerSeat(app: App, city: DeployedCity): void {
  const plan = cityPlan(city);
  const common = { plan, deployment: {} };
  const foundation = new FoundationStack(app, common);
  const network = new NetworkStack(app, { ...common, tags: foundation.tags });
  if (plan.secrets !== undefined) new SecretsStack(app, { ...common, secrets: plan.secrets });
  for (const pool of plan.pools) {
    for (const shard of pool.shards) new PerSeatStack(app, { ...common, pool, shard, foundation, network });
  }
}

class PerSeatStack extends CityStack {
  public constructor(app: App, props: DesktopsStackProps) {
    super(app, props.shard.part, props);
    this.useVsphere();
    const config = this.machine(props, this.datacenter());
    for (const { name } of props.shard.seats) new VirtualMachine(this, name, { ...config, name });
  }

  private machine(
    { pool: plan, foundation, network }: DesktopsStackProps,
    datacenterId: string,
  ): Omit<VirtualMachineConfig, "name"> {
    const { pool, machine, places } = plan;
    const [{ cluster, datastore }] = places;
    const container = foundation.container(pool.name);
    const source = new DataVsphereVirtualMachine(this, "template", { name: machine.template.name, datacenterId });
    return {
      annotation: machine.annotation,
      guestId: machine.guestId,
      firmware: machine.firmware,
      efiSecureBootEnabled: machine.secureBoot,
      numCpus: machine.cpus,
      numCoresPerSocket: machine.cpus,
      memory: machine.memoryGib * 1024,
      waitForGuestNetTimeout: 0,
      waitForGuestIpTimeout: 0,
      scsiType: source.scsiType,
      folder: container.folder,
      resourcePoolId: container.resourcePoolId(cluster),
      datastoreId: new DataVsphereDatastore(this, "datastore", { name: datastore, datacenterId }).id,
      networkInterface: [{ networkId: network.networkId(pool.segment), adapterType: "vmxnet3" }],
      disk: [{ label: "disk0", size: machine.diskGib, unitNumber: 0, thinProvisioned: true }],
      clone: { templateUuid: source.id },
      tags: foundation.tags.forDirectorate(pool.directorate),
    };
  }
}
