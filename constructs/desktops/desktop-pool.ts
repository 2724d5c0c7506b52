import { DataVsphereVirtualMachine } from "@cdktf/provider-vsphere/lib/data-vsphere-virtual-machine";
import { VirtualMachine } from "@cdktf/provider-vsphere/lib/virtual-machine";
import type { VirtualMachineConfig } from "@cdktf/provider-vsphere/lib/virtual-machine";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { ValidationError } from "../validation-error";

const MIB_PER_GIB = 1024;
const GUEST_WAIT_MINUTES = 5;
/** Microsoft, "Naming conventions in Active Directory": a computer's NetBIOS name has at most 15 characters. */
const LONGEST_SEAT_NAME = 15;

/** A shard of a desktop pool: the seats and what each of them is. */
export interface DesktopPoolProps {
  /**
   * Names of the seats, each at most 15 characters; the keys of the machines in Terraform's state. None, where the pool
   * is being taken down: the plan then shows each machine that goes.
   */
  readonly seats: readonly string[];
  /**
   * Whether a person keeps each seat. A machine of such a pool stays when its template changes or is gone: only machines
   * made from then on are cloned from the new one.
   */
  readonly dedicated: boolean;
  /** Text shown with every machine in vCenter. */
  readonly annotation: string;
  /** Name of the template in vCenter that the machines are cloned from. */
  readonly template: string;
  /** vSphere's guest operating system identifier. */
  readonly guestId: string;
  /** Firmware, as in the template. */
  readonly firmware: "efi" | "bios";
  /** EFI secure boot; needs EFI firmware. */
  readonly secureBoot: boolean;
  /** Virtual CPUs, in one socket: Windows client editions use no more than two sockets. */
  readonly cpus: number;
  /** Memory, in GiB. */
  readonly memoryGib: number;
  /** System disk, in GiB; at least the template's. */
  readonly diskGib: number;
  /** Wait up to 5 minutes a machine for its guest's address. */
  readonly waitForGuest: boolean;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** Inventory path of the folder. */
  readonly folder: string;
  /** Managed object id of the resource pool. */
  readonly resourcePoolId: string;
  /** Managed object id of the datastore. */
  readonly datastoreId: string;
  /** Managed object id of the port group. */
  readonly networkId: string;
  /** Ids of the tags that every machine carries. */
  readonly tags: readonly string[];
}

/**
 * A shard of a desktop pool. One resource stands for all its machines, keyed by the seats' own names: synthesis costs
 * the same for one seat and for hundreds, and no seat is moved by another that comes or goes.
 */
export class DesktopPool extends Construct {
  /** The machines, one a seat. */
  public readonly machines: VirtualMachine;

  public constructor(scope: Construct, id: string, props: DesktopPoolProps) {
    super(scope, id);
    ValidationError.throwIfAny(failures(props), this);
    const template = new DataVsphereVirtualMachine(this, "template", {
      name: props.template,
      datacenterId: props.datacenterId,
    });
    this.machines = new VirtualMachine(this, "seats", {
      name: "${each.key}",
      annotation: props.annotation,
      tags: [...props.tags],
      ...hardware(props),
      ...guest(props),
      scsiType: template.scsiType,
      ...placement(props),
      networkInterface: [{ networkId: props.networkId, adapterType: "vmxnet3" }],
      disk: [{ label: "disk0", size: props.diskGib, unitNumber: 0, thinProvisioned: true }],
      clone: { templateUuid: template.id },
      // Every change inside clone replaces the machine, and with it what its person keeps there.
      ...(props.dedicated && { lifecycle: { ignoreChanges: ["clone"] } }),
    });
    // An iterator of cdktf's would resolve every name as an expression of its own, twice: a third of all synthesis.
    this.machines.addOverride("for_each", `\${toset(${JSON.stringify(props.seats)})}`);
  }

  /** An expression for the managed object ids of all machines. */
  public get machineIds(): string[] {
    return Token.asList(`\${[for machine in ${this.machines.fqn} : machine.id]}`);
  }
}

function hardware(props: DesktopPoolProps): Partial<VirtualMachineConfig> {
  return {
    numCpus: props.cpus,
    numCoresPerSocket: props.cpus,
    memory: props.memoryGib * MIB_PER_GIB,
    firmware: props.firmware,
    efiSecureBootEnabled: props.secureBoot,
  };
}

function guest(props: DesktopPoolProps): Partial<VirtualMachineConfig> {
  return {
    guestId: props.guestId,
    waitForGuestNetTimeout: props.waitForGuest ? GUEST_WAIT_MINUTES : 0,
    waitForGuestIpTimeout: 0,
  };
}

function placement(props: DesktopPoolProps): Pick<VirtualMachineConfig, "folder" | "resourcePoolId" | "datastoreId"> {
  return { folder: props.folder, resourcePoolId: props.resourcePoolId, datastoreId: props.datastoreId };
}

function failures(props: DesktopPoolProps): string[] {
  const long = props.seats.filter((seat) => seat.length > LONGEST_SEAT_NAME);
  const doubles = props.seats.length - new Set(props.seats).size;
  return [
    ...long.map((seat) => `seat name ${seat} has more than ${String(LONGEST_SEAT_NAME)} characters`),
    ...(doubles > 0 ? [`${String(doubles)} seat names are given more than once`] : []),
    ...(props.secureBoot && props.firmware !== "efi" ? ["secure boot needs EFI firmware"] : []),
  ];
}
