import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { citiesAsDeployed } from "../environments/deployed";
import type { SourceLocation } from "../environments/violation";
import { markdown } from "../preview/markdown";
import { page } from "../preview/page/page";
import { previewReport } from "../preview/report";
import { readPlan } from "../preview/terraform-plan";
import { peakBytes } from "./apart";
import type { ReportFigures } from "./preview-report";
import { clocked } from "./timed";

/** Reads a folder's plans once, makes the report in each form and prints the figures; a process of its own, so that it is cold. */
function measure(environments: string, plans: string): void {
  const [wanted] = citiesAsDeployed(environments, undefined);
  if (wanted === undefined) throw new Error(`${environments} has no city`);
  const placeOf = (): SourceLocation => ({ file: "milan.yaml", line: 1, column: 1 });
  const [results, readMs] = clocked(() =>
    readdirSync(plans).map((file) => ({
      stack: basename(file, ".json"),
      plan: readPlan(readFileSync(join(plans, file), "utf8")),
    })),
  );
  const [report, reportMs] = clocked(() => previewReport({ wanted, base: wanted, placeOf }, results));
  const [comment, markdownMs] = clocked(() => markdown(report, wanted.city.name));
  const [document, htmlMs] = clocked(() => page(report, { cityName: wanted.city.name, diagram: null }));
  const figures: ReportFigures = {
    ...{ readMs, reportMs, markdownMs, htmlMs },
    markdownCharacters: comment.length,
    htmlBytes: Buffer.byteLength(document),
    peakBytes: peakBytes(),
  };
  console.log(JSON.stringify(figures));
}

measure(process.argv[2] ?? "", process.argv[3] ?? "");
