// The programs as JavaScript. It uses Node and esbuild only, since it runs before TypeScript can be loaded.
import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
/** One folder a build, named after what it was made from: a command that runs keeps its own. */
const BUILDS = join(ROOT, "node_modules", ".cache", "postazioni");
/** The programs: the commands, and cdktf's app. */
const PROGRAMS = ["cli/main.ts", "stacks/main.ts"];
/** Beside the sources, what changes a build. */
const SETTINGS = ["runtime/compile.mjs", "package-lock.json", "tsconfig.json"];
const INPUTS = "inputs.json";
/** How many builds are kept: a command may be about to load the one before. */
const KEPT = 4;

/** What a file is known by: another version of it has another size or was written at another time. */
function versionOf(path) {
  const { size, mtimeMs } = statSync(join(ROOT, path), { throwIfNoEntry: false }) ?? {};
  return `${path} ${String(size)} ${String(mtimeMs)}`;
}

function digestOf(inputs) {
  return createHash("sha256").update(inputs.map(versionOf).join("\n")).digest("hex").slice(0, 16);
}

/** Whether a build was made from the sources as they are now. */
function isCurrent(build) {
  try {
    return digestOf(JSON.parse(readFileSync(join(BUILDS, build, INPUTS), "utf8"))) === build;
  } catch {
    return false;
  }
}

/** The builds that are there, the newest first. */
function builds() {
  mkdirSync(BUILDS, { recursive: true });
  const timeOf = (name) => statSync(join(BUILDS, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const timed = readdirSync(BUILDS).map((name) => [timeOf(name), name]);
  return timed.sort(([a], [b]) => b - a).map(([, name]) => name);
}

/** Compiles the programs into a folder of their own and returns its name. Two commands may do it side by side. */
function build() {
  const esbuild = createRequire(import.meta.url)("esbuild");
  const started = Date.now();
  const made = mkdtempSync(join(BUILDS, "new-"));
  const { metafile } = esbuild.buildSync({
    ...{ absWorkingDir: ROOT, entryPoints: PROGRAMS, outdir: made, bundle: true, packages: "external" },
    ...{ platform: "node", format: "cjs", target: "node20", keepNames: true },
    ...{ sourcemap: "linked", sourcesContent: false, metafile: true, logLevel: "silent" },
  });
  const inputs = [...Object.keys(metafile.inputs), ...SETTINGS].sort();
  writeFileSync(join(made, INPUTS), JSON.stringify(inputs));
  // What was edited meanwhile: this command runs what it read, and no other takes it for current.
  if (inputs.some((path) => statSync(join(ROOT, path)).mtimeMs >= started)) return basename(made);
  const name = digestOf(inputs);
  try {
    renameSync(made, join(BUILDS, name));
  } catch {
    // Another command was faster, with the same sources.
    rmSync(made, { recursive: true, force: true });
  }
  return name;
}

/**
 * The path of a program as JavaScript, compiled anew where a source changed since. Errors tell places in the sources.
 * @param program its source, `cli/main.ts`
 * @throws Error when a source cannot be compiled, or node_modules cannot be written
 */
export function compiled(program) {
  process.setSourceMapsEnabled(true);
  let current = builds().find(isCurrent);
  if (current === undefined) {
    current = build();
    for (const old of builds().slice(KEPT)) rmSync(join(BUILDS, old), { recursive: true, force: true });
  }
  return join(BUILDS, current, program.replace(/\.ts$/, ".js"));
}
