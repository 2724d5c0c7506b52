import type { ManagedObject } from "./managed-object";
import type { Places } from "./places";
import { child, childrenOf, childText } from "./xml";
import type { Element } from "./xml";

/** What a city's file is drafted from of a machine. */
export interface MachineDetails {
  /** Virtual CPUs. */
  readonly cpus: number;
  /** Memory, in MiB. */
  readonly memoryMib: number;
  /** Memory that its host always keeps for it, in MiB. */
  readonly memoryReservationMib: number;
  /** Name of its cluster; empty on a host by itself. */
  readonly cluster: string;
  /** Names of the networks that it is connected to. */
  readonly networks: readonly string[];
  /** Its guest's IPv4 addresses, each with the length of its subnet's prefix where that is known: `10.88.4.17/24`. */
  readonly addresses: readonly string[];
  /** Whether it boots with EFI secure boot. */
  readonly secureBoot: boolean;
  /** The day on which it was made, such as `2026-10-14`. @default - not known */
  readonly created?: string | undefined;
}

/** What is read for the details of a machine, beside its settings. */
export const WANTED_OF_DETAILS: readonly string[] = [
  ...["config.hardware.numCPU", "config.hardware.memoryMB", "config.memoryAllocation.reservation", "config.createDate"],
  ...["config.bootOptions.efiSecureBootEnabled", "runtime.host", "network", "guest.net"],
];

/** The details of a machine; undefined where its size was not read. */
export function machineDetails(object: ManagedObject, places: Places): MachineDetails | undefined {
  const cpus = object.text("config.hardware.numCPU");
  if (cpus === undefined) return undefined;
  const host = places.at(object.text("runtime.host"));
  const owner = host && places.parent(host);
  return {
    cpus: Number(cpus),
    memoryMib: Number(object.text("config.hardware.memoryMB") ?? 0),
    memoryReservationMib: Number(object.text("config.memoryAllocation.reservation") ?? 0),
    cluster: owner?.type === "ClusterComputeResource" ? owner.name : "",
    networks: object.texts("network").map((id) => places.name(id)),
    addresses: object.items("guest.net").flatMap(addressesOf),
    secureBoot: object.text("config.bootOptions.efiSecureBootEnabled") === "true",
    created: object.text("config.createDate")?.slice(0, "2026-10-14".length),
  };
}

function addressesOf(adapter: Element): string[] {
  return childrenOf(child(adapter, "ipConfig"), "ipAddress").flatMap((one) => {
    const [address = "", prefix = ""] = [childText(one, "ipAddress"), childText(one, "prefixLength")];
    return address.includes(".") ? [`${address}/${prefix}`] : [];
  });
}
