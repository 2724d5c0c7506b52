import { VirtualMachine } from "@cdktf/provider-vsphere/lib/virtual-machine";
import type {
  VirtualMachineClone,
  VirtualMachineCloneCustomize,
  VirtualMachineConfig,
} from "@cdktf/provider-vsphere/lib/virtual-machine";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { attributeReference } from "../others-attributes";
import { ValidationError } from "../validation-error";
import { ignoredAttributes, ignoredOfEvery, disks, hardware, hardwareFailures } from "./desktop-hardware";
import type { DesktopHardwareProps } from "./desktop-hardware";
import { seatFailures } from "./desktop-seat";
import type { DesktopSeat } from "./desktop-seat";
import { DesktopTemplates, templateKey } from "./desktop-templates";
import type { DesktopTemplate, TemplateExpressions } from "./desktop-templates";
import { customize } from "./guest-customization";
import type { GuestCustomization } from "./guest-customization";
import type { HolderAttributes } from "./holder-attributes";
import { SeatImports } from "./seat-imports";
import { seatLocal } from "./seat-local";
import { addSeatMoves } from "./seat-moves";
import { seatTable } from "./seat-table";
import type { SeatTable } from "./seat-table";

const GUEST_WAIT_MINUTES = 5;

/** A shard of a desktop pool: its seats and their machines' common settings. */
export interface DesktopPoolProps extends DesktopHardwareProps {
  /** The seats. Empty while the pool is being decommissioned: the plan then shows each machine that is destroyed. */
  readonly seats: readonly DesktopSeat[];
  /**
   * Names of removed seats: retired ones, or those of a decommissioned pool. Their machines are destroyed, persistent
   * or not.
   */
  readonly removed: readonly string[];
  /** The stack is being destroyed: no machine is protected. @default false */
  readonly teardown?: boolean;
  /**
   * Machines that are not persistent share the disk of the template's snapshot; their system disk has exactly its size. A
   * change replaces them. @default false: each has a copy
   */
  readonly linkedClones?: boolean;
  /** The pool's template, which a resource without seats refers to. */
  readonly template: DesktopTemplate;
  /** Note on every machine in vCenter. */
  readonly annotation: string;
  /** vSphere's guest operating system identifier. */
  readonly guestId: string;
  /** Guest customization of a new machine. @default - none: the guest keeps the template's name */
  readonly customization?: GuestCustomization | undefined;
  /**
   * Minutes that vCenter has for the clone of a template, the wait for other clones included; 10 or more. The provider
   * does not tell vCenter to stop a late one: it may still lie there, in no state. It has no effect on machines that are
   * there, nor on items of a content library, which the provider gives no limit. @default 30
   */
  readonly cloneMinutes?: number | undefined;
  /** Wait up to 5 minutes for each machine's guest to report its address. */
  readonly waitForGuest: boolean;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** Inventory path of the folder. */
  readonly folder: string;
  /** Possible places of the machines, by name; a resource without seats refers to the first. */
  readonly places: ReadonlyMap<string, DesktopPlace>;
  /** Managed object id of the port group. */
  readonly networkId: string;
  /** Ids of the tags of every machine. */
  readonly tags: readonly string[];
  /** vCenter's keys of the custom attributes that others write into machines with a holder. @default - none */
  readonly othersAttributes?: readonly number[];
  /** The custom attributes for a seat's holder. @default - none: then no seat has a holder */
  readonly holderAttributes?: Pick<HolderAttributes, "staffId" | "directorateId"> | undefined;
}

/** Where machines run and where their disks are. */
export interface DesktopPlace {
  /** Managed object id of the resource pool: an expression, such as another resource's attribute. */
  readonly resourcePoolId: string;
  /** Managed object id of the datastore, also an expression. @default - datastoreClusterId says where */
  readonly datastoreId?: string;
  /** Managed object id of the storage cluster, also an expression. @default - datastoreId says where */
  readonly datastoreClusterId?: string;
}

/** What the clones of all seats have in common. */
type CloneSettings = Pick<VirtualMachineClone, "customize" | "timeout" | "linkedClone">;

/** The seats of one resource, and what they refer to. */
interface SeatProps extends Pick<DesktopPoolProps, "seats" | "places" | "holderAttributes"> {
  readonly clone: CloneSettings;
  readonly templates: DesktopTemplates["expressions"];
}

/**
 * A shard of a desktop pool. One resource holds all persistent machines and another all others, because Terraform's
 * lifecycle settings apply to a whole resource. Both use the seats' names as keys: synthesis costs the same for one
 * seat as for hundreds, and adding or removing a seat moves no other.
 */
export class DesktopPool extends Construct {
  /** The persistent machines, keyed by seat. */
  public readonly persistent: VirtualMachine;
  /** All other machines, keyed by seat. */
  public readonly replaceable: VirtualMachine;

  public constructor(scope: Construct, id: string, props: DesktopPoolProps) {
    super(scope, id);
    ValidationError.throwIfAny(
      [...seatFailures(props.seats), ...hardwareFailures(props), ...holderFailures(props)],
      this,
    );
    const config = { ...machine(props), ...hardware(props), disk: disks(props), ...guest(props) };
    const { template, seats, places, datacenterId, holderAttributes } = props;
    const wanted = [template, ...seats.map((seat) => seat.template)];
    const templates = new DesktopTemplates(this, "templates", { templates: wanted, datacenterId }).expressions;
    const [persistent, others] = [seats.filter((seat) => seat.persistent), seats.filter((seat) => !seat.persistent)];
    const shared = { templates, places, clone: cloneSettings(props), holderAttributes };
    const keep = { ignoreChanges: ignored(ignoredAttributes(props), persistent, props) };
    const lifecycle = { ...keep, preventDestroy: props.teardown !== true };
    const leave = { ignoreChanges: ignored(ignoredOfEvery(props), others, props) };
    this.persistent = this.resource("kept", { ...config, lifecycle }, { ...shared, seats: persistent });
    const cloned = { ...shared, clone: { ...shared.clone, ...linked(props) }, seats: others };
    this.replaceable = this.resource("replaceable", { ...config, lifecycle: leave }, cloned);
    this.adopt(adoptedMachines(persistent));
    addSeatMoves(this, {
      persistent: this.persistent,
      replaceable: this.replaceable,
      toPersistent: persistent.map(({ name }) => name),
      toReplaceable: [...others.map(({ name }) => name), ...props.removed],
    });
  }

  /** An expression for the managed object ids of all machines. */
  public get machineIds(): string[] {
    const ids = [this.persistent, this.replaceable].map(({ fqn }) => `[for machine in ${fqn} : machine.id]`);
    return Token.asList(`\${concat(${ids.join(", ")})}`);
  }

  private adopt(machines: ReadonlyMap<string, string>): void {
    if (machines.size > 0) new SeatImports(this, "imports", { resource: this.persistent, machines });
  }

  private resource(
    id: string,
    config: Partial<VirtualMachineConfig>,
    { seats, templates, places, clone, holderAttributes }: SeatProps,
  ): VirtualMachine {
    const table = seatTable(
      new Map(
        seats.map(({ name, template, place, holder }) => [name, { template: templateKey(template), place, ...holder }]),
      ),
    );
    const ofTemplate = (attribute: keyof TemplateExpressions): string =>
      table.pick("template", new Map([...templates].map(([key, expressions]) => [key, expressions[attribute]])));
    const machines = new VirtualMachine(this, id, {
      ...config,
      ...placement(table, places),
      name: "${each.key}",
      scsiType: ofTemplate("scsiType"),
      clone: { templateUuid: ofTemplate("id"), ...clone },
      ...(holderAttributes !== undefined &&
        seats.some(isHeld) && { customAttributes: holders(table, holderAttributes) }),
    });
    machines.addOverride("for_each", seatLocal(this, `${id}-seats`, table.forEach));
    return machines;
  }
}

/** Where holders are declared, Terraform must not ignore all custom attributes: only those of others, by their keys. */
function ignored(
  names: readonly string[],
  seats: readonly DesktopSeat[],
  { othersAttributes = [] }: Pick<DesktopPoolProps, "othersAttributes">,
): string[] {
  if (!seats.some(isHeld)) return [...names];
  return names.flatMap((name) => (name === "custom_attributes" ? othersAttributes.map(attributeReference) : [name]));
}

function isHeld({ holder }: DesktopSeat): boolean {
  return holder !== undefined;
}

function holderFailures({ seats, holderAttributes }: DesktopPoolProps): string[] {
  const held = holderAttributes === undefined ? seats.filter(isHeld) : [];
  return held.map(({ name }) => `seat ${name} has a holder, and the pool no holderAttributes`);
}

function adoptedMachines(seats: readonly DesktopSeat[]): Map<string, string> {
  return new Map(seats.flatMap(({ name, adopted }) => (adopted === undefined ? [] : [[name, adopted] as const])));
}

function holders(
  { value }: SeatTable,
  { staffId, directorateId }: NonNullable<SeatProps["holderAttributes"]>,
): Record<string, string> {
  return { [staffId]: value("staff"), [directorateId]: value("directorate") };
}

function machine({ annotation, folder, tags, networkId }: DesktopPoolProps): Partial<VirtualMachineConfig> {
  return {
    ...{ annotation, folder },
    tags: [...tags],
    networkInterface: [{ networkId, adapterType: "vmxnet3" }],
  };
}

function guest(props: DesktopPoolProps): Partial<VirtualMachineConfig> {
  return {
    guestId: props.guestId,
    waitForGuestNetTimeout: waitMinutes(props),
    waitForGuestIpTimeout: 0,
  };
}

/** Of full clones nothing is said: the argument's absence and its false are two states to the provider. */
function linked({ linkedClones = false }: DesktopPoolProps): CloneSettings {
  return linkedClones ? { linkedClone: true } : {};
}

function cloneSettings(props: DesktopPoolProps): CloneSettings {
  const [customize, timeout] = [customization(props), props.cloneMinutes];
  return { ...(customize !== undefined && { customize }), ...(timeout !== undefined && { timeout }) };
}

function customization(props: DesktopPoolProps): VirtualMachineCloneCustomize | undefined {
  return props.customization && customize(props.guestId, props.customization, waitMinutes(props));
}

function waitMinutes({ waitForGuest }: DesktopPoolProps): number {
  return waitForGuest ? GUEST_WAIT_MINUTES : 0;
}

/** Where some places are storage clusters and others are not, each seat has one of the two arguments, and of the other null. */
function placement({ pick }: SeatTable, places: SeatProps["places"]): DesktopPlace {
  const all = [...places];
  const ofPlace = (attribute: keyof DesktopPlace): string =>
    pick("place", new Map(all.map(([name, place]) => [name, place[attribute] ?? "null"])));
  const has = (attribute: keyof DesktopPlace): boolean => all.some(([, place]) => place[attribute] !== undefined);
  return {
    resourcePoolId: ofPlace("resourcePoolId"),
    ...(has("datastoreId") && { datastoreId: ofPlace("datastoreId") }),
    ...(has("datastoreClusterId") && { datastoreClusterId: ofPlace("datastoreClusterId") }),
  };
}
