import { rmSync } from "node:fs";
import { codeQuality, sarif } from "../../preview/annotations";
import { approvalOf } from "../../preview/approval";
import { networkPicture } from "../../preview/page/network-picture";
import { page } from "../../preview/page/page";
import type { PreviewReport, PreviewSource } from "../../preview/report";
import { json, requireFiles, writeReport } from "../report-files";
import type { StackResult } from "../../terraform/plan-stack";

/** The files that a preview writes beside what it prints, by option. */
export interface PreviewFiles {
  readonly json?: string;
  readonly html?: string;
  readonly sarif?: string;
  readonly codeQuality?: string;
  readonly approval?: string;
}

/** A finished preview, and its input. */
export interface Previewed {
  readonly source: Pick<PreviewSource, "base" | "wanted">;
  readonly results: readonly StackResult[];
  readonly report: PreviewReport;
}

/** @throws InputError that lists each option whose path is not a writable file. @param out the option `--out` */
export function requirePreviewFiles(files: PreviewFiles, out: string | undefined): void {
  const { json: data, html, approval } = files;
  const annotations = { "--sarif": files.sarif, "--code-quality": files.codeQuality };
  requireFiles({ "--out": out, "--json": data, "--html": html, "--approval": approval, ...annotations });
}

/** Removes the approval of an earlier preview, so that it cannot pass for this one's. */
export function removeApproval({ approval }: PreviewFiles): void {
  if (approval !== undefined) rmSync(approval, { force: true });
}

/** Writes the files that the options name. @throws InputError where one cannot be written */
export async function writeFiles(files: PreviewFiles, previewed: Previewed): Promise<void> {
  const { report } = previewed;
  if (files.json !== undefined) writeReport("--json", files.json, json(report));
  if (files.html !== undefined) writeReport("--html", files.html, await html(previewed));
  if (files.sarif !== undefined) writeReport("--sarif", files.sarif, json(sarif(report)));
  if (files.codeQuality !== undefined) {
    writeReport("--code-quality", files.codeQuality, json(codeQuality(report)));
  }
  if (files.approval !== undefined) writeApproval(files.approval, previewed);
}

/** With the diagram of opened and closed flows where there is a base. */
async function html({ report, source: { base, wanted } }: Previewed): Promise<string> {
  const reachChanges = report.file?.network.reachChanges ?? [];
  const diagram = base === undefined ? null : await networkPicture(base, wanted, reachChanges);
  return page(report, { cityName: wanted.city.name, diagram });
}

/** A preview that nobody can approve, because a gate is closed or a stack could not be planned, writes no approval. */
function writeApproval(file: string, { report: { city, result }, results }: Previewed): void {
  if (result === "failed" || result === "stopped") {
    const why = result === "failed" ? "a stack could not be planned" : "a gate is closed";
    console.error(`${file} is not written: ${why}`);
    return;
  }
  const planned = results.flatMap((stack) => ("plan" in stack ? [stack] : []));
  writeReport("--approval", file, `${JSON.stringify(approvalOf(city, planned))}\n`);
}
