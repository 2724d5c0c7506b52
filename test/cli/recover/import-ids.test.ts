import { expect, test } from "@jest/globals";
import { importId, mayStand, pathInMount } from "../../../cli/recover/import-ids";
import type { PlannedValues, Standing } from "../../../cli/recover/import-ids";
import { ManagedObject } from "../../../vcenter/managed-object";
import { NamedObjects } from "../../../vcenter/named-objects";
import { Places } from "../../../vcenter/places";
import { parseXml } from "../../../vcenter/xml";

function object(type: string, id: string, properties: Readonly<Record<string, string>>): ManagedObject {
  const sets = Object.entries(properties).map(
    ([name, value]) => `<propSet><name>${name}</name><val>${value}</val></propSet>`,
  );
  return ManagedObject.of(parseXml(`<objects><obj type="${type}">${id}</obj>${sets.join("")}</objects>`));
}

/** Two datacenters, one of them in a folder, each with a city's folder. */
const OBJECTS = [
  object("Folder", "group-1", { name: "Comuni", parent: "root" }),
  object("Datacenter", "dc-1", { name: "Milano", parent: "group-1" }),
  object("Folder", "vm-1", { name: "vm", parent: "dc-1" }),
  object("Folder", "city-1", { name: "milan", parent: "vm-1" }),
  object("Folder", "host-1", { name: "host", parent: "dc-1" }),
  object("Folder", "network-1", { name: "network", parent: "dc-1" }),
  object("Datacenter", "dc-2", { name: "Altrove", parent: "root" }),
  object("ClusterComputeResource", "cluster-1", {
    ...{ name: "vdi-a", parent: "host-1" },
    configurationEx:
      "<group><name>gpu</name></group><group><name>cpu</name></group><rule><name>milan-apart</name></rule>" +
      "<dasVmConfig><key>vm-7</key></dasVmConfig><drsVmConfig><key>vm-8</key></drsVmConfig>",
  }),
  object("VirtualMachine", "vm-7", { name: "milan-gateway-a", parent: "city-1", "config.uuid": "42 a" }),
  object("ResourcePool", "root-1", { name: "Resources", parent: "cluster-1" }),
  object("ResourcePool", "pool-1", { name: "milan-anagrafe", parent: "root-1" }),
  object("VmwareDistributedVirtualSwitch", "dvs-1", { name: "dvs-vdi", parent: "network-1", uuid: "50 1f" }),
  object("DistributedVirtualPortgroup", "group-9", {
    ...{ name: "desktops", parent: "network-1", "config.distributedVirtualSwitch": "dvs-1" },
  }),
  object("AuthorizationManager", "AuthorizationManager", {
    roleList: "<AuthorizationRole><roleId>107</roleId><name>milan-help-desk</name></AuthorizationRole>",
  }),
  object("CustomFieldsManager", "CustomFieldsManager", {
    field: "<CustomFieldDef><key>3</key><name>milan-holder-staff</name></CustomFieldDef>",
  }),
];

const STANDING: Standing = {
  objects: new NamedObjects(OBJECTS, new Places(OBJECTS)),
  tags: { categories: new Map([["category-1", "milan-cup"]]), tags: new Map([["category-1", new Set(["B41"])]]) },
  mounts: { "milan/kv": "kv", "auth/milan/ci": "jwt", "auth/milan/people": "ldap", "milan/ssh": "ssh" },
  inMounts: new Set(["milan/ssh/config/ca", "auth/milan/approle/role/anagrafe"]),
};

test.each<[string, PlannedValues, string]>([
  ["vsphere_folder", { datacenter_id: "dc-1", type: "vm", path: "milan" }, "/Comuni/Milano/vm/milan"],
  [
    "vsphere_resource_pool",
    { parent_resource_pool_id: "root-1", name: "milan-anagrafe" },
    "/Comuni/Milano/host/vdi-a/Resources/milan-anagrafe",
  ],
  ["vsphere_distributed_virtual_switch", { datacenter_id: "dc-1", name: "dvs-vdi" }, "/Comuni/Milano/network/dvs-vdi"],
  [
    "vsphere_distributed_port_group",
    { distributed_virtual_switch_uuid: "50 1f", name: "desktops" },
    "/Comuni/Milano/network/desktops",
  ],
  ["vsphere_role", { name: "milan-help-desk" }, "107"],
  ["vsphere_custom_attribute", { name: "milan-holder-staff" }, "milan-holder-staff"],
  [
    "vsphere_compute_cluster_host_group",
    { compute_cluster_id: "cluster-1", name: "gpu" },
    '{"compute_cluster_path":"/Comuni/Milano/host/vdi-a","name":"gpu"}',
  ],
  [
    "vsphere_compute_cluster_vm_anti_affinity_rule",
    { compute_cluster_id: "cluster-1", name: "milan-apart" },
    '{"compute_cluster_path":"/Comuni/Milano/host/vdi-a","name":"milan-apart"}',
  ],
  [
    "vsphere_ha_vm_override",
    { compute_cluster_id: "cluster-1", virtual_machine_id: "42 a" },
    '{"compute_cluster_path":"/Comuni/Milano/host/vdi-a","virtual_machine_path":"/Comuni/Milano/vm/milan/milan-gateway-a"}',
  ],
  ["vsphere_tag_category", { name: "milan-cup" }, "milan-cup"],
  ["vsphere_tag", { category_id: "category-1", name: "B41" }, '{"category_name":"milan-cup","tag_name":"B41"}'],
  ["vault_mount", { path: "milan/kv", type: "kv" }, "milan/kv"],
  ["vault_jwt_auth_backend", { path: "milan/ci", type: "jwt" }, "milan/ci"],
  ["vault_ldap_auth_backend", { path: "milan/people" }, "milan/people"],
  ["vault_ssh_secret_backend_ca", { backend: "milan/ssh" }, "milan/ssh"],
  [
    "vault_approle_auth_backend_role",
    { backend: "milan/approle", role_name: "anagrafe" },
    "auth/milan/approle/role/anagrafe",
  ],
])("%s that stands is imported by the provider's id", (type, values, id) => {
  expect(importId(type, values, STANDING)).toBe(id);
});

test.each<[string, string, PlannedValues]>([
  ["of another datacenter", "vsphere_folder", { datacenter_id: "dc-2", type: "vm", path: "milan" }],
  ["whose parent is not known yet", "vsphere_resource_pool", { name: "milan-anagrafe" }],
  ["of another switch", "vsphere_distributed_port_group", { distributed_virtual_switch_uuid: "7", name: "desktops" }],
  ["of another datacenter", "vsphere_distributed_virtual_switch", { datacenter_id: "dc-2", name: "dvs-vdi" }],
  ["of no cluster's", "vsphere_compute_cluster_host_group", { compute_cluster_id: "cluster-1", name: "tpu" }],
  ["of another machine", "vsphere_drs_vm_override", { compute_cluster_id: "cluster-1", virtual_machine_id: "42 a" }],
  ["whose category is not known yet", "vsphere_tag", { name: "B41" }],
  ["of another type", "vault_mount", { path: "milan/kv", type: "pki" }],
  ["that is a mount, and no login method", "vault_auth_backend", { path: "milan/kv", type: "kv" }],
  ["without a key", "vault_ssh_secret_backend_ca", { backend: "milan/kv" }],
  ["of another pool", "vault_approle_auth_backend_role", { backend: "milan/approle", role_name: "tecnica" }],
  ["that is written over", "vault_policy", { name: "milan-ci" }],
])("what is %s stands in the way of nothing: %s", (_what, type, values) => {
  expect(importId(type, values, STANDING)).toBeUndefined();
});

test("what a create writes over, or gives once more, is not looked for", () => {
  for (const type of ["vault_policy", "vault_jwt_auth_backend_role", "vsphere_entity_permissions"])
    expect(mayStand(type)).toBe(false);
});

test("what a mount may have is asked for once its mount is known", () => {
  expect(pathInMount("vault_ssh_secret_backend_ca", { backend: "milan/ssh" })).toBe("milan/ssh/config/ca");
  expect(pathInMount("vault_approle_auth_backend_role", { role_name: "anagrafe" })).toBeUndefined();
  expect(pathInMount("vault_jwt_auth_backend_role", { backend: "milan/ci", role_name: "plan" })).toBeUndefined();
});

test.each<[string, boolean]>([
  ["city-1", true],
  ["city-2", false],
  ["dc-1", false],
])("a folder with the id %s is there: %s", (id, isThere) => {
  expect(STANDING.objects.has("Folder", id)).toBe(isThere);
});

test("an object of a type that is not read is not said to be gone", () => {
  expect(STANDING.objects.has("HostSystem", "host-99")).toBe(true);
  expect([STANDING.objects.hasMachine("42 a"), STANDING.objects.hasMachine("42 b")]).toEqual([true, false]);
  expect([STANDING.objects.hasAttribute("3", "key"), STANDING.objects.hasAttribute("4", "key")]).toEqual([true, false]);
  expect(STANDING.objects.hasSwitch("50 1f")).toBe(true);
  expect(STANDING.objects.hasSwitch("7")).toBe(false);
});

test("a machine of which vCenter knows nothing just now is not said to be gone, nor is anything that a login does not see", () => {
  const unreached = [...OBJECTS, object("VirtualMachine", "vm-9", { name: "milan-gateway-b", parent: "city-1" })];
  expect(new NamedObjects(unreached, new Places(unreached)).hasMachine("42 b")).toBe(true);
  expect([STANDING.objects.isSeen, new NamedObjects([], new Places([])).isSeen]).toEqual([true, false]);
});
