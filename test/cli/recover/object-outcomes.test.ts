import { expect, test } from "@jest/globals";
import { objectLines, oneByOne } from "../../../cli/recover/object-outcomes";
import { Redactor } from "../../../runtime/redactor";

const OBJECTS = [
  { stack: "milan-network", address: "vsphere_folder.a", id: "/Milano/vm/a" },
  { stack: "milan-network", address: 'vsphere_folder.b["x"]', id: "/Milano/vm/b" },
];
const PLANNING = { env: {}, redactor: new Redactor(), output: "", logs: "", terraform: "" };
const WORDS = { are: "in no state", listed: "stands", done: "adopted" };
const named = ({ address, id }: (typeof OBJECTS)[number]): string => `${address}: ${id}`;

test("objects are listed with their number, their stack and what they are called", () => {
  expect(objectLines(OBJECTS, [], WORDS, named)).toEqual([
    "2 objects in no state",
    "milan-network: vsphere_folder.a: /Milano/vm/a: stands",
    'milan-network: vsphere_folder.b["x"]: /Milano/vm/b: stands',
  ]);
});

test("it is said of each whether it was done, and why not", async () => {
  const work = ({ id }: { id: string }) => Promise.resolve(id.endsWith("b") ? "terraform import: no" : undefined);
  const outcomes = await oneByOne(OBJECTS, PLANNING, work);
  expect(objectLines(OBJECTS, outcomes, WORDS, named).slice(1)).toEqual([
    "milan-network: vsphere_folder.a: /Milano/vm/a: adopted",
    'milan-network: vsphere_folder.b["x"]: /Milano/vm/b: not adopted: terraform import: no',
  ]);
});

test("nothing more is done once it is interrupted", async () => {
  const interrupted = new AbortController();
  const done: string[] = [];
  const work = ({ id }: { id: string }) => {
    done.push(id);
    interrupted.abort();
    return Promise.resolve(undefined);
  };
  await expect(oneByOne(OBJECTS, { ...PLANNING, signal: interrupted.signal }, work)).rejects.toThrow();
  expect(done).toEqual(["/Milano/vm/a"]);
});
