import { Folder } from "@cdktf/provider-vsphere/lib/folder";
import { ResourcePool } from "@cdktf/provider-vsphere/lib/resource-pool";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { entry } from "../entry";

/** A folder of machines, whoever made it: a resource or a data source of vSphere's provider. */
export interface IFolder {
  /** Inventory path, relative to the datacenter's machine folder. */
  readonly path: string;
}

/** Where machines that belong together stand in vCenter's inventory. */
export interface MachineContainerProps {
  /** Name of the pool or of the gateway; names the folder and the resource pool. */
  readonly name: string;
  /** City id; begins the resource pool's name, since two cities may share a cluster. */
  readonly city: string;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** The folder that this one's folder is made in. */
  readonly parent: IFolder;
  /** Managed object ids of the clusters' root resource pools, by the cluster's name. */
  readonly clusterResourcePoolIds: ReadonlyMap<string, string>;
  /** Ids of the tags that both carry. */
  readonly tags: readonly string[];
}

/**
 * The folder and the resource pools of machines that belong together; they outlive every machine in them. There is a
 * resource pool in each cluster, since one cannot go to another cluster: so machines can, with nothing made or lost.
 */
export class MachineContainer extends Construct {
  /** Inventory path of the folder, relative to the datacenter's machine folder. */
  public readonly folder: string;
  private readonly resourcePools: ReadonlyMap<string, ResourcePool>;

  public constructor(scope: Construct, id: string, props: MachineContainerProps) {
    super(scope, id);
    const folder = new Folder(this, "folder", {
      path: `${props.parent.path}/${props.name}`,
      type: "vm",
      datacenterId: props.datacenterId,
      tags: [...props.tags],
    });
    this.folder = folder.path;
    const pools = new Construct(this, "resource-pools");
    this.resourcePools = new Map(
      [...props.clusterResourcePoolIds].map(([cluster, parentResourcePoolId]) => [
        cluster,
        new ResourcePool(pools, cluster, {
          name: `${props.city}-${props.name}`,
          parentResourcePoolId,
          tags: [...props.tags],
        }),
      ]),
    );
  }

  /**
   * Managed object id of the resource pool in a cluster. The expression names every cluster's, so that another stack, whose
   * machines may go to another cluster one day, has all their ids in advance: cdktf exports what is referred to.
   * @throws ValidationError when the container has none there
   */
  public resourcePoolId(cluster: string): string {
    entry(this.resourcePools, cluster, this);
    const ids = [...this.resourcePools].map(([name, { id }]) => [inQuotes(name), id]);
    return Token.asString(Fn.lookup(Object.fromEntries(ids), inQuotes(cluster)));
  }
}

/** cdktf 0.21 writes a map's keys into an expression as they are, also the one that is looked up: Terraform's escapes are JSON's. */
function inQuotes(key: string): string {
  return JSON.stringify(key).slice(1, -1);
}
