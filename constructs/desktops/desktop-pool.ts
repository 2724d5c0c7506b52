import { DataVsphereVirtualMachine } from "@cdktf/provider-vsphere/lib/data-vsphere-virtual-machine";
import { VirtualMachine } from "@cdktf/provider-vsphere/lib/virtual-machine";
import type { VirtualMachineConfig } from "@cdktf/provider-vsphere/lib/virtual-machine";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { ValidationError } from "../validation-error";
import type { HolderAttributes } from "./holder-attributes";
import { SeatImports } from "./seat-imports";
import { seatMoves } from "./seat-moves";
import type { Move } from "./seat-moves";
import { seatTable } from "./seat-table";
import type { SeatTable } from "./seat-table";

const MIB_PER_GIB = 1024;
const GUEST_WAIT_MINUTES = 5;
/** Microsoft, "Naming conventions in Active Directory": a computer's NetBIOS name has at most 15 characters. */
const LONGEST_SEAT_NAME = 15;
/**
 * What a kept machine was made with, by its image or, if it was adopted, by hand: a change inside clone replaces it, with
 * another way to boot or another disk controller its system does not start, and a disk that the provider knows under
 * another label is swapped for an empty one.
 */
const AS_IT_WAS_MADE = [
  "clone",
  "disk[0].label",
  "efi_secure_boot_enabled",
  "enable_logging",
  "firmware",
  "guest_id",
  "network_interface[0].adapter_type",
  "scsi_type",
];

/** A seat and its machine. */
export interface DesktopSeat {
  /** Its name, at most 15 characters; the key of its machine in Terraform's state. */
  readonly name: string;
  /** Name of the template in vCenter that its machine is cloned from. */
  readonly template: string;
  /**
   * Whether its machine stays as it was made whatever its template is, and Terraform refuses to destroy it; for seats of
   * a dedicated pool.
   */
  readonly kept: boolean;
  /** Inventory path of the machine that exists already and becomes its own; the seat is kept. @default - it is made */
  readonly adopted?: string;
  /** Who has it: a staff number and a directorate's id, for its custom attributes. @default - nobody, it is a floating seat */
  readonly holder?: { readonly staff: string; readonly directorate: string };
}

/** A shard of a desktop pool: the seats and what each of them is. */
export interface DesktopPoolProps {
  /** The seats. None, where the pool is being taken down: the plan then shows each machine that goes. */
  readonly seats: readonly DesktopSeat[];
  /** Names of seats that were given up: their machines are destroyed, kept or not. */
  readonly givenUp: readonly string[];
  /** The stack is being destroyed: nothing is protected any more. @default false */
  readonly teardown?: boolean;
  /** Name of the pool's own template, which a resource without seats refers to. */
  readonly template: string;
  /** Text shown with every machine in vCenter. */
  readonly annotation: string;
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
  /** The custom attributes for who has a seat. */
  readonly holderAttributes: Pick<HolderAttributes, "staffId" | "directorateId">;
}

/** The seats of one resource, and what each of them refers to. */
interface SeatProps extends Pick<DesktopPoolProps, "seats" | "holderAttributes"> {
  readonly templates: ReadonlyMap<string, DataVsphereVirtualMachine>;
}

/**
 * A shard of a desktop pool. One resource stands for all machines that are kept, another for all others, since what
 * Terraform may do with a machine is said of a whole resource. Both are keyed by the seats' own names: synthesis costs
 * the same for one seat and for hundreds, and no seat is moved by another that comes or goes.
 */
export class DesktopPool extends Construct {
  /** The machines that are kept, one a seat. */
  public readonly kept: VirtualMachine;
  /** The others. */
  public readonly replaceable: VirtualMachine;
  /** The `moved` blocks, which the stack puts beside what it synthesizes. */
  public readonly moves: readonly Move[];

  public constructor(scope: Construct, id: string, props: DesktopPoolProps) {
    super(scope, id);
    ValidationError.throwIfAny(failures(props), this);
    const config = { ...machine(props), ...hardware(props), ...guest(props), ...placement(props) };
    const lifecycle = { ignoreChanges: AS_IT_WAS_MADE, preventDestroy: props.teardown !== true };
    const templates = this.templates(props);
    const [kept, others] = [props.seats.filter((seat) => seat.kept), props.seats.filter((seat) => !seat.kept)];
    const { holderAttributes } = props;
    this.kept = this.resource("kept", { ...config, lifecycle }, { seats: kept, templates, holderAttributes });
    this.replaceable = this.resource("replaceable", config, { seats: others, templates, holderAttributes });
    new SeatImports(this, "imports", { resource: this.kept, machines: adoptedMachines(kept) });
    this.moves = seatMoves({
      kept: this.kept,
      replaceable: this.replaceable,
      toKept: kept.map(({ name }) => name),
      toReplaceable: [...others.map(({ name }) => name), ...props.givenUp],
    });
  }

  /** An expression for the managed object ids of all machines. */
  public get machineIds(): string[] {
    const ids = [this.kept, this.replaceable].map(({ fqn }) => `[for machine in ${fqn} : machine.id]`);
    return Token.asList(`\${concat(${ids.join(", ")})}`);
  }

  private templates({
    template,
    seats,
    datacenterId,
  }: DesktopPoolProps): ReadonlyMap<string, DataVsphereVirtualMachine> {
    const scope = new Construct(this, "templates");
    const names = new Set([template, ...seats.map((seat) => seat.template)]);
    return new Map(
      [...names].map((name) => [name, new DataVsphereVirtualMachine(scope, name, { name, datacenterId })]),
    );
  }

  private resource(
    id: string,
    config: Omit<VirtualMachineConfig, "name">,
    { seats, templates, holderAttributes }: SeatProps,
  ): VirtualMachine {
    const table = seatTable(new Map(seats.map(({ name, template, holder }) => [name, { template, ...holder }])));
    const ofTemplate = (attribute: string): string =>
      table.pick("template", new Map([...templates].map(([name, { fqn }]) => [name, `${fqn}.${attribute}`])));
    const machines = new VirtualMachine(this, id, {
      ...config,
      name: "${each.key}",
      scsiType: ofTemplate("scsi_type"),
      clone: { templateUuid: ofTemplate("id") },
      ...(seats.some(({ holder }) => holder !== undefined) && { customAttributes: holders(table, holderAttributes) }),
    });
    // An iterator of cdktf's would resolve every name as an expression of its own, twice: a third of all synthesis.
    machines.addOverride("for_each", table.forEach);
    return machines;
  }
}

function adoptedMachines(seats: readonly DesktopSeat[]): Map<string, string> {
  return new Map(seats.flatMap(({ name, adopted }) => (adopted === undefined ? [] : [[name, adopted] as const])));
}

function holders(
  { value }: SeatTable,
  { staffId, directorateId }: SeatProps["holderAttributes"],
): Record<string, string> {
  return { [staffId]: value("staff"), [directorateId]: value("directorate") };
}

function machine({ annotation, tags, networkId, diskGib }: DesktopPoolProps): Partial<VirtualMachineConfig> {
  return {
    annotation,
    tags: [...tags],
    networkInterface: [{ networkId, adapterType: "vmxnet3" }],
    disk: [{ label: "disk0", size: diskGib, unitNumber: 0, thinProvisioned: true }],
  };
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

/** Any other resource would make the machine anew at once, as it is no clone. */
function adoptedInVain({ adopted, kept }: DesktopSeat): boolean {
  return adopted !== undefined && !kept;
}

function failures(props: DesktopPoolProps): string[] {
  const names = props.seats.map(({ name }) => name);
  const long = names.filter((name) => name.length > LONGEST_SEAT_NAME);
  const doubles = names.length - new Set(names).size;
  return [
    ...long.map((name) => `seat name ${name} has more than ${String(LONGEST_SEAT_NAME)} characters`),
    ...(doubles > 0 ? [`${String(doubles)} seat names are given more than once`] : []),
    ...props.seats.filter(adoptedInVain).map(({ name }) => `seat ${name} adopts a machine and is not kept`),
    ...(props.secureBoot && props.firmware !== "efi" ? ["secure boot needs EFI firmware"] : []),
  ];
}
