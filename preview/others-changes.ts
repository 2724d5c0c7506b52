import { isDeepStrictEqual } from "node:util";
import { withoutEmpty } from "./known-value";
import { changedAttributes, describe, MACHINE, objectKey, resourceChanges, valuesOf } from "./resource-change";
import type { Values } from "./resource-change";
import type { PlannedResource, TerraformPlan } from "./terraform-plan";

/** What others did to an object since its stack was applied last, and what the plan leaves as it is. */
export interface OthersChange {
  /** Terraform's address in the stack. */
  readonly address: string;
  /** Its key in `for_each`, such as a seat's name. @default - none */
  readonly key?: string | undefined;
  /** Each in a few words, such as "its note". */
  readonly what: readonly string[];
}

interface Kind {
  readonly attribute: string;
  /** What others did to it, in a few words; empty where they did nothing that matters. */
  readonly told: (values: Values) => readonly string[];
}

/** A snapshot's disks are written into files with such a number (vSphere, "Snapshot Files"). */
const OF_SNAPSHOT = /-\d{6}\.vmdk$/;
const POWER: Readonly<Record<string, string>> = {
  off: "it is switched off",
  suspended: "it is suspended",
  on: "it is switched on",
};

const KINDS: readonly Kind[] = [
  always("tags", "tags of others"),
  always("custom_attributes", "custom attributes of others"),
  always("annotation", "its note"),
  always("cdrom", "its CD-ROM drive"),
  always("host_system_id", "it runs on another host"),
  { attribute: "power_state", told: ({ after }) => power(after) },
  { attribute: "disk", told: disks },
];

/** What others did to a stack's objects without that the plan sets it back; most of it is no business of the file's. */
export function othersChanges(plan: TerraformPlan): OthersChange[] {
  const planned = new Map(resourceChanges(plan).map((change) => [objectKey(change), changedAttributes(change)]));
  return plan.resource_drift
    .filter(({ mode, change }) => mode === "managed" && change.actions.includes("update"))
    .flatMap((drifted) => {
      const what = toldOf(drifted, planned.get(objectKey(drifted)) ?? []);
      const { address, key } = describe(drifted);
      return what.length === 0 ? [] : [{ address, ...(key !== undefined && { key }), what }];
    });
}

function toldOf(drifted: PlannedResource, setBack: readonly string[]): string[] {
  const values = valuesOf(drifted);
  const differs = (name: string): boolean =>
    !isDeepStrictEqual(withoutEmpty(values.before[name]), withoutEmpty(values.after[name]));
  const kinds = KINDS.filter(({ attribute }) => OF_ALL.includes(attribute) || drifted.type === MACHINE);
  return kinds
    .filter(({ attribute }) => !setBack.includes(attribute) && differs(attribute))
    .flatMap(({ told }) => told(values));
}

/** What not only machines have. */
const OF_ALL = ["tags", "custom_attributes"];

function always(attribute: string, what: string): Kind {
  return { attribute, told: () => [what] };
}

function power({ power_state: state }: Values["after"]): string[] {
  const what = POWER[String(state)];
  return what === undefined ? [] : [what];
}

interface Disk {
  readonly label?: string;
  readonly size?: number;
  readonly path?: string;
}

function disks({ before, after }: Values): string[] {
  const known = new Map(listed(before.disk).map((disk) => [disk.label, disk]));
  const now = listed(after.disk).flatMap((disk) => {
    const was = known.get(disk.label);
    return was === undefined ? [] : [{ was, disk }];
  });
  const resized = now.filter(({ was, disk }) => was.size !== disk.size);
  const isSnapshot = now.some(({ was, disk }) => isOfSnapshot(disk) && !isOfSnapshot(was));
  return [
    ...resized.map(({ disk }) => `the size of ${disk.label ?? "a disk"}`),
    ...(isSnapshot ? ["it has a snapshot"] : []),
  ];
}

function listed(value: unknown): readonly Disk[] {
  return Array.isArray(value) ? (value as Disk[]) : [];
}

function isOfSnapshot({ path = "" }: Disk): boolean {
  return OF_SNAPSHOT.test(path);
}
