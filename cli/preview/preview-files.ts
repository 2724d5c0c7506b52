import { rmSync } from "node:fs";
import { codeQuality, sarif } from "../../preview/annotations";
import { approvalOf } from "../../preview/approval";
import type { PreviewReport } from "../../preview/report";
import type { StackResult } from "./plan-stack";
import { json, writeReport } from "../report-files";

/** The files that a preview writes beside what it prints, by option. */
export interface PreviewFiles {
  readonly json?: string;
  readonly sarif?: string;
  readonly codeQuality?: string;
  readonly approval?: string;
}

/** Removes an approval that an earlier preview wrote: it must not pass for this one's. */
export function removeApproval({ approval }: PreviewFiles): void {
  if (approval !== undefined) rmSync(approval, { force: true });
}

/** Writes the files that were asked for. @throws LabInputError where one cannot be written */
export function writeFiles(files: PreviewFiles, report: PreviewReport, results: readonly StackResult[]): void {
  if (files.json !== undefined) writeReport("--json", files.json, json(report));
  if (files.sarif !== undefined) writeReport("--sarif", files.sarif, json(sarif(report.gates)));
  if (files.codeQuality !== undefined) {
    writeReport("--code-quality", files.codeQuality, json(codeQuality(report.gates)));
  }
  if (files.approval !== undefined) writeApproval(files.approval, report, results);
}

/** Of a preview that nobody can approve, as a gate is closed or a stack could not be planned, there is none. */
function writeApproval(file: string, { city, result }: PreviewReport, results: readonly StackResult[]): void {
  if (result === "failed" || result === "stopped") {
    const why = result === "failed" ? "a stack could not be planned" : "a gate is closed";
    console.error(`${file} is not written: ${why}`);
    return;
  }
  const planned = results.flatMap((stack) => ("plan" in stack ? [stack] : []));
  writeReport("--approval", file, `${JSON.stringify(approvalOf(city, planned))}\n`);
}
