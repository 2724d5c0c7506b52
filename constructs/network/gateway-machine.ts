import { DataVsphereVirtualMachine } from "@cdktf/provider-vsphere/lib/data-vsphere-virtual-machine";
import { VirtualMachine } from "@cdktf/provider-vsphere/lib/virtual-machine";
import type { VirtualMachineConfig } from "@cdktf/provider-vsphere/lib/virtual-machine";
import { Construct } from "constructs";
import { LEFT_TO_OTHERS_OF_MACHINES } from "../others-attributes";
import { ValidationError } from "../validation-error";

const MIB_PER_GIB = 1024;
const GUEST_WAIT_MINUTES = 5;
/** vSphere Web Services SDK Programming Guide, "Virtual Network Interfaces": a machine has up to ten. */
const MOST_INTERFACES = 10;
/** vSphere Networking, "VMware OUI in Static MAC Addresses". */
const STATIC_MAC = /^00:50:56:[0-3][0-9a-f]:[0-9a-f]{2}:[0-9a-f]{2}$/;
/** open-vm-tools, guest_msg_def.h: a message between guest and host has at most 64 KiB. */
const LARGEST_VALUE = 64 * 1024;

/** A network adapter of a gateway. */
export interface GatewayAdapter {
  /** Managed object id of the port group. */
  readonly networkId: string;
  /** Static MAC address, in lower case; the guest identifies its interfaces by it. */
  readonly macAddress: string;
}

/** A gateway: a machine with an adapter in every VLAN, and its configuration. */
export interface GatewayMachineProps {
  /** Name of the machine. */
  readonly name: string;
  /** Note on the machine in vCenter. */
  readonly annotation: string;
  /** Name of the template in vCenter; another one replaces the machine. */
  readonly template: string;
  /** vSphere's guest operating system identifier. */
  readonly guestId: string;
  /** Firmware, as in the template. */
  readonly firmware: "efi" | "bios";
  /** Virtual CPUs. */
  readonly cpus: number;
  /** Memory, in GiB; all of it is reserved. */
  readonly memoryGib: number;
  /** Reserved clock of all CPUs together, in MHz. */
  readonly cpuReservationMhz: number;
  /** System disk, in GiB; at least the template's. */
  readonly diskGib: number;
  /** Wait up to 5 minutes for the guest's address, at every start. */
  readonly waitForGuest: boolean;
  /** Its network adapters, 1 to 10, in their order. */
  readonly adapters: readonly GatewayAdapter[];
  /** Value of guestinfo.postazioni.rules, at most 64 KiB: the ruleset in gzip and base64. Never a secret. */
  readonly rules: string;
  /**
   * Whether the provider restarts the machine when guestinfo changes; false from version 2.3.0 of the provider on.
   * @default false
   */
  readonly restartsForGuestinfo?: boolean;
  /** Text of guestinfo.userdata, at most 64 KiB in base64. Never a secret: it is in the state. */
  readonly userData: string;
  /** Text of guestinfo.metadata, as for userData. */
  readonly metaData: string;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** Inventory path of the folder. */
  readonly folder: string;
  /** Managed object id of the resource pool. */
  readonly resourcePoolId: string;
  /** Managed object id of the datastore. */
  readonly datastoreId: string;
  /** Ids of its tags. */
  readonly tags: readonly string[];
}

/**
 * A gateway's machine. It gets its rules and its configuration as guestinfo. Changed rules are loaded in place once they
 * are ordered; cloud-init's DataSourceVMware reads the rest at the next start, which is ordered too. Neither is by the
 * provider. Another template, fewer adapters or other hardware replace or restart the machine, so each gateway belongs
 * in its own stack: deploy the second only after the first forwards packets.
 */
export class GatewayMachine extends Construct {
  /** Managed object id of the machine. */
  public readonly machineId: string;

  public constructor(scope: Construct, id: string, props: GatewayMachineProps) {
    super(scope, id);
    ValidationError.throwIfAny(failures(props), this);
    const { datacenterId } = props;
    const template = new DataVsphereVirtualMachine(this, "template", { name: props.template, datacenterId });
    const machine = new VirtualMachine(this, "machine", {
      name: props.name,
      annotation: props.annotation,
      tags: [...props.tags],
      ...hardware(props),
      scsiType: template.scsiType,
      folder: props.folder,
      resourcePoolId: props.resourcePoolId,
      datastoreId: props.datastoreId,
      networkInterface: props.adapters.map(adapter),
      disk: [{ label: "disk0", size: props.diskGib, unitNumber: 0, thinProvisioned: true }],
      clone: { templateUuid: template.id },
      extraConfig: guestinfo(props),
      ...(props.restartsForGuestinfo !== true && { extraConfigRebootRequired: false }),
      waitForGuestNetTimeout: props.waitForGuest ? GUEST_WAIT_MINUTES : 0,
      waitForGuestIpTimeout: 0,
      lifecycle: { ignoreChanges: LEFT_TO_OTHERS_OF_MACHINES },
    });
    this.machineId = machine.id;
  }
}

function hardware(props: GatewayMachineProps): Partial<VirtualMachineConfig> {
  return {
    guestId: props.guestId,
    firmware: props.firmware,
    numCpus: props.cpus,
    numCoresPerSocket: props.cpus,
    memory: props.memoryGib * MIB_PER_GIB,
    memoryReservation: props.memoryGib * MIB_PER_GIB,
    cpuReservation: props.cpuReservationMhz,
    cpuShareLevel: "high",
  };
}

function adapter({ networkId, macAddress }: GatewayAdapter): {
  networkId: string;
  adapterType: string;
  useStaticMac: boolean;
  macAddress: string;
} {
  return { networkId, adapterType: "vmxnet3", useStaticMac: true, macAddress };
}

/** By default every user of a guest may write its guestinfo; who orders a gateway's rules is vCenter, and root answers. */
function guestinfo({ rules, userData, metaData }: GatewayMachineProps): Record<string, string> {
  return {
    "guest_rpc.rpci.auth.cmd.info-set": "TRUE",
    "guestinfo.postazioni.rules": rules,
    "guestinfo.metadata": base64(metaData),
    "guestinfo.metadata.encoding": "base64",
    "guestinfo.userdata": base64(userData),
    "guestinfo.userdata.encoding": "base64",
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function failures({ adapters, rules, userData, metaData }: GatewayMachineProps): string[] {
  const macs = adapters.map(({ macAddress }) => macAddress);
  const foreign = macs.filter((mac) => !STATIC_MAC.test(mac));
  const doubled = macs.filter((mac, index) => macs.indexOf(mac) < index);
  const large = Object.entries({ userData, metaData }).filter(([, text]) => base64(text).length > LARGEST_VALUE);
  return [
    ...(adapters.length === 0 ? ["a gateway needs a network adapter"] : []),
    ...(adapters.length > MOST_INTERFACES
      ? [`${String(adapters.length)} network adapters are more than ${String(MOST_INTERFACES)}`]
      : []),
    ...foreign.map((mac) => `${mac} is no static MAC address from 00:50:56:00:00:00 to 00:50:56:3f:ff:ff`),
    ...doubled.map((mac) => `the MAC address ${mac} is given more than once`),
    ...large.map(([name]) => `${name} has more than 64 KiB in base64`),
    ...(rules.length > LARGEST_VALUE ? ["rules have more than 64 KiB"] : []),
  ];
}
