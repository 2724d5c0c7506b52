import { isDeepStrictEqual } from "node:util";

/** Where cdktf writes comments, which Terraform does not read: its version, paths of constructs. */
const COMMENT = "//";

/**
 * Whether two synthesized stacks are the same to Terraform; the order of members and cdktf's comments make no difference.
 * @param one text of its cdk.tf.json
 */
export function isSameStack(one: string, other: string): boolean {
  return one === other || isDeepStrictEqual(read(one), read(other));
}

/** Comments are in the file itself and in its blocks; deeper, a key of that name is a value. */
function read(text: string): unknown {
  return members(JSON.parse(text), (types) => members(types, (blocks) => members(blocks, (block) => members(block))));
}

/** A record's members but for the comment; anything else as it is. */
function members(value: unknown, inner: (member: unknown) => unknown = (member) => member): unknown {
  if (!isRecord(value)) return value;
  const own = Object.entries(value).filter(([name]) => name !== COMMENT);
  return Object.fromEntries(own.map(([name, member]) => [name, inner(member)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
