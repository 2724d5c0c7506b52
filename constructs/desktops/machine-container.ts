import { Folder } from "@cdktf/provider-vsphere/lib/folder";
import { ResourcePool } from "@cdktf/provider-vsphere/lib/resource-pool";
import type { ResourcePoolConfig } from "@cdktf/provider-vsphere/lib/resource-pool";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { entry } from "../entry";
import { LEFT_TO_OTHERS } from "../others-attributes";
import { resourceShares } from "./resource-shares";
import type { MachineTotals } from "./resource-shares";

/** A folder of machines: a resource or a data source of the vSphere provider. */
export interface IFolder {
  /** Inventory path, relative to the datacenter's machine folder. */
  readonly path: string;
}

/** The folder and resource pools of machines that belong together. */
export interface MachineContainerProps {
  /** Name of the pool or gateway; used for the folder and the resource pools. */
  readonly name: string;
  /** City id; prefix of the resource pools' names, since two cities may share a cluster. */
  readonly city: string;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** The parent folder. */
  readonly parent: IFolder;
  /** Managed object ids of the clusters' root resource pools, by cluster. */
  readonly clusterResourcePoolIds: ReadonlyMap<string, string>;
  /**
   * What its machines have together in each cluster, which the resource pools' shares follow. @default - the level normal,
   * also in a cluster that is not named
   */
  readonly machines?: ReadonlyMap<string, MachineTotals> | undefined;
  /** Ids of the tags of the folder and the resource pools. */
  readonly tags: readonly string[];
}

/**
 * The folder and the resource pools of machines that belong together; they outlive the machines. Each cluster has a
 * resource pool, since a resource pool cannot move to another cluster but machines can.
 */
export class MachineContainer extends Construct {
  /** Inventory path of the folder, relative to the datacenter's machine folder. */
  public readonly folder: string;
  /** Managed object id of the folder. */
  public readonly folderId: string;
  private readonly resourcePools: ReadonlyMap<string, ResourcePool>;

  public constructor(scope: Construct, id: string, props: MachineContainerProps) {
    super(scope, id);
    const folder = new Folder(this, "folder", {
      path: `${props.parent.path}/${props.name}`,
      type: "vm",
      datacenterId: props.datacenterId,
      tags: [...props.tags],
      lifecycle: { ignoreChanges: LEFT_TO_OTHERS },
    });
    this.folder = folder.path;
    this.folderId = folder.id;
    const pools = new Construct(this, "resource-pools");
    this.resourcePools = new Map(
      [...props.clusterResourcePoolIds].map(([cluster, parentResourcePoolId]) => [
        cluster,
        new ResourcePool(pools, cluster, {
          name: `${props.city}-${props.name}`,
          parentResourcePoolId,
          ...sharesIn(props, cluster),
          tags: [...props.tags],
          lifecycle: { ignoreChanges: LEFT_TO_OTHERS },
        }),
      ]),
    );
  }

  /** Managed object ids of the resource pools, by cluster. */
  public get resourcePoolIds(): ReadonlyMap<string, string> {
    return new Map([...this.resourcePools].map(([cluster, { id }]) => [cluster, id]));
  }

  /**
   * Managed object id of the resource pool in a cluster. The expression contains every cluster's, so that the ids of
   * all are exported to other stacks, whose machines may move to another cluster later: cdktf exports what is referred
   * to.
   * @throws ValidationError for an unknown cluster
   */
  public resourcePoolId(cluster: string): string {
    entry(this.resourcePools, cluster, this);
    const ids = [...this.resourcePools].map(([name, { id }]) => [inQuotes(name), id]);
    return Token.asString(Fn.lookup(Object.fromEntries(ids), inQuotes(cluster)));
  }
}

function sharesIn({ machines }: MachineContainerProps, cluster: string): Partial<ResourcePoolConfig> {
  const totals = machines?.get(cluster);
  return totals === undefined ? {} : resourceShares(totals);
}

/**
 * cdktf 0.21 writes a map's keys into an expression without escapes, also the looked-up one: Terraform's escapes are
 * JSON's.
 */
function inQuotes(key: string): string {
  return JSON.stringify(key).slice(1, -1);
}
