import { DataVsphereDatastoreCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore-cluster";
import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import { DataVsphereStoragePolicy } from "@cdktf/provider-vsphere/lib/data-vsphere-storage-policy";
import type { Construct } from "constructs";
import { DesktopPool, PoolPlacement } from "../constructs/desktops";
import type { DesktopPlace, MachineContainer } from "../constructs/desktops";
import { CityStack } from "./city-stack";
import type { CityStackProps } from "./city-stack";
import { knowsVbs } from "./deployment";
import type { FoundationStack } from "./foundation-stack";
import type { NetworkStack } from "./network-stack";
import type { DesktopsPlan, DesktopsShard } from "./plans/desktops-plan";

/** One shard of one pool, and the stacks that it refers to. */
export interface DesktopsStackProps extends CityStackProps {
  /** The pool. */
  readonly pool: DesktopsPlan;
  /** The shard. */
  readonly shard: DesktopsShard;
  /** The city's folders, resource pools and tags. */
  readonly foundation: FoundationStack;
  /** The city's segments. */
  readonly network: NetworkStack;
}

/** `<city>-desktops-<pool>-<shard>`: a bounded number of machines of one pool. */
export class DesktopsStack extends CityStack {
  public constructor(scope: Construct, props: DesktopsStackProps) {
    super(scope, props.shard.part, props);
    this.useVsphere();
    const { pool: plan, shard, foundation, network, deployment } = props;
    const { name, segment, directorate } = plan.pool;
    const datacenterId = this.datacenter();
    const container = foundation.container(name);
    const pool = new DesktopPool(this, "pool", {
      ...plan.machine,
      seats: shard.seats,
      removed: shard.removed,
      teardown: deployment.teardown ?? false,
      knowsVbs: knowsVbs(deployment),
      storagePolicyId: this.storagePolicyId(plan.storagePolicy),
      datacenterId,
      folder: container.folder,
      places: this.places(plan, container, datacenterId),
      networkId: network.networkId(segment),
      tags: foundation.tags.forDirectorate(directorate),
      holderAttributes: foundation.holderAttributes,
    });
    this.placement(shard, pool, datacenterId);
  }

  private storagePolicyId(name: string | undefined): string | undefined {
    return name === undefined ? undefined : new DataVsphereStoragePolicy(this, "storage-policy", { name }).id;
  }

  private places(
    { places }: DesktopsPlan,
    container: MachineContainer,
    datacenterId: string,
  ): Map<string, DesktopPlace> {
    return new Map(
      places.map(({ name: place, cluster, datastore: name, isStorageCluster }, index) => {
        const id = index === 0 ? "datastore" : `datastore-${String(index + 1)}`;
        const storage = isStorageCluster
          ? { datastoreClusterId: new DataVsphereDatastoreCluster(this, id, { name, datacenterId }).id }
          : { datastoreId: new DataVsphereDatastore(this, id, { name, datacenterId }).id };
        return [place, { resourcePoolId: container.resourcePoolId(cluster), ...storage }];
      }),
    );
  }

  private placement({ placement }: DesktopsShard, pool: DesktopPool, datacenterId: string): void {
    if (placement === undefined) return;
    const { cluster, ...rules } = placement;
    const clusterId = this.cluster(this, "cluster", cluster, datacenterId).id;
    new PoolPlacement(this, "placement", { ...rules, pool, clusterId });
  }
}
