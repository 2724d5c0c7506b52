// The software bill of materials of the package, in CycloneDX's JSON: npm's own, of what a user gets. It uses Node and npm only.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const MOST_BYTES = 64 * 1024 * 1024;

/** Licences of the packages that are installed with the toolkit, by name and version: `cdktf@0.21.0`. */
function licences() {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const used = Object.entries(packages).filter(([path, { dev }]) => path !== "" && dev !== true);
  return new Map(
    used.map(([path, { name, version, license }]) => [
      `${name ?? path.replace(/^.*node_modules\//, "")}@${version}`,
      license,
    ]),
  );
}

/**
 * npm's bill. Its `--omit dev` leaves out what a package for development needs too, such as cdktf (npm 11.19), so it is asked for all
 * and the rest is taken out here. Without a number and a time: the same lock file gives the same bytes.
 */
export function billOfMaterials() {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
  const bill = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8", maxBuffer: MOST_BYTES }));
  const used = licences();
  const components = bill.components.filter(({ purl }) => used.has(nameOf(purl)));
  const refs = new Set([bill.metadata.component, ...components].map((one) => one["bom-ref"]));
  delete bill.serialNumber;
  delete bill.metadata.timestamp;
  bill.metadata.component.name = "postazioni";
  return {
    ...bill,
    components: components.map((one) => withLicence(one, used.get(nameOf(one.purl)))),
    dependencies: bill.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  };
}

/** npm leaves out a licence that SPDX does not know, such as "Public Domain". */
function withLicence(component, name) {
  return component.licenses?.length > 0 ? component : { ...component, licenses: [{ license: { name } }] };
}

/** `pkg:npm/%40cdktf/provider-vault@15.6.1` gives `@cdktf/provider-vault@15.6.1`. */
function nameOf(purl) {
  return decodeURIComponent(purl.replace("pkg:npm/", "").replace(/\?.*$/, ""));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(billOfMaterials(), null, 2));
