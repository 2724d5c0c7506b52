import { Folder } from "@cdktf/provider-vsphere/lib/folder";
import { ResourcePool } from "@cdktf/provider-vsphere/lib/resource-pool";
import { Construct } from "constructs";

/** Where machines that belong together stand in vCenter's inventory. */
export interface MachineContainerProps {
  /** Name of the pool or of the gateway; names the folder and the resource pool. */
  readonly name: string;
  /** City id; begins the resource pool's name, since two cities may share a cluster. */
  readonly city: string;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** The folder that this one's folder is made in. */
  readonly parent: Folder;
  /** Managed object id of the cluster's root resource pool. */
  readonly clusterResourcePoolId: string;
  /** Ids of the tags that both carry. */
  readonly tags: readonly string[];
}

/** The folder and the resource pool of machines that belong together; they outlive every machine in them. */
export class MachineContainer extends Construct {
  /** Inventory path of the folder, relative to the datacenter's machine folder. */
  public readonly folder: string;
  /** Managed object id of the resource pool. */
  public readonly resourcePoolId: string;

  public constructor(scope: Construct, id: string, props: MachineContainerProps) {
    super(scope, id);
    const folder = new Folder(this, "folder", {
      path: `${props.parent.path}/${props.name}`,
      type: "vm",
      datacenterId: props.datacenterId,
      tags: [...props.tags],
    });
    const resourcePool = new ResourcePool(this, "resource-pool", {
      name: `${props.city}-${props.name}`,
      parentResourcePoolId: props.clusterResourcePoolId,
      tags: [...props.tags],
    });
    this.folder = folder.path;
    this.resourcePoolId = resourcePool.id;
  }
}
