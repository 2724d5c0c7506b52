import type { NamedObjects, OverrideKind } from "../../vcenter/named-objects";
import type { NamedTags } from "../../vcenter/tags";

/** What a resource is to have, as its plan says; what is known after the apply only is missing. */
export type PlannedValues = Readonly<Record<string, unknown>>;

/** What stands in a city's vCenter and Vault. */
export interface Standing {
  readonly objects: NamedObjects;
  readonly tags: NamedTags;
  /** Types of Vault's mounts by their paths; those of login methods begin with `auth/`. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Those of `pathInMount` at which something is, such as `auth/milan/approle/role/anagrafe`. */
  readonly inMounts: ReadonlySet<string>;
}

/** Finds the object that a resource would make; undefined where it does not stand, or cannot be told yet. @returns the id for an import */
type Find = (standing: Standing, text: (name: string) => string) => string | undefined;

/**
 * What a create refuses where it stands already: such an object was made by a deployment that could not store it. Ids of
 * imports are those of the providers' documentation, 2.15.0 and 5.6.0. What is not here is written over, as policies and
 * other roles of Vault are, or given once more, as vCenter's permissions are. Vault's provider 5.10.1 fails to write over an AppRole's role.
 */
const FINDS: Readonly<Record<string, Find>> = {
  vsphere_folder: ({ objects }, text) => objects.folder(text("datacenter_id"), `${text("type")}/${text("path")}`),
  vsphere_resource_pool: ({ objects }, text) => objects.resourcePool(text("parent_resource_pool_id"), text("name")),
  vsphere_distributed_virtual_switch: ({ objects }, text) =>
    objects.distributedSwitch(text("datacenter_id"), text("name")),
  vsphere_distributed_port_group: ({ objects }, text) =>
    objects.portGroup(text("distributed_virtual_switch_uuid"), text("name")),
  vsphere_role: ({ objects }, text) => objects.role(text("name")),
  vsphere_custom_attribute: ({ objects }, text) => (objects.hasAttribute(text("name")) ? text("name") : undefined),
  vsphere_compute_cluster_host_group: ofCluster("group"),
  vsphere_compute_cluster_vm_group: ofCluster("group"),
  vsphere_compute_cluster_vm_host_rule: ofCluster("rule"),
  vsphere_compute_cluster_vm_anti_affinity_rule: ofCluster("rule"),
  vsphere_ha_vm_override: override("das"),
  vsphere_drs_vm_override: override("drs"),
  vsphere_tag_category: ({ tags }, text) =>
    [...tags.categories.values()].includes(text("name")) ? text("name") : undefined,
  vsphere_tag: ({ tags }, text) => {
    const category = tags.categories.get(text("category_id"));
    if (category === undefined || tags.tags.get(text("category_id"))?.has(text("name")) !== true) return undefined;
    return JSON.stringify({ category_name: category, tag_name: text("name") });
  },
  vault_mount: ({ mounts }, text) => (mounts[text("path")] === text("type") ? text("path") : undefined),
  vault_auth_backend: method,
  vault_jwt_auth_backend: method,
  vault_ldap_auth_backend: (standing, text) => method(standing, (name) => (name === "type" ? "ldap" : text(name))),
  vault_ssh_secret_backend_ca: ({ inMounts }, text) =>
    inMounts.has(sshKeyPath(text("backend"))) ? text("backend") : undefined,
  vault_approle_auth_backend_role: ({ inMounts }, text) => {
    const path = rolePath(text("backend"), text("role_name"));
    return inMounts.has(path) ? path : undefined;
  },
};

function ofCluster(kind: "group" | "rule"): Find {
  return ({ objects }, text) => {
    const path = objects.clusterWith(kind, text("compute_cluster_id"), text("name"));
    return path && JSON.stringify({ compute_cluster_path: path, name: text("name") });
  };
}

function override(kind: OverrideKind): Find {
  return ({ objects }, text) => {
    const paths = objects.override(kind, text("compute_cluster_id"), text("virtual_machine_id"));
    return paths && JSON.stringify({ compute_cluster_path: paths.cluster, virtual_machine_path: paths.machine });
  };
}

function method({ mounts }: Standing, text: (name: string) => string): string | undefined {
  return mounts[`auth/${text("path")}`] === text("type") ? text("path") : undefined;
}

function sshKeyPath(backend: string): string {
  return `${backend}/config/ca`;
}

function rolePath(backend: string, name: string): string {
  return `auth/${backend}/role/${name}`;
}

/** Where Vault is asked for what a mount may have; undefined of all else, and where it is known after the apply only. */
export function pathInMount(type: string, { backend, role_name: role }: PlannedValues): string | undefined {
  if (typeof backend !== "string") return undefined;
  if (type === "vault_ssh_secret_backend_ca") return sshKeyPath(backend);
  return type === "vault_approle_auth_backend_role" && typeof role === "string" ? rolePath(backend, role) : undefined;
}

/** Whether an object of this type may stand in the way of its own creation. */
export function mayStand(type: string): boolean {
  return type in FINDS;
}

/** The id with which the object that a resource would make is imported; undefined where it does not stand, or that cannot be told yet. */
export function importId(type: string, values: PlannedValues, standing: Standing): string | undefined {
  const text = (name: string): string => (typeof values[name] === "string" ? values[name] : "");
  return FINDS[type]?.(standing, text);
}
