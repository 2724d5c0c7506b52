import { z } from "zod";
import { unanswered } from "../../runtime/guarded-fetch";
import { messageOf } from "../../runtime/errors";
import { PROVIDERS } from "../../terraform/home";
import { probe } from "./probe";
import { type Provider, providers, REGISTRIES } from "./provider-versions";
import type { Terraform } from "./terraform";
import { goPlatform } from "./tool-context";

/** Where the providers come from, as the option `--providers` names it, and why. */
export interface ProviderChoice {
  /** `built`, `registry`, or the path of a filesystem mirror. */
  readonly option: string;
  /** One line for the user. */
  readonly text: string;
  /** Why the registry is of no use. @default - it is, or was not asked */
  readonly refusal?: string;
}

/** The choice that is left to the lab. */
export const AUTO = "auto";
/** A registry that is reachable answers within a second; a firewall that drops packets must not cost a minute. */
const PATIENCE_MS = 3000;

const versionsSchema = z.object({
  versions: z.array(
    z.object({ version: z.string(), platforms: z.array(z.object({ os: z.string(), arch: z.string() })) }),
  ),
});

/**
 * Chooses the source of the providers: the one that was asked for, otherwise the mirror in POSTAZIONI_PROVIDERS, otherwise the
 * registry where it answers at once and has the pinned versions, otherwise those that are built from Go modules.
 * @param asked the option `--providers`
 * @param registry URL of the registry, such as `https://registry.terraform.io`
 */
export async function chooseProviders(asked: string, registry: string): Promise<ProviderChoice> {
  const { [PROVIDERS]: mirror = "" } = process.env;
  if (asked !== AUTO) return { option: asked, text: `Providers: ${nameOf(asked)}, as --providers says` };
  if (mirror !== "") return { option: mirror, text: `Providers: ${nameOf(mirror)}, which ${PROVIDERS} names` };
  const start = Date.now();
  const { host } = new URL(registry);
  const refusal = await refusalOf(registry);
  if (refusal === undefined) {
    const pinned = listOf(({ tried }) => tried.at(-1) ?? "");
    return { option: "registry", text: `Providers: ${pinned} from ${host}, which answered within ${seconds(start)}` };
  }
  const text = `Providers: ${listOf(({ built }) => built)}, built from Go modules, as ${refusal}; newer ones: --providers FOLDER with a filesystem mirror`;
  return { option: "built", text, refusal };
}

/** The registry that a Terraform or OpenTofu asks by itself. @param terraform undefined where OpenTofu is to be built */
export function registryOf(terraform: Terraform | undefined): string {
  const isTerraform = terraform !== undefined && (probe(terraform.command, ["version"]) ?? "").startsWith("Terraform");
  return `https://${isTerraform ? REGISTRIES[0] : REGISTRIES[1]}`;
}

/** Why the registry is of no use; undefined where it has every pinned version for this platform. */
async function refusalOf(registry: string): Promise<string | undefined> {
  const answers = await Promise.all(providers().map((provider) => missingIn(registry, provider)));
  return answers.find((answer) => answer !== undefined);
}

async function missingIn(registry: string, { namespace, name, tried }: Provider): Promise<string | undefined> {
  const { host } = new URL(registry);
  const newest = tried.at(-1) ?? "";
  const wanted = goPlatform();
  try {
    const url = `${registry}/v1/providers/${namespace}/${name}/versions`;
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return `${host} answers with HTTP ${String(response.status)}`;
    const { versions } = versionsSchema.parse(await response.json());
    const platforms = versions.find(({ version }) => version === newest)?.platforms ?? [];
    const hasIt = platforms.some(({ os, arch }) => os === wanted.os && arch === wanted.arch);
    return hasIt ? undefined : `${host} has no ${namespace}/${name} ${newest} for ${wanted.os} on ${wanted.arch}`;
  } catch (error) {
    return reason(host, error);
  }
}

function reason(host: string, error: unknown): string {
  const { name } = error as Error;
  if (name === "TimeoutError") return `${host} did not answer within ${String(PATIENCE_MS / 1000)} s`;
  if (name === "ZodError" || name === "SyntaxError") return `${host} answers with no list of versions`;
  return messageOf(unanswered(host, error));
}

function nameOf(option: string): string {
  if (option === "built") return `${listOf(({ built }) => built)}, built from Go modules`;
  return option === "registry" ? "those of the registry" : `those of the mirror ${option}`;
}

function listOf(version: (provider: Provider) => string): string {
  return providers()
    .map((provider) => `${provider.namespace}/${provider.name} ${version(provider)}`)
    .join(" and ");
}

function seconds(start: number): string {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}
