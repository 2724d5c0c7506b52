// The first step of every npm script: it uses Node alone, so that each command works on a fresh clone.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".postazioni-lock");

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: 20.19 or later is needed, see https://nodejs.org`);
    process.exit(1);
  }
}

function installPackages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.error("Installing the npm packages of package-lock.json (about a minute)");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (npm.status !== 0) {
    console.error(
      "npm ci failed: check that npm is on PATH and that its registry answers ('npm ping'), then run again",
    );
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

/** npm runs its scripts in the package's folder, and says in INIT_CWD where it was called: paths that are typed are meant from there. */
function standWhereTyped() {
  const { INIT_CWD, npm_lifecycle_event } = process.env;
  const byNpm = npm_lifecycle_event === process.argv[2] && process.cwd() === root;
  if (byNpm && INIT_CWD !== undefined && existsSync(INIT_CWD)) process.chdir(INIT_CWD);
  // A command that this one runs stands where it is put.
  delete process.env.INIT_CWD;
}

requireNode();
installPackages();
standWhereTyped();
// Else tsx looks for it where the command was typed, and would not know whose the templates are.
process.env.TSX_TSCONFIG_PATH = join(root, "tsconfig.json");
const { register } = await import("tsx/cjs/api");
register();
const { createRequire } = await import("node:module");
createRequire(import.meta.url)("./main.ts");
