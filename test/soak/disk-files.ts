import type { VcenterClient } from "../../vcenter/vcenter-client";
import type { Element } from "../../vcenter/xml";
import { child, childText } from "../../vcenter/xml";

/** The files of a machine's first disk, the one that it writes first, as names of folders. */
export async function diskFiles(vcenter: VcenterClient, id: string): Promise<string[]> {
  const [found] = await vcenter.properties("VirtualMachine", [id], ["config.hardware.device"]);
  const disk = found?.items("config.hardware.device").find(({ type }) => type === "VirtualDisk");
  const names: string[] = [];
  for (let backing = child(disk, "backing"); backing !== undefined; backing = parentOf(backing))
    names.push((childText(backing, "fileName") ?? "").replaceAll(/[^\w.-]/g, "_"));
  return names;
}

function parentOf(backing: Element): Element | undefined {
  return child(backing, "parent");
}
