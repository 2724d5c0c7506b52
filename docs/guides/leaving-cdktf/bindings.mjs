// Makes the bindings of both providers from the providers' own schemas, in place of the archived packages
// @cdktf/provider-vsphere and @cdktf/provider-vault: node docs/guides/leaving-cdktf/bindings.mjs
// It needs cdktn-cli and Node 22.19 or later. Terraform installs the providers as its own configuration says.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOMS = ["access", "constructs", "stacks"];
const MADE = "bindings";
const GENERATED = join(MADE, "generated");
/** The bound versions: the archived packages' own. */
const PROVIDERS = [
  { name: "vsphere", source: "vmware/vsphere", version: "2.15.0" },
  { name: "vault", source: "hashicorp/vault", version: "5.6.0" },
];

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

function generate() {
  rmSync(MADE, { recursive: true, force: true });
  mkdirSync(GENERATED, { recursive: true });
  const terraformProviders = PROVIDERS.map(({ source, version }) => `${source}@${version}`);
  const settings = { language: "typescript", app: "true", codeMakerOutput: ".", terraformProviders };
  writeFileSync(join(GENERATED, "cdktf.json"), JSON.stringify(settings));
  const program = join(process.cwd(), "node_modules/cdktn-cli/bundle/bin/cdktn.js");
  execFileSync(process.execPath, [program, "get"], { cwd: GENERATED, stdio: "inherit" });
}

/** The resources of a provider that the toolkit imports. */
function usedOf(name) {
  const pattern = new RegExp(`"@cdktf/provider-${name}/lib/([a-z0-9-]+)"`, "g");
  const texts = ROOMS.flatMap(filesBelow).map((file) => readFileSync(file, "utf8"));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, module]) => module)))].sort();
}

/** A package of the archived one's name and layout, so that no import changes. */
function compile({ name, version }) {
  const [place, sources] = [join(MADE, name), join(MADE, name, "src")];
  mkdirSync(place, { recursive: true });
  renameSync(join(GENERATED, "providers", name), sources);
  for (const file of filesBelow(sources)) {
    // package.json gives the library under its former name, and it must be there once only.
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("from 'cdktn'", "from 'cdktf'"));
  }
  const files = usedOf(name).map((module) => join(sources, module, "index.ts"));
  const target = ["--target", "es2022", "--module", "commonjs", "--moduleResolution", "node10", "--declaration"];
  const options = [...target, "--strict", "--skipLibCheck", "--rootDir", sources, "--outDir", join(place, "lib")];
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", ...options, ...files], { stdio: "inherit" });
  rmSync(sources, { recursive: true });
  const peerDependencies = { cdktf: "*", constructs: "*" };
  writeFileSync(
    join(place, "package.json"),
    JSON.stringify({ name: `@cdktf/provider-${name}`, version, private: true, peerDependencies }, undefined, 2),
  );
  console.log(`${place}: ${String(files.length)} resources of ${name} ${version}`);
}

generate();
for (const provider of PROVIDERS) compile(provider);
rmSync(GENERATED, { recursive: true });
