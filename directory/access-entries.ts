/** An access control entry of an object in Active Directory, as far as it says who may do what. */
export interface AccessEntry {
  /** Whether it allows; otherwise it denies. */
  readonly allows: boolean;
  /** Whether it counts for the object itself. */
  readonly here: boolean;
  /** Whether what is made below the object inherits it. */
  readonly below: boolean;
  /** The rights, as bits of an access mask. */
  readonly mask: number;
  /** GUID of the class, attribute, set of attributes or right that it is for. @default - all of them */
  readonly object?: string | undefined;
  /** GUID of the class that alone inherits it. @default - every class */
  readonly heir?: string | undefined;
  /** Security identifier of whom it is for. Example: `S-1-5-11`. */
  readonly sid: string;
}

/** What somebody would do. */
export interface Access {
  /** @see RIGHT */
  readonly right: number;
  /** GUIDs of what it is done to: a class, a right, or an attribute and the set that it belongs to. */
  readonly objects: readonly string[];
  /** GUID of the class of the objects below that it is done to. @default - it is done to the object itself */
  readonly heir?: string;
}

/** MS-ADTS, 5.1.3.2 "Access Rights": those of an object in the directory. */
export const RIGHT = { createChild: 0x1, deleteChild: 0x2, validatedWrite: 0x8, write: 0x20, control: 0x100 } as const;
/** MS-ADTS, 5.1.3.2: generic rights and what they stand for, of those above. */
const GENERIC_ALL = 0x10000000;
const GENERIC_WRITE = 0x40000000;
const ALL = Object.values(RIGHT).reduce((one, other) => one | other, 0);
/** MS-DTYP, 2.4.4.1 "ACE_HEADER" and 2.4.4.3 "ACCESS_ALLOWED_OBJECT_ACE". */
const [ALLOWED, DENIED, ALLOWED_OBJECT, DENIED_OBJECT] = [0, 1, 5, 6] as const;
const [CONTAINER_INHERIT, INHERIT_ONLY] = [0x2, 0x8] as const;
const [HAS_OBJECT, HAS_HEIR] = [0x1, 0x2] as const;
const GUID_BYTES = 16;

/**
 * The entries of a self-relative security descriptor's access control list (MS-DTYP, 2.4.6), in its order.
 * @throws RangeError where it ends too early
 */
export function accessEntries(descriptor: Buffer): AccessEntry[] {
  const list = descriptor.readUInt32LE(16);
  const entries: AccessEntry[] = [];
  let at = list + 8;
  for (let left = list === 0 ? 0 : descriptor.readUInt16LE(list + 4); left > 0; left -= 1) {
    const size = descriptor.readUInt16LE(at + 2);
    const entry = accessEntry(descriptor.subarray(at, at + size));
    if (entry !== undefined) entries.push(entry);
    at += size;
  }
  return entries;
}

/** Kinds for audit and with conditions say nothing here. */
function accessEntry(bytes: Buffer): AccessEntry | undefined {
  const [type, flags] = [bytes.readUInt8(0), bytes.readUInt8(1)];
  if (![ALLOWED, DENIED, ALLOWED_OBJECT, DENIED_OBJECT].some((known) => known === type)) return undefined;
  const byObject = type === ALLOWED_OBJECT || type === DENIED_OBJECT;
  const has = byObject ? bytes.readUInt32LE(8) : 0;
  let at = byObject ? 12 : 8;
  const next = (flag: number): string | undefined => {
    if ((has & flag) === 0) return undefined;
    at += GUID_BYTES;
    return guidText(bytes.subarray(at - GUID_BYTES, at));
  };
  const [object, heir] = [next(HAS_OBJECT), next(HAS_HEIR)];
  return {
    ...{ allows: type === ALLOWED || type === ALLOWED_OBJECT, mask: specific(bytes.readUInt32LE(4)) },
    ...{ here: (flags & INHERIT_ONLY) === 0, below: (flags & CONTAINER_INHERIT) !== 0 },
    ...{ object, heir, sid: sidText(bytes.subarray(at)) },
  };
}

function specific(mask: number): number {
  if ((mask & GENERIC_ALL) !== 0) return ALL;
  return (mask & GENERIC_WRITE) !== 0 ? mask | RIGHT.validatedWrite | RIGHT.write : mask;
}

/** Whether a list lets somebody do something: the first entry that is about him and it decides. @param sids all of his */
export function isAllowed(entries: readonly AccessEntry[], sids: ReadonlySet<string>, access: Access): boolean {
  const first = entries.find((entry) => sids.has(entry.sid) && isAbout(entry, access));
  return first?.allows ?? false;
}

function isAbout({ mask, object, heir, here, below }: AccessEntry, access: Access): boolean {
  const there = (access.heir === undefined ? here : below) && (heir === undefined || heir === access.heir);
  return there && (mask & access.right) !== 0 && (object === undefined || access.objects.includes(object));
}

/** A GUID's text, in lower case (MS-DTYP, 2.3.4.2). Example: `bf967a86-0de6-11d0-a285-00aa003049e2`. */
export function guidText(bytes: Buffer): string {
  const parts = [Buffer.from(bytes.subarray(0, 4)).reverse(), Buffer.from(bytes.subarray(4, 6)).reverse()];
  const rest = [Buffer.from(bytes.subarray(6, 8)).reverse(), bytes.subarray(8, 10), bytes.subarray(10, GUID_BYTES)];
  return [...parts, ...rest].map((part) => part.toString("hex")).join("-");
}

/** A security identifier's text (MS-DTYP, 2.4.2.1). Example: `S-1-5-11`. */
export function sidText(bytes: Buffer): string {
  const parts = Array.from({ length: bytes.readUInt8(1) }, (_, index) => bytes.readUInt32LE(8 + 4 * index));
  return ["S", bytes.readUInt8(0), bytes.readUIntBE(2, 6), ...parts].join("-");
}
