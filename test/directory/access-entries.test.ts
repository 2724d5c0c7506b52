import { describe, expect, test } from "@jest/globals";
import { accessEntries, guidText, isAllowed, RIGHT, sidText } from "../../directory/access-entries";
import type { Access } from "../../directory/access-entries";

const [COMPUTER, USER] = ["bf967a86-0de6-11d0-a285-00aa003049e2", "bf967aba-0de6-11d0-a285-00aa003049e2"] as const;
const [JOINER, OTHER] = ["S-1-5-21-1-2-3-1103", "S-1-5-21-1-2-3-1104"] as const;
const [CONTAINER_INHERIT, INHERIT_ONLY] = [0x2, 0x8] as const;
const GENERIC_ALL = 0x10000000;
const CREATE: Access = { right: RIGHT.createChild, objects: [COMPUTER] };
const RESET: Access = { right: RIGHT.control, objects: ["00299570-246d-11d0-a768-00aa006e0529"], heir: COMPUTER };

interface Ace {
  readonly type?: number;
  readonly flags?: number;
  readonly mask: number;
  readonly object?: string;
  readonly heir?: string;
  readonly sid?: string;
}

/** A self-relative security descriptor as MS-DTYP has it, with an owner before its list. */
function descriptor(...aces: readonly Ace[]): Buffer {
  const owner = sid("S-1-5-18");
  const body = Buffer.concat(aces.map(bytesOf));
  const list = Buffer.alloc(8);
  list.writeUInt8(4, 0);
  list.writeUInt16LE(8 + body.length, 2);
  list.writeUInt16LE(aces.length, 4);
  const head = Buffer.alloc(20);
  head.writeUInt8(1, 0);
  head.writeUInt16LE(0x8004, 2);
  head.writeUInt32LE(20, 4);
  head.writeUInt32LE(20 + owner.length, 16);
  return Buffer.concat([head, owner, list, body]);
}

function bytesOf({ type, flags = 0, mask, object, heir, sid: whose = JOINER }: Ace): Buffer {
  const byObject = object !== undefined || heir !== undefined;
  const fixed = Buffer.alloc(byObject ? 12 : 8);
  fixed.writeUInt32LE(mask, 4);
  if (byObject) fixed.writeUInt32LE((object === undefined ? 0 : 1) | (heir === undefined ? 0 : 2), 8);
  const all = Buffer.concat([
    fixed,
    ...[object, heir].map((one) => (one === undefined ? Buffer.alloc(0) : guid(one))),
    sid(whose),
  ]);
  all.writeUInt8(type ?? (byObject ? 5 : 0), 0);
  all.writeUInt8(flags, 1);
  all.writeUInt16LE(all.length, 2);
  return all;
}

function guid(text: string): Buffer {
  const [a = "", b = "", c = "", ...rest] = text.split("-");
  const swapped = [a, b, c].map((part) => Buffer.from(part, "hex").reverse());
  return Buffer.concat([...swapped, Buffer.from(rest.join(""), "hex")]);
}

function sid(text: string): Buffer {
  const [, revision = "", authority = "", ...parts] = text.split("-");
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes.writeUInt8(Number(revision), 0);
  bytes.writeUInt8(parts.length, 1);
  bytes.writeUIntBE(Number(authority), 2, 6);
  parts.forEach((part, index) => bytes.writeUInt32LE(Number(part), 8 + 4 * index));
  return bytes;
}

function allows(access: Access, ...aces: readonly Ace[]): boolean {
  return isAllowed(accessEntries(descriptor(...aces)), new Set([JOINER, "S-1-5-11"]), access);
}

describe("who may do what by an access control list", () => {
  test("is whom an entry of his own or of a group of his allows it, for that object or for all", () => {
    expect(allows(CREATE, { mask: RIGHT.createChild, object: COMPUTER })).toBe(true);
    expect(allows(CREATE, { mask: RIGHT.createChild, sid: "S-1-5-11" })).toBe(true);
    expect(allows(CREATE, { mask: GENERIC_ALL })).toBe(true);
    expect(allows(CREATE, { mask: RIGHT.createChild, object: USER })).toBe(false);
    expect(allows(CREATE, { mask: RIGHT.createChild, object: COMPUTER, sid: OTHER })).toBe(false);
    expect(allows(CREATE, { mask: RIGHT.deleteChild, object: COMPUTER })).toBe(false);
    expect(allows(CREATE)).toBe(false);
  });

  test("is decided by the first entry that is about it", () => {
    const [allow, deny] = [{ mask: RIGHT.createChild }, { mask: RIGHT.createChild, type: 1 }];
    expect(allows(CREATE, deny, allow)).toBe(false);
    expect(allows(CREATE, allow, deny)).toBe(true);
    expect(allows(CREATE, { ...deny, object: USER, type: 6 }, allow)).toBe(true);
    expect(allows(CREATE, { ...deny, object: COMPUTER, type: 6 }, allow)).toBe(false);
  });

  test("differs for the object itself and for what is below it", () => {
    const reset = { mask: RIGHT.control, object: RESET.objects[0] ?? "" };
    const below = CONTAINER_INHERIT | INHERIT_ONLY;
    expect(allows(RESET, { ...reset, heir: COMPUTER, flags: below })).toBe(true);
    expect(allows(RESET, { ...reset, flags: CONTAINER_INHERIT })).toBe(true);
    expect(allows(RESET, { ...reset, heir: USER, flags: below })).toBe(false);
    expect(allows(RESET, reset)).toBe(false);
    expect(allows(CREATE, { mask: RIGHT.createChild, flags: below })).toBe(false);
    expect(allows(CREATE, { mask: RIGHT.createChild, heir: USER, flags: CONTAINER_INHERIT })).toBe(false);
  });

  test("is nobody where there is no list, and entries for audit say nothing", () => {
    expect(accessEntries(Buffer.alloc(20))).toEqual([]);
    expect(allows(CREATE, { mask: RIGHT.createChild, type: 2 }, { mask: RIGHT.createChild })).toBe(true);
    expect(accessEntries(descriptor({ mask: 1, type: 9 }))).toEqual([]);
  });
});

test("identifiers have the texts by which Windows and Microsoft's documents write them", () => {
  expect(guidText(guid(COMPUTER))).toBe(COMPUTER);
  expect(guidText(Buffer.from("867a96bfe60dd011a28500aa003049e2", "hex"))).toBe(COMPUTER);
  expect([JOINER, "S-1-5-32-544", "S-1-1-0"].map((text) => sidText(sid(text)))).toEqual([
    JOINER,
    "S-1-5-32-544",
    "S-1-1-0",
  ]);
  expect(sidText(Buffer.from("010100000000000512000000", "hex"))).toBe("S-1-5-18");
});
