import { VirtualMachine } from "@cdktf/provider-vsphere/lib/virtual-machine";
import { VsphereProvider } from "@cdktf/provider-vsphere/lib/provider";
import { TerraformStack } from "cdktf";
import type { App } from "cdktf";
import { definitionOf } from "../environments/definition";
import type { City } from "../environments/model/city";
import type { Pool } from "../environments/model/desktops";
import { shardsOf } from "../environments/seats";

/** What this project does not do, to compare with: the same stacks with one construct for each seat. */
export function declarePerSeat(app: App, city: City): void {
  for (const pool of city.pools) {
    for (const { number, seats } of shardsOf(city, pool)) {
      const stack = new TerraformStack(app, `${city.city.id}-desktops-${pool.name}-${String(number)}`);
      new VsphereProvider(stack, "vsphere", { user: "${var.user}", password: "${var.password}" });
      for (const seat of seats) declareSeat(stack, city, pool, seat);
    }
  }
}

function declareSeat(stack: TerraformStack, city: City, pool: Pool, seat: string): void {
  const { workstation, image } = definitionOf(city, pool);
  new VirtualMachine(stack, seat, {
    name: seat,
    annotation: city.project.code,
    guestId: image.guestId,
    firmware: image.firmware,
    efiSecureBootEnabled: workstation.secureBoot,
    numCpus: workstation.cpus,
    numCoresPerSocket: workstation.cpus,
    memory: workstation.memoryGib * 1024,
    waitForGuestNetTimeout: 0,
    waitForGuestIpTimeout: 0,
    folder: pool.name,
    resourcePoolId: "resgroup-1",
    datastoreId: "datastore-1",
    networkInterface: [{ networkId: "dvportgroup-1", adapterType: "vmxnet3" }],
    disk: [{ label: "disk0", size: workstation.diskGib, unitNumber: 0, thinProvisioned: true }],
    clone: { templateUuid: "00000000-0000-0000-0000-000000000000" },
    tags: ["tag-1", "tag-2", "tag-3"],
  });
}
