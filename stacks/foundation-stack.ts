import { ComputeClusterHostGroup } from "@cdktf/provider-vsphere/lib/compute-cluster-host-group";
import type { DataVsphereComputeCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-compute-cluster";
import { DataVsphereHost } from "@cdktf/provider-vsphere/lib/data-vsphere-host";
import { Folder } from "@cdktf/provider-vsphere/lib/folder";
import { Construct } from "constructs";
import { HolderAttributes, MachineContainer, ProjectTags } from "../constructs/desktops";
import { SupportPermissions, SupportRole } from "../constructs/support";
import { entry } from "../constructs/entry";
import { gatewayPart } from "../environments/network/gateway-plan";
import type { Pool } from "../environments/model/desktops";
import { MEMBERS } from "../segmentation/gateway";
import type { Member } from "../segmentation/gateway";
import { CityStack } from "./city-stack";
import type { CityStackProps } from "./city-stack";

/** `<city>-foundation`: what outlives every machine: tags, folders, resource pools, host groups, support roles. */
export class FoundationStack extends CityStack {
  /** The project's tags. */
  public readonly tags: ProjectTags;
  /** The custom attributes for who has a machine. */
  public readonly holderAttributes: HolderAttributes;
  private readonly pools: ReadonlyMap<string, MachineContainer>;
  private readonly gateways: ReadonlyMap<string, MachineContainer>;
  private readonly datacenterId: string;

  public constructor(scope: Construct, props: CityStackProps) {
    super(scope, "foundation", props);
    this.useVsphere();
    this.datacenterId = this.datacenter();
    const { city, project, directorates } = this.city;
    this.tags = new ProjectTags(this, "tags", {
      city: city.id,
      projectCode: project.code,
      directorates,
      ...(project.cup !== undefined && { cup: project.cup }),
    });
    this.holderAttributes = new HolderAttributes(this, "holder-attributes", { city: city.id });
    const root = this.folder(this, "folder", city.id, this.tags.project);
    const clusterResourcePoolIds = this.clusterResourcePoolIds();
    this.pools = this.poolContainers(root, clusterResourcePoolIds);
    this.gateways = this.gatewayContainers(root, clusterResourcePoolIds);
    this.supportRoles(root);
  }

  /** Where the machines of a pool stand. */
  public container(pool: Pool): MachineContainer {
    return entry(this.pools, pool.name, this);
  }

  /** Where a gateway stands. */
  public gatewayContainer(member: Member): MachineContainer {
    return entry(this.gateways, gatewayPart(member), this);
  }

  private folder(scope: Construct, id: string, path: string, tags: readonly string[]): Folder {
    return new Folder(scope, id, { path, type: "vm", datacenterId: this.datacenterId, tags: [...tags] });
  }

  private clusterResourcePoolIds(): Map<string, string> {
    const scope = new Construct(this, "clusters");
    return new Map(
      this.city.platform.clusters.map((cluster) => {
        const data = this.cluster(scope, cluster.name, cluster.name, this.datacenterId);
        for (const { name, hosts } of cluster.hostGroups) this.hostGroup(data, name, hosts);
        return [cluster.name, data.resourcePoolId];
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

  private poolContainers(
    root: Folder,
    clusterResourcePoolIds: ReadonlyMap<string, string>,
  ): Map<string, MachineContainer> {
    const folders = this.directorateFolders(root);
    const scope = new Construct(this, "pools");
    return new Map(
      this.city.pools.map((pool) => [
        pool.name,
        new MachineContainer(scope, pool.name, {
          city: this.city.city.id,
          name: pool.name,
          datacenterId: this.datacenterId,
          parent: entry(folders, pool.directorate, scope),
          clusterResourcePoolIds,
          tags: this.tags.forDirectorate(pool.directorate),
        }),
      ]),
    );
  }

  private gatewayContainers(
    parent: Folder,
    clusterResourcePoolIds: ReadonlyMap<string, string>,
  ): Map<string, MachineContainer> {
    const scope = new Construct(this, "gateways");
    const { gateway } = this.city.network;
    if (gateway === undefined) return new Map();
    return new Map(
      MEMBERS.map((member) => {
        const name = gatewayPart(member);
        const container = new MachineContainer(scope, name, {
          city: this.city.city.id,
          name,
          datacenterId: this.datacenterId,
          parent,
          clusterResourcePoolIds,
          tags: this.tags.project,
        });
        return [name, container];
      }),
    );
  }

  private directorateFolders(root: Folder): Map<string, Folder> {
    const scope = new Construct(this, "directorates");
    return new Map(
      this.city.directorates.map(({ id }) => [
        id,
        this.folder(scope, id, `${root.path}/${id}`, this.tags.forDirectorate(id)),
      ]),
    );
  }

  private supportRoles(root: Folder): void {
    const scope = new Construct(this, "support");
    const roles = this.city.support.roles.map(
      ({ name, group, may }) => new SupportRole(scope, name, { name: `${this.city.city.id}-${name}`, group, may }),
    );
    if (roles.length > 0) new SupportPermissions(scope, "permissions", { folderId: root.id, roles });
  }
}
