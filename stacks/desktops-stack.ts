import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import { DataVsphereStoragePolicy } from "@cdktf/provider-vsphere/lib/data-vsphere-storage-policy";
import type { Construct } from "constructs";
import { DesktopPool, PoolPlacement } from "../constructs/desktops";
import type {
  DesktopHardwareProps,
  DesktopPlace,
  DesktopPoolProps,
  DesktopSeat,
  MachineContainer,
} from "../constructs/desktops";
import { definitionOf } from "../environments/seats/definition";
import type { Definition } from "../environments/seats/definition";
import { machinesOf } from "../environments/seats/machines";
import type { Assignment } from "../environments/model/assignment";
import type { Pool } from "../environments/model/desktops";
import type { Image } from "../environments/model/image";
import type { Workstation } from "../environments/model/workstation";
import { placeName } from "../environments/seats/places";
import { shardName } from "../environments/seats/seats";
import type { Shard } from "../environments/seats/seats";
import { desktopsPart } from "../environments/stack-names";
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
  /** Who holds which seat of the city, by the seat's name. */
  readonly assignments: ReadonlyMap<string, Assignment>;
  /** The city's folders, resource pools and tags. */
  readonly foundation: FoundationStack;
  /** The city's segments. */
  readonly network: NetworkStack;
}

/** `<city>-desktops-<pool>-<shard>`: a bounded number of machines of one pool. */
export class DesktopsStack extends CityStack {
  public constructor(scope: Construct, props: DesktopsStackProps) {
    super(scope, desktopsPart(props.pool.name, props.shard.number), props);
    this.useVsphere();
    const datacenterId = this.datacenter();
    const definition = definitionOf(this.city, props.pool);
    const pool = new DesktopPool(this, "pool", {
      seats: this.seats(props),
      removed: props.shard.removed,
      teardown: props.deployment.teardown ?? false,
      ...this.definition(props.pool, definition),
      ...this.surroundings(props, definition, datacenterId),
    });
    this.placement(props, pool, definition, datacenterId);
  }

  private seats({ pool, shard, assignments }: DesktopsStackProps): DesktopSeat[] {
    const machines = `/${this.city.platform.vsphere.datacenter}/vm`;
    return machinesOf(this.city, pool, shard, assignments).map(({ adopted, cluster, datastore, ...machine }) => ({
      ...machine,
      place: placeName({ cluster, datastore }),
      ...(adopted !== undefined && { adopted: `${machines}/${adopted}` }),
    }));
  }

  private definition(pool: Pool, { workstation, image, template, directorate }: Definition): DesktopDefinition {
    return {
      annotation: `${this.city.project.code}, ${directorate.name}, ${pool.assignment}`,
      template,
      guestId: image.guestId,
      waitForGuest: workstation.waitForGuest,
      ...(image.customization && { customization: { ...image.customization, domain: this.city.city.domain } }),
      ...this.hardware(workstation, image),
    };
  }

  private hardware(workstation: Workstation, { firmware }: Image): DesktopHardwareProps {
    const { secureBoot, tpm, cpus, memoryGib, memoryReservationGib, diskGib } = workstation;
    const { dataDiskGib, videoMemoryMib, storagePolicy } = workstation;
    const { keyProvider } = this.city.platform.vsphere;
    return {
      ...{ firmware, secureBoot, tpm, cpus, memoryGib, memoryReservationGib, diskGib },
      ...(keyProvider !== undefined && { keyProvider }),
      ...(dataDiskGib !== undefined && { dataDiskGib }),
      ...(videoMemoryMib !== undefined && { videoMemoryMib }),
      ...(storagePolicy !== undefined && { storagePolicyId: this.storagePolicyId(storagePolicy) }),
    };
  }

  private storagePolicyId(name: string): string {
    return new DataVsphereStoragePolicy(this, "storage-policy", { name }).id;
  }

  private surroundings(
    { pool, foundation, network }: DesktopsStackProps,
    { places }: Definition,
    datacenterId: string,
  ): DesktopSurroundings {
    const container = foundation.container(pool);
    return {
      datacenterId,
      folder: container.folder,
      places: this.places(places, container, datacenterId),
      networkId: network.networkId(pool.segment),
      tags: foundation.tags.forDirectorate(pool.directorate),
      holderAttributes: foundation.holderAttributes,
    };
  }

  private places(
    places: Definition["places"],
    container: MachineContainer,
    datacenterId: string,
  ): Map<string, DesktopPlace> {
    return new Map(
      places.map(({ cluster, datastore }, index) => {
        const id = index === 0 ? "datastore" : `datastore-${String(index + 1)}`;
        const { id: datastoreId } = new DataVsphereDatastore(this, id, { name: datastore, datacenterId });
        return [placeName({ cluster, datastore }), { resourcePoolId: container.resourcePoolId(cluster), datastoreId }];
      }),
    );
  }

  private placement(
    props: DesktopsStackProps,
    pool: DesktopPool,
    { places: [{ cluster }] }: Definition,
    datacenterId: string,
  ): void {
    const { hostGroup } = props.pool;
    const machines = props.shard.seats.length;
    // vSphere takes no rule on fewer than two machines, and no empty group.
    const antiAffinity = props.pool.antiAffinity && machines > 1;
    if (machines === 0 || (!antiAffinity && hostGroup === undefined)) return;
    new PoolPlacement(this, "placement", {
      pool,
      name: `${this.city.city.id}-${shardName(props.pool.name, props.shard.number)}`,
      clusterId: this.cluster(this, "cluster", cluster, datacenterId).id,
      antiAffinity,
      ...(hostGroup !== undefined && { hostGroup }),
    });
  }
}

type DesktopDefinition = Pick<
  DesktopPoolProps,
  keyof DesktopHardwareProps | "annotation" | "template" | "guestId" | "customization" | "waitForGuest"
>;
type DesktopSurroundings = Pick<
  DesktopPoolProps,
  "datacenterId" | "folder" | "places" | "networkId" | "tags" | "holderAttributes"
>;
