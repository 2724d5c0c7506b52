import { relative } from "node:path";
import type { Command } from "commander";
import type { DeployedCity } from "../environments/model/city";
import { destinationChanges, destinationScope, isAskedByAPreview } from "../preview/destinations";
import { isWaived } from "../preview/gates";
import { markdown } from "../preview/markdown";
import { previewReport } from "../preview/report";
import type { PreviewReport, PreviewSource } from "../preview/report";
import { heldReview } from "../preview/review";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { exitByCode } from "./exit-by-code";
import { EXIT } from "./exit-code";
import { areNamed, LOGIN_HOSTS, requireLoginHosts } from "./login-hosts";
import { deployedFile } from "./named-city";
import { cityAt } from "./preview/base";
import { cityPlans } from "./preview/city-plans";
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
Has Terraform plan every stack of the city, each with what the stacks that it stands on will hand over, so that a city that was
never deployed, or only in part, has a preview too. Nothing is deployed, locked or written to a state. Logins are read from the
variables that the providers read; those with which CI plans are enough. Terraform is TERRAFORM_BINARY_NAME, or terraform. What else of the
environment it would obey, as TF_CLI_ARGS_plan, is taken out and named; docs/guides/ci.md lists what it gets. A plan that may not be all
that would be done, as where changes are put off, is a failure.

With --base, also what the change of the file does to who reaches whom, who may read what in Vault, images, capacity and costs; and
whose seat is taken away, which only the file knows that still has him.

--approval writes, for 'npm run apply', what whoever approves the preview lets happen: names and digests, no values. There is none
where a gate is closed or a stack could not be planned.

Gates and waivers stand in review of the city's file. With --base the stricter of both versions holds, and of waivers only those that the
base has too. Where the change names another vCenter, Vault or state, nothing is planned, so that no login goes there before it was
reviewed, unless ${LOGIN_HOSTS} names the servers (vcenter.example,vault.example:8200); in CI no login goes to any
server that this variable does not name. A closed gate stops nothing by itself: whoever deploys asks the exit code.
--sarif and --code-quality write what the gates say with the lines of the file, for GitHub and GitLab to show them there.

Exit codes: 0 nothing would change, 2 something would, 3 a gate is closed, 1 something could not be planned or is wrong, 130 ended by Ctrl-C.`;

interface PreviewOptions extends CityOptions, PreviewFiles {
  readonly base?: string;
  readonly people: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
}

/** `preview CITY`: what a deployment would do, in the city's terms. */
export function previewCommand(): Command {
  return cityCommand("preview", "what a deployment of a city would do", PREVIEW_HELP)
    .option("--base <commit>", "compare the city's file with that of a commit, such as origin/main")
    .option("--people", "tell the staff numbers of those who have the seats", false)
    .addOption(formatOption(FORMATS))
    .option("--out <file>", "write it there instead of printing it")
    .option("--json <file>", "write it there as JSON too")
    .option("--html <file>", "write it there too, as a page for a browser that needs nothing beside itself")
    .option("--approval <file>", "write there what is approved with it, for 'npm run apply'")
    .option("--sarif <file>", "write what the gates say there too, as SARIF")
    .option("--code-quality <file>", "write what the gates say there too, for GitLab's code quality")
    .action((id: string, options: PreviewOptions) =>
      exitByCode(async (signal) => EXIT_CODES[await preview(id, options, signal)]),
    );
}

async function preview(id: string, options: PreviewOptions, signal: AbortSignal): Promise<PreviewReport["result"]> {
  requirePreviewFiles(options, options.out);
  removeApproval(options);
  const source = sourceOf(id, options);
  const withheld = withheldFor(source);
  // Where the change moves a server, nothing is planned and so no login is sent. Otherwise the variable must list every
  // server.
  if (withheld.length === 0) requireLoginHosts(source.wanted, source.placeOf);
  const results = withheld.length > 0 ? [] : await cityPlans("Preview", source.wanted, signal);
  const report = previewReport({ ...source, withheld }, results);
  give(options.format === "json" ? json(report) : markdown(report, source.wanted.city.name), options.out);
  await writeFiles(options, { source, results, report });
  return report.result;
}

function sourceOf(id: string, { environments, base, people }: PreviewOptions): PreviewSource {
  const { deployed: wanted, placeOf } = deployedFile(environments, id);
  return {
    wanted,
    base: base === undefined ? undefined : baseOf(base, environments, id),
    people,
    placeOf: (path) => {
      const place = placeOf(path);
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

function baseOf(commit: string, environments: string, id: string): DeployedCity | undefined {
  const city = cityAt(commit, environments, id);
  if (city === undefined) console.error(`${commit} has no city ${id}: there is nothing to compare with`);
  return city;
}
