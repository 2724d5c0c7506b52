import { AUTO, chooseProviders, registryOf } from "../../lab/tools/provider-choice";
import type { ProviderChoice } from "../../lab/tools/provider-choice";
import { checkMirror, providerSource } from "../../lab/tools/provider-source";
import { missingTools } from "../../lab/tools/install";
import { probe, versionIn } from "../../lab/tools/probe";
import { goVersion, unmet } from "../../lab/tools/requirements";
import { findTerraform } from "../../lab/tools/terraform";
import type { Terraform } from "../../lab/tools/terraform";
import { messageOf } from "../../runtime/errors";
import { missing } from "../system-need";
import { DOMAIN, EMULATION, LAB, MONITORING, NETWORK, PAGE } from "../test-needs";
import { note, right, wrong } from "./finding";
import type { Finding, Purpose } from "./finding";

/** Node's releases with security fixes: 22 until 30 April 2027; 20 had them until 30 April 2026 (nodejs/Release). */
const MAINTAINED_NODE = 22;
const TEST_NEEDS = [...LAB, ...NETWORK, ...MONITORING, ...PAGE];
const SOAK_NEEDS = [...EMULATION, ...DOMAIN];

/** Node and, for what the machine is to do, Terraform, the providers, Go, Python and system packages. */
export async function programFindings(purposes: readonly Purpose[]): Promise<Finding[]> {
  const terraform = terraformFound();
  const providers = await chooseProviders(AUTO, registryOf(terraform.found));
  const builds = purposes.some((purpose) => purpose !== "deploy");
  return [
    node(process.versions.node),
    ...terraformFindings(terraform, purposes),
    ...mirror(providers),
    ...(purposes.includes("deploy") ? [deployedProviders(providers)] : []),
    ...(builds ? labFindings(terraform.found, providers) : []),
    ...packages(purposes),
  ];
}

function mirror({ option }: ProviderChoice): Finding[] {
  try {
    checkMirror(providerSource(option));
    return [];
  } catch (error) {
    return [wrong(messageOf(error), "fill it: terraform providers mirror")];
  }
}

/** A deployment takes the versions of the file, which are not built. */
function deployedProviders({ option, refusal }: ProviderChoice): Finding {
  if (refusal === undefined)
    return right(`Providers of a deployment: from ${option === "registry" ? "the registry" : option}`);
  const repair = "name a filesystem mirror in POSTAZIONI_PROVIDERS, or have the registry reached";
  return wrong(`Terraform cannot install the providers of a deployment: ${refusal}`, repair);
}

function node(version: string): Finding {
  const [major = 0] = versionIn(version) ?? [];
  if (major >= MAINTAINED_NODE) return right(`Node ${version}`);
  return note(`Node ${version} has had no security fixes since 30 April 2026`, "install Node 22.19 or later");
}

interface FoundTerraform {
  readonly found: Terraform | undefined;
  /** Why the one that TERRAFORM_BINARY_NAME names cannot be used. */
  readonly failure?: string;
}

function terraformFound(): FoundTerraform {
  try {
    return { found: findTerraform(undefined) };
  } catch (error) {
    return { found: undefined, failure: messageOf(error) };
  }
}

function terraformFindings({ found, failure }: FoundTerraform, purposes: readonly Purpose[]): Finding[] {
  if (failure !== undefined) return [wrong(`TERRAFORM_BINARY_NAME: ${failure}`, "name another one, or unset it")];
  if (found !== undefined) return [right(`${nameOf(found)} ${found.version ?? ""}, ${found.command} on PATH`)];
  const what = "neither Terraform nor OpenTofu 1.11 or later is on PATH";
  if (purposes.includes("deploy"))
    return [wrong(what, "install one of them; 'npm run lab' builds OpenTofu for itself")];
  return [note(`${what}: the lab builds OpenTofu, which takes about three minutes`, "or install one of them")];
}

function nameOf({ command }: Terraform): string {
  return (probe(command, ["version"]) ?? "").startsWith("OpenTofu") ? "OpenTofu" : "Terraform";
}

function labFindings(terraform: Terraform | undefined, { option, text }: ProviderChoice): Finding[] {
  const { tools, pip } = missingTools({ providers: providerSource(option) }, terraform);
  const names = tools.map(({ name }) => name);
  const obstacles = unmet({ go: names, pip });
  const built = [...names, ...(pip ? ["OpenBao"] : [])];
  const state = built.length === 0 ? "the lab's tools are there" : `the first run makes ${built.join(", ")}`;
  return [
    right(text.replace("Providers", "Providers of the lab")),
    right(state),
    ...(obstacles.length === 0 ? languages() : obstacles.map((obstacle) => wrong(obstacle, "install it"))),
  ];
}

function languages(): Finding[] {
  const go = goVersion();
  const python = versionIn(probe("python3", ["--version"]));
  return [
    ...(go === undefined ? [] : [right(`Go ${go.slice("go".length)}`)]),
    ...(python === undefined ? [] : [right(`Python ${python.join(".")}`)]),
  ];
}

function packages(purposes: readonly Purpose[]): Finding[] {
  const soak = purposes.includes("soak");
  if (!soak && !purposes.includes("test")) return [];
  const needs = [...TEST_NEEDS, ...(soak ? SOAK_NEEDS : [])];
  // Several groups of tests need the same program.
  const lacking = [...new Map(missing(needs).map((need) => [need.program, need])).values()];
  if (lacking.length === 0) return [right(`the ${soak ? "soak's" : "tests'"} system packages are installed`)];
  return lacking.map(({ program, install }) =>
    wrong(`${program} is not on PATH: its group of tests is skipped`, install),
  );
}
