// The programs as JavaScript. It uses Node and esbuild only, since it runs before TypeScript can be loaded.
import { createHash } from "node:crypto";
import {
  existsSync,
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
/**
 * One folder a build, named after what it was made from: a command that runs keeps its own. Not below node_modules, which
 * may be a link to another checkout's: a program finds its repository from where it is.
 */
const BUILDS = join(ROOT, ".build");
/** The programs: the commands, and cdktf's app. */
const PROGRAMS = ["cli/main.ts", "stacks/main.ts"];
/** The programs of an installed package, which has no sources. */
const PACKAGED = join(ROOT, "dist");
/** Commands for work on the toolkit, which a package does not have. */
const DEVELOPERS = "./developer-commands";
/** Beside the sources, what changes a build. */
const SETTINGS = ["runtime/compile.mjs", "package-lock.json", "tsconfig.json"];
const INPUTS = "inputs.json";
const KEPT = 4;
/** A folder that a command is still writing; of one that was killed it stays for an hour. */
const UNFINISHED = "new-";
const ABANDONED_MS = 60 * 60 * 1000;

/**
 * What a file is known by. Its ctime changes with every write and every copy; its mtime may be set, as by an archive that
 * gives all files the same.
 */
function versionOf(path) {
  const { size, ctimeMs } = statSync(join(ROOT, path), { throwIfNoEntry: false }) ?? {};
  return `${path} ${String(size)} ${String(ctimeMs)}`;
}

function digestOf(inputs) {
  return createHash("sha256").update(inputs.map(versionOf).join("\n")).digest("hex").slice(0, 16);
}

/** Whether a build is whole and was made from the sources as they are now. */
function isCurrent(build) {
  try {
    const isWhole = PROGRAMS.every((program) => existsSync(join(BUILDS, build, compiledName(program))));
    return isWhole && digestOf(JSON.parse(readFileSync(join(BUILDS, build, INPUTS), "utf8"))) === build;
  } catch {
    return false;
  }
}

function compiledName(program) {
  return program.replace(/\.ts$/, ".js");
}

/** What is in the folder of builds, the newest first. */
function builds() {
  mkdirSync(BUILDS, { recursive: true });
  const timeOf = (name) => statSync(join(BUILDS, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const timed = readdirSync(BUILDS).map((name) => ({ name, time: timeOf(name) }));
  return timed.sort((a, b) => b.time - a.time);
}

/** Another command may be about to load the build before, or be writing its own. */
function removeOld() {
  const all = builds();
  const finished = all.filter(({ name }) => !name.startsWith(UNFINISHED));
  const abandoned = all.filter(({ name, time }) => name.startsWith(UNFINISHED) && Date.now() - time > ABANDONED_MS);
  for (const { name } of [...finished.slice(KEPT), ...abandoned])
    rmSync(join(BUILDS, name), { recursive: true, force: true });
}

/** Compiles the programs into a folder. @param settings what is not as for every build */
function compile(outdir, settings) {
  return createRequire(import.meta.url)("esbuild").buildSync({
    ...{ absWorkingDir: ROOT, entryPoints: PROGRAMS, outdir, bundle: true, packages: "external" },
    ...{ platform: "node", format: "cjs", target: "node20", keepNames: true },
    ...{ sourcemap: "linked", metafile: true, logLevel: "silent", ...settings },
  });
}

/** Compiles the programs for the package. */
export function compilePackage() {
  compile(PACKAGED, { sourcesContent: true, external: [DEVELOPERS] });
}

/** Compiles the programs into a folder of their own and returns its name. Two commands may do it side by side. */
function build() {
  const started = Date.now();
  const made = mkdtempSync(join(BUILDS, UNFINISHED));
  const { metafile } = compile(made, { sourcesContent: false });
  const inputs = [...Object.keys(metafile.inputs), ...SETTINGS].sort();
  writeFileSync(join(made, INPUTS), JSON.stringify(inputs));
  // What was edited meanwhile: this command runs what it read, and no other takes it for current.
  if (inputs.some((path) => statSync(join(ROOT, path)).ctimeMs >= started)) return basename(made);
  const name = digestOf(inputs);
  try {
    renameSync(made, join(BUILDS, name));
    return name;
  } catch {
    if (!isCurrent(name)) return basename(made);
    // Another command was faster, with the same sources.
    rmSync(made, { recursive: true, force: true });
    return name;
  }
}

/**
 * The path of a program as JavaScript: the package's, and in a checkout compiled anew where a source changed since. Errors tell places in the sources.
 * @param program its source, `cli/main.ts`
 * @throws Error when a source cannot be compiled, or the repository cannot be written
 */
export function compiled(program) {
  // Reading the maps takes a tenth of a start: whoever wants places in the sources of a package sets --enable-source-maps.
  if (!existsSync(join(ROOT, program))) return join(PACKAGED, compiledName(program));
  process.setSourceMapsEnabled(true);
  let current = builds().find(({ name }) => isCurrent(name))?.name;
  if (current === undefined) {
    current = build();
    removeOld();
  }
  return join(BUILDS, current, compiledName(program));
}
