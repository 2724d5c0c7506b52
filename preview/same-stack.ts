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
  const { [COMMENT]: _, ...file } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(file).map(([kind, types]) => [kind, members(types, (blocks) => members(blocks, uncommented))]),
  );
}

function members(value: unknown, inner: (member: unknown) => unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inner(member)]));
}

function uncommented(block: unknown): unknown {
  if (!isRecord(block)) return block;
  const { [COMMENT]: _, ...rest } = block;
  return rest;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
