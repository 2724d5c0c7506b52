import { Folder } from "@cdktf/provider-vsphere/lib/folder";
import { ResourcePool } from "@cdktf/provider-vsphere/lib/resource-pool";
import { Construct } from "constructs";

/** Where the machines of a pool stand in vCenter's inventory. */
export interface PoolContainerProps {
  /** Name of the pool; names the folder and the resource pool. */
  readonly pool: string;
  /** City id; begins the resource pool's name, since two cities may share a cluster. */
  readonly city: string;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** The folder that the pool's folder is made in. */
  readonly parent: Folder;
  /** Managed object id of the cluster's root resource pool. */
  readonly clusterResourcePoolId: string;
  /** Ids of the tags that both carry. */
  readonly tags: readonly string[];
}

/** The folder and the resource pool of one desktop pool; they outlive every machine in them. */
export class PoolContainer extends Construct {
  /** Inventory path of the folder, relative to the datacenter's machine folder. */
  public readonly folder: string;
  /** Managed object id of the resource pool. */
  public readonly resourcePoolId: string;

  public constructor(scope: Construct, id: string, props: PoolContainerProps) {
    super(scope, id);
    const folder = new Folder(this, "folder", {
      path: `${props.parent.path}/${props.pool}`,
      type: "vm",
      datacenterId: props.datacenterId,
      tags: [...props.tags],
    });
    const resourcePool = new ResourcePool(this, "resource-pool", {
      name: `${props.city}-${props.pool}`,
      parentResourcePoolId: props.clusterResourcePoolId,
      tags: [...props.tags],
    });
    this.folder = folder.path;
    this.resourcePoolId = resourcePool.id;
  }
}
