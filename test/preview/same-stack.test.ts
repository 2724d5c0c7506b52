import { expect, test } from "@jest/globals";
import { isSameStack } from "../../preview/same-stack";

const STACK = {
  "//": { metadata: { version: "0.21.0", stackName: "milan-network" } },
  resource: { vsphere_tag: { a: { "//": { metadata: { path: "milan/a" } }, name: "a", tags: { "//": "x", b: 1 } } } },
  terraform: { backend: { local: { path: "a" } } },
};
const TAG = STACK.resource.vsphere_tag.a;

function text(changes: object): string {
  return JSON.stringify({ ...STACK, ...changes });
}

function withTag(changes: object): string {
  return text({ resource: { vsphere_tag: { a: { ...TAG, ...changes } } } });
}

test("cdktf's comments and the order of members make no difference between two stacks", () => {
  const { resource, ...others } = STACK;
  const turned = { resource, ...others, "//": { metadata: { version: "0.22.0" } } };
  expect(isSameStack(text({}), JSON.stringify(turned))).toBe(true);
  expect(isSameStack(text({}), withTag({ "//": { metadata: { path: "other" } } }))).toBe(true);
});

test("a value makes one, also of a key that looks like a comment, of the backend and of a block that is new", () => {
  const others = [
    withTag({ name: "b" }),
    withTag({ tags: { "//": "y", b: 1 } }),
    text({ terraform: { backend: { local: { path: "b" } } } }),
    text({ output: { a: { value: 1 } } }),
  ];
  expect(others.filter((other) => isSameStack(text({}), other))).toEqual([]);
});
