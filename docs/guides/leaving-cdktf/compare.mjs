// Compares two folders that were synthesized: node docs/guides/leaving-cdktf/compare.mjs BEFORE AFTER
// Each stack must have the same content; the order of keys, the layout and the library's version may differ.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

function stacksIn(folder) {
  return new Map(readdirSync(join(folder, "stacks")).map((name) => [name, contentOf(folder, name)]));
}

/** A stack's content, and apart from it the version of the library that wrote it. */
function contentOf(folder, name) {
  const content = JSON.parse(readFileSync(join(folder, "stacks", name, "cdk.tf.json"), "utf8"));
  const { version } = content["//"].metadata;
  delete content["//"].metadata.version;
  return { content, version };
}

function versionsOf(stacks) {
  return [...new Set([...stacks.values()].map(({ version }) => version))].join(", ");
}

const [before, after] = process.argv.slice(2, 4).map(stacksIn);
if (before === undefined || after === undefined) throw new Error("name two folders of a synthesis");
const names = [...new Set([...before.keys(), ...after.keys()])].sort();
const different = names.filter((name) => !isDeepStrictEqual(before.get(name)?.content, after.get(name)?.content));
for (const name of different) console.log(`${name}: differs`);
console.log(`before: ${versionsOf(before)}; after: ${versionsOf(after)}`);
console.log(`${different.length === 0 ? "all" : String(names.length - different.length)} stacks are the same`);
process.exitCode = different.length === 0 ? 0 : 1;
