// Builds the documentation's site into site.out/: npm run site. It installs TypeDoc below docs/site/ the first time.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brokenLinks } from "./links.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const SITE = join(HERE, "../../site.out");

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: HERE, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(1);
}

/** Whether TypeDoc is installed in the version of the lock file. */
function isInstalled() {
  const [lock, found] = ["package-lock.json", "node_modules/.package-lock.json"].map((file) => join(HERE, file));
  if (!existsSync(found)) return false;
  const versionIn = (file) => JSON.parse(readFileSync(file, "utf8")).packages["node_modules/typedoc"]?.version;
  return versionIn(lock) === versionIn(found);
}

/** A folder of the repository is no page: TypeDoc copies linked files only. */
function unlinkFolders() {
  for (const link of brokenLinks(SITE)) {
    const [page = "", target = ""] = link.split(": ");
    if (!/^(?:\.\.\/)*media\/[\w-]+$/.test(target)) continue;
    const file = join(SITE, page);
    const anchor = new RegExp(`<a href="${target.replaceAll(".", "\\.")}"[^>]*>([^]*?)</a>`, "g");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(anchor, "$1"));
  }
}

if (!isInstalled()) run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
run(process.execPath, [join("node_modules", "typedoc", "bin", "typedoc"), "--logLevel", "Error"]);
unlinkFolders();
const broken = brokenLinks(SITE);
for (const link of broken) console.error(link);
if (broken.length > 0) {
  console.error(`${String(broken.length)} links lead nowhere`);
  process.exitCode = 1;
} else {
  console.log("site.out/index.html: every link leads somewhere");
}
