// npm's prepack: the programs and the typed library as JavaScript in dist/, as package.json names them.
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compilePackage } from "../runtime/compile.mjs";
import { billOfMaterials } from "./sbom.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
rmSync(join(root, "dist"), { recursive: true, force: true });
compilePackage();
writeFileSync(join(root, "dist", "sbom.cdx.json"), `${JSON.stringify(billOfMaterials(), null, 2)}\n`);
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const library = spawnSync(process.execPath, [compiler, "-p", "tsconfig.package.json"], { cwd: root, stdio: "inherit" });
process.exitCode = library.status ?? 1;
