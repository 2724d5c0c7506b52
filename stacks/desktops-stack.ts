import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import type { Construct } from "constructs";
import { DesktopPool } from "../constructs/desktops/desktop-pool";
import type { DesktopPoolProps } from "../constructs/desktops/desktop-pool";
import { PoolPlacement } from "../constructs/desktops/pool-placement";
import { definitionOf } from "../environments/definition";
import type { Pool } from "../environments/model/desktops";
import type { Shard } from "../environments/seats";
import { CityStack } from "./city-stack";
import type { CityStackProps } from "./city-stack";
import type { FoundationStack } from "./foundation-stack";
import type { NetworkStack } from "./network-stack";

/** One shard of one pool, and what it stands on. */
export interface DesktopsStackProps extends CityStackProps {
  /** The pool. */
  readonly pool: Pool;
  /** The shard's number and seats. */
  readonly shard: Shard;
  /** The city's folders, resource pools and tags. */
  readonly foundation: FoundationStack;
  /** The city's segments. */
  readonly network: NetworkStack;
}

/** `<city>-desktops-<pool>-<shard>`: a bounded number of machines of one pool. */
export class DesktopsStack extends CityStack {
  public constructor(scope: Construct, props: DesktopsStackProps) {
    super(scope, `desktops-${shardName(props)}`, props);
    this.useVsphere();
    const datacenterId = this.datacenter();
    const machines = new DesktopPool(this, "pool", {
      seats: props.shard.seats,
      ...this.definition(props.pool),
      ...this.surroundings(props, datacenterId),
    });
    this.placement(props, machines, datacenterId);
  }

  private definition(pool: Pool): DesktopDefinition {
    const { workstation, image, template, directorate } = definitionOf(this.city, pool);
    return {
      annotation: `${this.city.project.code}, ${directorate.name}, ${pool.assignment}`,
      template,
      guestId: image.guestId,
      firmware: image.firmware,
      secureBoot: workstation.secureBoot,
      cpus: workstation.cpus,
      memoryGib: workstation.memoryGib,
      diskGib: workstation.diskGib,
      waitForGuest: workstation.waitForGuest,
    };
  }

  private surroundings({ pool, foundation, network }: DesktopsStackProps, datacenterId: string): DesktopSurroundings {
    const { folder, resourcePoolId } = foundation.container(pool);
    const name = pool.datastore ?? this.city.platform.datastores.find(({ cluster }) => cluster === pool.cluster)?.name;
    if (name === undefined) throw new Error(`${this.node.path}: no datastore for cluster ${pool.cluster}`);
    return {
      datacenterId,
      folder,
      resourcePoolId,
      datastoreId: new DataVsphereDatastore(this, "datastore", { name, datacenterId }).id,
      networkId: network.networkId(pool.segment),
      tags: foundation.tags.forDirectorate(pool.directorate),
    };
  }

  private placement(props: DesktopsStackProps, machines: DesktopPool, datacenterId: string): void {
    const { antiAffinity, hostGroup, cluster } = props.pool;
    if (!antiAffinity && hostGroup === undefined) return;
    new PoolPlacement(this, "placement", {
      pool: machines,
      name: `${this.city.city.id}-${shardName(props)}`,
      clusterId: this.cluster(this, "cluster", cluster, datacenterId).id,
      antiAffinity,
      ...(hostGroup !== undefined && { hostGroup }),
    });
  }
}

type DesktopDefinition = Pick<
  DesktopPoolProps,
  "annotation" | "template" | "guestId" | "firmware" | "secureBoot" | "cpus" | "memoryGib" | "diskGib" | "waitForGuest"
>;
type DesktopSurroundings = Pick<
  DesktopPoolProps,
  "datacenterId" | "folder" | "resourcePoolId" | "datastoreId" | "networkId" | "tags"
>;

/** Two digits, so that a listing of stacks is in order; 9,999 seats in stacks of 250 make 40. */
function shardName({ pool, shard }: DesktopsStackProps): string {
  return `${pool.name}-${String(shard.number).padStart(2, "0")}`;
}
