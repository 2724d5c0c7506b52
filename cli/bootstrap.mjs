#!/usr/bin/env node
// The program postazioni, and the first step of every npm script. It uses only Node, so that each command works on a fresh clone.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compiled } from "../runtime/compile.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const LOCK = "package-lock.json";
/** npm's record of the installed packages, written at the end of an installation. */
const INSTALLED = join("node_modules", ".package-lock.json");
/**
 * The commands of a deployment. They need no packages for development: `npm ci --omit=dev --ignore-scripts` is enough.
 */
const DEPLOYING = ["validate", "preflight", "preview", "drift", "apply", "pipeline", "secrets", "report", "doctor"];

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: 20.19 or later is needed, see https://nodejs.org`);
    process.exit(1);
  }
}

function packagesIn(file) {
  return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
}

/** Whether every package that a command needs is installed, each in the version of the lock file. */
function isInstalled(command) {
  if (!existsSync(join(root, INSTALLED))) return false;
  const [wanted, found] = [packagesIn(LOCK), packagesIn(INSTALLED)];
  const isNeeded = ({ dev, devOptional, optional }) =>
    optional !== true && (!DEPLOYING.includes(command) || (dev ?? devOptional) !== true);
  const needed = Object.keys(wanted).filter((path) => path !== "" && isNeeded(wanted[path]));
  const isAsWanted = (path) => ["version", "integrity"].every((key) => found[path][key] === wanted[path]?.[key]);
  return needed.every((path) => path in found) && Object.keys(found).every(isAsWanted);
}

/** For a checkout; npm installed those of a package with it. */
function installPackages() {
  if (!existsSync(join(root, LOCK)) || isInstalled(process.argv[2])) return;
  console.error("Installing the npm packages of package-lock.json (about a minute)");
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (npm.status !== 0) {
    console.error(
      "npm ci failed: check that npm is on PATH and that its registry answers ('npm ping'), then run again",
    );
    process.exit(1);
  }
}

/**
 * npm runs scripts in the folder of their package.json and puts the caller's folder in INIT_CWD: relative paths on the
 * command line start there.
 */
function standWhereTyped() {
  const { INIT_CWD, npm_lifecycle_event, npm_package_json = "" } = process.env;
  const byNpm = npm_lifecycle_event === process.argv[2] && process.cwd() === dirname(npm_package_json);
  if (byNpm && INIT_CWD !== undefined && existsSync(INIT_CWD)) process.chdir(INIT_CWD);
  // A child command keeps the working directory that it is given.
  delete process.env.INIT_CWD;
}

/** Reports a failure before the program is loaded; no secret is known by then. */
function failEarly(error) {
  const log = join(mkdtempSync(join(tmpdir(), "postazioni-failure-")), "failure.log");
  writeFileSync(log, `${error.stack}\n`, { mode: 0o600 });
  const message = String(error.message).replace(/\s+/g, " ");
  console.error(`postazioni could not start: ${message}; the log with the stack: ${log}`);
  process.exit(1);
}

let fail = failEarly;
process.on("uncaughtException", (error) => fail(error));
try {
  requireNode();
  installPackages();
  standWhereTyped();
  ({ fail } = createRequire(import.meta.url)(compiled("cli/main.ts")));
} catch (error) {
  fail(error);
}
