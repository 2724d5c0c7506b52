import { expect, test } from "@jest/globals";
import { handWrittenHcl } from "../../bench/hand-written-hcl";
import type { SynthesizedDesktops } from "../../bench/hand-written-hcl";

const REMOTE = "data.terraform_remote_state.cross-stack-reference-input-sample-foundation.outputs";
const STACK: SynthesizedDesktops = {
  data: {
    terraform_remote_state: { "cross-stack-reference-input-sample-foundation": { backend: "local" } },
    vsphere_datacenter: { datacenter: { "//": { metadata: {} }, name: "Campione" } },
  },
  locals: { seats_of_kept: '${{"sa-ana-0001":{"staff":"SA000001"}}}', seats_of_replaceable: "${toset([])}" },
  provider: { vsphere: [{ user: null, vsphere_server: "vcenter.campione.example" }] },
  resource: {
    vsphere_virtual_machine: {
      pool_kept_A1A88743: {
        for_each: "${local.seats_of_kept}",
        name: "${each.key}",
        folder: `\${${REMOTE}.path}`,
        resource_pool_id: `\${{"vdi-a" = ${REMOTE}.pool-a, "vdi-b" = ${REMOTE}.pool-b}["vdi-b"]}`,
        custom_attributes: { [`\${${REMOTE}.staff}`]: "${each.value.staff}" },
        tags: [`\${${REMOTE}.tag}`],
        disk: [{ label: "disk0", size: 80 }],
        lifecycle: { ignore_changes: ["clone", "disk[0].label"], prevent_destroy: true },
      },
      pool_replaceable_C56FFD60: { for_each: "${local.seats_of_replaceable}", name: "${each.key}" },
    },
  },
  terraform: { required_providers: { vsphere: { source: "vmware/vsphere", version: "1.26.0" } } },
};

test("one resource, with what other stacks made written down", () => {
  expect(handWrittenHcl(STACK, "desktops", (stack, output) => `${stack}/${output}`)).toBe(`terraform {
  required_providers {
    vsphere = { "source" = "vmware/vsphere", "version" = "1.26.0" }
  }
}

provider "vsphere" {
  vsphere_server = "vcenter.campione.example"
}

data "vsphere_datacenter" "datacenter" {
  name = "Campione"
}

resource "vsphere_virtual_machine" "desktops" {
  for_each = {"sa-ana-0001":{"staff":"SA000001"}}
  name = each.key
  folder = "sample-foundation/path"
  resource_pool_id = "sample-foundation/pool-b"
  custom_attributes = { "sample-foundation/staff" = each.value.staff }
  tags = ["sample-foundation/tag"]
  disk {
    label = "disk0"
    size = 80
  }
  lifecycle {
    ignore_changes = [clone, disk[0].label]
    prevent_destroy = true
  }
}
`);
});
