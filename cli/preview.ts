import { relative } from "node:path";
import type { Command } from "commander";
import { destinationChanges, destinationScope, isAskedByAPreview } from "../preview/destinations";
import { isWaived } from "../preview/waivers";
import { markdown } from "../preview/markdown";
import { previewReport } from "../preview/report";
import type { PreviewReport, PreviewSource } from "../preview/report";
import { heldReview } from "../preview/review";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { exitByCode } from "./exit-by-code";
import { EXIT } from "../runtime/exit-code";
import { areNamed, LOGIN_HOSTS, requireLoginHosts } from "./login-hosts";
import { deployedFile } from "./named-city";
import { bothVersions } from "./preview/both-versions";
import type { BothVersions } from "./preview/both-versions";
import { cityPlans } from "./preview/city-plans";
import type { CityPlanning } from "./preview/city-plans";
import { namedStacks, withDependencies } from "./preview/named-stacks";
import { peopleAtWork } from "./preview/sessions-now";
import { withoutLostTpms } from "./preview/lost-tpms";
import { withoutStrays } from "./preview/without-strays";
import { previewScope } from "./preview/preview-scope";
import { removeApproval, requirePreviewFiles, writeFiles } from "./preview/preview-files";
import type { PreviewFiles } from "./preview/preview-files";
import { give, json } from "./report-files";
import { formatOption } from "./report/report-options";

const FORMATS = ["markdown", "json"] as const;
const EXIT_CODES: Readonly<Record<PreviewReport["result"], number>> = {
  unchanged: EXIT.ok,
  changes: 2,
  stopped: 3,
  failed: EXIT.failure,
};

const PREVIEW_HELP = `
Plans the stacks of the city with Terraform, each with the planned outputs of its dependencies, so that a city that was never
deployed, or only in part, has a preview too. Nothing is deployed, locked or written to a state. Logins come from the providers' own
variables; CI's read-only logins are enough. The program is TERRAFORM_BINARY_NAME, or terraform. Other variables that Terraform would
obey, such as TF_CLI_ARGS_plan, are removed and listed; docs/guides/ci.md has those that it gets. An incomplete plan, for example with
deferred changes, is a failure. So is a stack that would create a machine under a name that vCenter has already and no state has:
'npm run clones -- CITY' adopts or removes it.

Without --base it plans every stack. With it both versions of the file are synthesized, and only stacks that differ are planned, and
those that read an output that a plan changes; the report lists the others. It takes the base as deployed; --drift PATH knows better:
with the report of the nightly 'npm run drift -- CITY --json FILE', or a folder with those of its jobs, each stack is planned too that had drifted then, that was not
deployed, or that was changed since. Where there is no such file yet, and where more changed since the base than cities' files
(the toolkit or its version), every stack is planned, as with --all. Other cities whose files are the same are checked only against this one.

With --base it also shows what the change of the file does to reachability, access in Vault, images, capacity and costs; and who loses
a seat, since only the base's file knows the former holder.

--approval writes what 'npm run apply' may do once somebody approved the preview: names and digests, no values. It writes nothing
where a gate is closed or a stack could not be planned.

Gates and waivers are declared in review of the city's file. With --base the stricter gate of both versions applies, and only waivers
that the base has too. Where the change names another vCenter, Vault or state, nothing is planned, so that no login is sent there
before a review, unless ${LOGIN_HOSTS} lists the servers (vcenter.example,vault.example:8200); in CI a login
is sent only to servers on that list. A closed gate stops nothing by itself: the deployment has to check the exit code.
--sarif and --code-quality write the gates' findings with lines of the file, which GitHub and GitLab show there.

Exit codes: 0 no change, 2 changes, 3 a gate is closed, 1 a stack could not be planned or an input is wrong, 130 ended by Ctrl-C.`;

interface PreviewOptions extends CityOptions, PreviewFiles {
  readonly base?: string;
  readonly drift?: string;
  readonly all: boolean;
  readonly people: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
}

/** `preview CITY`: what a deployment would do, in the city's terms. */
export function previewCommand(): Command {
  return cityCommand("preview", "what a deployment of a city would do", PREVIEW_HELP)
    .argument("[stack...]", "names of stacks that are planned, and with them what they stand on; by default all")
    .option("--base <commit>", "compare the city's file with that of a commit, such as origin/main")
    .option(
      "--drift <path>",
      "with --base: what the last look for drift found, a file or a folder of its jobs' files, so that only as much is left out as is known",
    )
    .option("--all", "with --base: plan every stack, also those that do not differ", false)
    .option("--people", "show the staff numbers of the seats' holders", false)
    .addOption(formatOption(FORMATS))
    .option("--out <file>", "write it to this file instead of standard output")
    .option("--json <file>", "also write it to this file, as JSON")
    .option("--html <file>", "also write it to this file, as one self-contained HTML page")
    .option("--approval <file>", "write the approval for 'npm run apply' to this file")
    .option("--sarif <file>", "also write the gates' findings to this file, as SARIF")
    .option("--code-quality <file>", "also write the gates' findings to this file, for GitLab's code quality")
    .action((id: string, stacks: string[], options: PreviewOptions) =>
      exitByCode(async (signal) => EXIT_CODES[await preview(id, stacks, options, signal)]),
    );
}

async function preview(
  id: string,
  names: readonly string[],
  options: PreviewOptions,
  signal: AbortSignal,
): Promise<PreviewReport["result"]> {
  requirePreviewFiles(options, options.out);
  removeApproval(options);
  const source = sourceOf(id, options);
  const scope = previewScope(id, source.base, options);
  const withheld = withheldFor(source);
  // Where the change moves a server, nothing is planned and so no login is sent. Otherwise the variable must list every
  // server.
  if (withheld.length === 0) requireLoginHosts(source.wanted, source.placeOf);
  const choose: CityPlanning["choose"] = (stacks) => withDependencies(namedStacks(stacks, names), stacks);
  const nothing = { results: [], unplanned: [] };
  const planning = names.length > 0 ? { choose } : scope;
  const plans = withheld.length > 0 ? nothing : await cityPlans("Preview", source.wanted, signal, planning);
  const results = await withoutStrays(source.wanted, await withoutLostTpms(source.wanted, plans.results, signal));
  const unplanned = plans.unplanned.map((stack) => ({ stack, withoutDriftAt: scope.withoutDriftAt }));
  const atWork = await peopleAtWork(source.wanted, results);
  const report = previewReport({ ...source, withheld, unplanned, atWork }, results);
  give(options.format === "json" ? json(report) : markdown(report, source.wanted.city.name), options.out);
  await writeFiles(options, { source, results, report });
  return report.result;
}

function sourceOf(id: string, options: PreviewOptions): PreviewSource {
  const { wanted, base } = versionsOf(id, options);
  return {
    ...{ wanted: wanted.deployed, base, people: options.people },
    placeOf: (path) => {
      const place = wanted.placeOf(path);
      return { ...place, file: relative(process.cwd(), place.file) };
    },
  };
}

/**
 * The servers that the change names anew: they get no login before somebody reviewed them or listed them in the
 * variable.
 */
function withheldFor({ wanted, base }: PreviewSource): string[] {
  if (base === undefined || areNamed(wanted, process.env)) return [];
  const held = heldReview(base, wanted);
  return destinationChanges(base, wanted)
    .filter(isAskedByAPreview)
    .filter((change) => !isWaived(held, { gate: "destinations", scope: destinationScope(change) }))
    .map(({ key }) => key);
}

/** The city's file, and the city at the base. */
function versionsOf(id: string, { environments, base: commit }: PreviewOptions): BothVersions {
  if (commit === undefined) return { wanted: deployedFile(environments, id), base: undefined };
  const versions = bothVersions(commit, environments, id);
  if (versions.base === undefined) console.error(`${commit} has no city ${id}: there is nothing to compare with`);
  return versions;
}
