import { ComputeClusterHostGroup } from "@cdktf/provider-vsphere/lib/compute-cluster-host-group";
import type { DataVsphereComputeCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-compute-cluster";
import { DataVsphereDatastoreCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore-cluster";
import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import { DataVsphereHost } from "@cdktf/provider-vsphere/lib/data-vsphere-host";
import { Folder } from "@cdktf/provider-vsphere/lib/folder";
import { Construct } from "constructs";
import { HolderAttributes, MachineContainer, ProjectTags } from "../constructs/desktops";
import type { MachineContainerProps } from "../constructs/desktops";
import type { PermissionObject } from "../constructs/support";
import { entry } from "../constructs/entry";
import { LEFT_TO_OTHERS } from "../constructs/others-attributes";
import { cityFolder } from "../environments/folder-names";
import { CityStack } from "./city-stack";
import type { CityStackProps } from "./city-stack";
import type { CityPlan } from "./plans/city-plan";
import type { PlannedPermissions } from "./plans/support-plan";
import { declareSupport } from "./support-permissions";

/** `<city>-foundation`: tags, folders, resource pools, host groups and support roles, which exist longer than any machine. */
export class FoundationStack extends CityStack {
  /** The project's tags. */
  public readonly tags: ProjectTags;
  /** The custom attributes that say who has a machine; undefined where no seat may have a holder. */
  public readonly holderAttributes: HolderAttributes | undefined;
  private readonly machines: ReadonlyMap<string, MachineContainer>;
  private readonly datacenterId: string;
  private readonly root: Folder;
  private readonly directorates: ReadonlyMap<string, Folder>;
  private readonly clusters: ReadonlyMap<string, DataVsphereComputeCluster>;

  public constructor(scope: Construct, props: CityStackProps) {
    super(scope, "foundation", props);
    this.useVsphere();
    this.datacenterId = this.datacenter();
    const { city, project, directorates } = this.city;
    this.tags = new ProjectTags(this, "tags", {
      city: city.id,
      projectCode: project?.code,
      directorates,
      cup: project?.cup,
    });
    if (props.plan.hasHolders)
      this.holderAttributes = new HolderAttributes(this, "holder-attributes", { city: city.id });
    this.root = this.folder(this, "folder", cityFolder(this.city), this.tags.project);
    this.clusters = this.hostedClusters();
    this.directorates = this.directorateFolders();
    this.machines = this.containers(props.plan);
    declareSupport(this, props.plan.support.foundation, (object, scope) => this.objectsOf(object, scope));
  }

  /** The folder and resource pools of a pool or of a gateway, by its name. */
  public container(name: string): MachineContainer {
    return entry(this.machines, name, this);
  }

  private folder(scope: Construct, id: string, path: string, tags: readonly string[]): Folder {
    const lifecycle = { ignoreChanges: LEFT_TO_OTHERS };
    return new Folder(scope, id, { path, type: "vm", datacenterId: this.datacenterId, tags: [...tags], lifecycle });
  }

  private hostedClusters(): Map<string, DataVsphereComputeCluster> {
    const scope = new Construct(this, "clusters");
    return new Map(
      this.city.platform.clusters.map((cluster) => {
        const data = this.cluster(scope, cluster.name, cluster.name, this.datacenterId);
        for (const { name, hosts } of cluster.hostGroups) this.hostGroup(data, name, hosts);
        return [cluster.name, data];
      }),
    );
  }

  private hostGroup(cluster: DataVsphereComputeCluster, name: string, hosts: readonly string[]): void {
    const scope = new Construct(cluster, `host-group-${name}`);
    const ids = hosts.map(
      (host) => new DataVsphereHost(scope, host, { name: host, datacenterId: this.datacenterId }).id,
    );
    new ComputeClusterHostGroup(scope, "group", { name, computeClusterId: cluster.id, hostSystemIds: ids });
  }

  private containers({ gateways, access, machines }: CityPlan): Map<string, MachineContainer> {
    const common = {
      city: this.city.city.id,
      datacenterId: this.datacenterId,
      clusterResourcePoolIds: new Map([...this.clusters].map(([name, { resourcePoolId }]) => [name, resourcePoolId])),
    };
    const made = (scope: Construct, props: Pick<MachineContainerProps, "name" | "parent" | "tags">) =>
      [
        props.name,
        new MachineContainer(scope, props.name, { ...common, ...props, machines: machines.get(props.name) }),
      ] as const;
    const inPools = new Construct(this, "pools");
    const inGateways = new Construct(this, "gateways");
    return new Map([
      ...this.city.pools.map((pool) => {
        const { name, directorate } = pool;
        const parent = directorate === undefined ? this.root : entry(this.directorates, directorate, this);
        return made(inPools, { name, parent, tags: this.tags.forDirectorate(directorate) });
      }),
      ...[...gateways, ...access].map(({ part }) =>
        made(inGateways, { name: part, parent: this.root, tags: this.tags.project }),
      ),
    ]);
  }

  private directorateFolders(): Map<string, Folder> {
    const scope = new Construct(this, "directorates");
    return new Map(
      this.city.directorates.map(({ id }) => [
        id,
        this.folder(scope, id, `${this.root.path}/${id}`, this.tags.forDirectorate(id)),
      ]),
    );
  }

  private objectsOf({ kind, name }: PlannedPermissions["object"], scope: Construct): [string, PermissionObject][] {
    const only = (type: PermissionObject["type"], id: string): [string, PermissionObject][] => [[name, { type, id }]];
    switch (kind) {
      case "city":
        return only("Folder", this.root.id);
      case "directorate":
        return only("Folder", entry(this.directorates, name, this).id);
      case "container":
        return only("Folder", this.container(name).folderId);
      case "resource-pool":
        return [...this.container(name).resourcePoolIds].map(([cluster, id]) => [
          `${name}.${cluster}`,
          { type: "ResourcePool", id },
        ]);
      case "datastore":
        return only("Datastore", new DataVsphereDatastore(scope, `${name}.data`, this.storage(name)).id);
      case "storage-cluster":
        return only("StoragePod", new DataVsphereDatastoreCluster(scope, `${name}.data`, this.storage(name)).id);
      case "cluster":
        return only("ClusterComputeResource", entry(this.clusters, name, this).id);
      case "port-group":
        throw new Error(`the foundation has no port group ${name}`);
    }
  }

  private storage(name: string): { name: string; datacenterId: string } {
    return { name, datacenterId: this.datacenterId };
  }
}
