import { existsSync, linkSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandError } from "../../runtime/errors";
import type { LabPaths, SharedPaths } from "../paths";
import type { GoTool } from "./go-tool";
import { cliConfig } from "../../terraform/home";
import { type Provider, providers, REGISTRIES } from "./provider-versions";
import { platformName } from "./tool-context";

/** Source of the providers: built here, Terraform's registry, or a filesystem mirror of the user's. */
export type ProviderSource = "built" | "registry" | { readonly mirror: string };

/** Parses the option `--providers`. */
export function providerSource(option: string): ProviderSource {
  return option === "built" || option === "registry" ? option : { mirror: resolve(option) };
}

/** The providers as programs to build, in the layout of Terraform's filesystem mirror. */
export function providerTools(shared: SharedPaths): GoTool[] {
  return providers().map((provider) => ({
    name: `provider-${provider.name}`,
    module: `lab/providers/${provider.name}`,
    package: `github.com/hashicorp/terraform-provider-${provider.name}`,
    output: builtProgram(shared, REGISTRIES[0], provider),
    about: `provider-${provider.name} ${provider.built} from Go modules, ${provider.buildTime}`,
    otherwise: "take the providers ready-made: --providers registry, or --providers FOLDER with a filesystem mirror",
  }));
}

/** Links the built providers under OpenTofu's namespace too. */
export function linkBuiltProviders(shared: SharedPaths): void {
  for (const provider of providers()) {
    const link = builtProgram(shared, REGISTRIES[1], provider);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    linkSync(builtProgram(shared, REGISTRIES[0], provider), link);
  }
}

/**
 * The provider versions for the overlay: those that are built, or the newest known ones of a mirror that lacks the default.
 * Others are as the cities' files say.
 */
export function overlayVersions(source: ProviderSource): Partial<Record<Provider["name"], string>> {
  if (source === "built") return Object.fromEntries(providers().map(({ name, built }) => [name, built]));
  if (source === "registry") return {};
  const older = providers().flatMap((provider): [string, string][] => {
    const newest = versionsIn(source.mirror, provider).at(-1);
    return newest === undefined || newest === provider.tried.at(-1) ? [] : [[provider.name, newest]];
  });
  return Object.fromEntries(older);
}

/** @throws CommandError that lists every provider of which a mirror has no known version, and what it has instead */
export function checkMirror(source: ProviderSource): void {
  if (typeof source === "string") return;
  const missing = providers().filter((provider) => packagesIn(source.mirror, provider).length === 0);
  if (missing.length === 0) return;
  const lines = missing.map(({ namespace, name, tried }) => {
    const place = join(source.mirror, REGISTRIES[0], namespace, name);
    const there = existsSync(place) ? readdirSync(place).join(", ") : "nothing";
    const newest = tried.at(-1) ?? "";
    return `  ${namespace}/${name} ${tried.join(" or ")}: expected in ${join(place, newest, platformName())}; found: ${there}`;
  });
  throw new CommandError(`the provider mirror lacks the versions that were tried:\n${lines.join("\n")}`);
}

/**
 * Writes Terraform's CLI configuration: providers are installed from this source only.
 * @returns the filesystem mirror; undefined for the registry
 */
export function writeCliConfig(source: ProviderSource, paths: LabPaths, shared: SharedPaths): string | undefined {
  const mirror = source === "registry" ? undefined : mirrorFolder(source, paths, shared);
  if (mirror === undefined) mkdirSync(shared.plugins, { recursive: true });
  const cache = mirror === undefined ? [`plugin_cache_dir = ${JSON.stringify(shared.plugins)}\n`] : [];
  writeFileSync(paths.cliConfig, [cliConfig(mirror), ...cache].join(""));
  return mirror;
}

/**
 * A user's mirror may have only one namespace, while OpenTofu uses the other: its content is linked under both. Only
 * the last folder is a link: Terraform follows no other.
 */
function mirrorFolder(source: Exclude<ProviderSource, "registry">, paths: LabPaths, shared: SharedPaths): string {
  if (source === "built") return shared.mirror;
  const folder = join(paths.run, "mirror");
  for (const [host, inside] of providers().flatMap((provider) => packagesIn(source.mirror, provider))) {
    for (const registry of REGISTRIES) {
      const link = join(folder, registry, inside);
      if (existsSync(link)) continue;
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(source.mirror, host, inside), link);
    }
  }
  return folder;
}

/** The versions of a provider that a mirror has and the toolkit knows, oldest first. */
function versionsIn(mirror: string, provider: Provider): string[] {
  return known(provider).filter((version) => packageOf(mirror, provider, version).length > 0);
}

/** The version that the lab builds, which its own mirror has, and those that were tried with a deployment, oldest first. */
function known({ built, tried }: Provider): readonly string[] {
  return [built, ...tried];
}

/** Where a mirror has the known versions for this platform. */
function packagesIn(mirror: string, provider: Provider): [host: string, inside: string][] {
  return known(provider).flatMap((version) => packageOf(mirror, provider, version).slice(0, 1));
}

/** Where a mirror has a version for this platform: host and path; as a folder or a zip file. */
function packageOf(mirror: string, { namespace, name }: Provider, version: string): [host: string, inside: string][] {
  const unpacked = join(namespace, name, version, platformName());
  const packed = join(namespace, name, `terraform-provider-${name}_${version}_${platformName()}.zip`);
  return REGISTRIES.flatMap((host) => [unpacked, packed].map((inside): [string, string] => [host, inside])).filter(
    ([host, inside]) => existsSync(join(mirror, host, inside)),
  );
}

function builtProgram(shared: SharedPaths, registry: string, { namespace, name, built }: Provider): string {
  const folder = join(shared.mirror, registry, namespace, name, built, platformName());
  return join(folder, `terraform-provider-${name}_v${built}`);
}
