import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadCities } from "../environments/load";
import type { City } from "../environments/model/city";
import { networkPlan } from "../environments/network/network-plan";
import type { Progress } from "../runtime/progress";
import { reached } from "../segmentation/expectation";
import { findingsOf } from "../segmentation/findings";
import { Reach } from "../segmentation/reach";
import { largeNetwork } from "./large-network";
import { median, table } from "./table";
import { clocked } from "./timed";
import { inTemporaryFolder } from "../runtime/temporary-folder";

const RUNS = 3;
const SEGMENTS = 300;
const FLOWS = [100, 300, 1000, 3000] as const;

/** Time of a network's analysis by number of flows, and of checking the whole file. */
export async function benchAnalysis(progress: Progress): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const flows of FLOWS) {
    rows.push(await progress.step(`${String(flows)} flows`, () => Promise.resolve(measure(flows))));
  }
  return table([
    [
      "segments",
      "flows",
      "model, ms",
      "expectations, ms",
      "findings, ms",
      "analysis in all, ms",
      "file loaded and checked, ms",
    ],
    ...rows,
  ]);
}

function measure(flows: number): (string | number)[] {
  return inTemporaryFolder("analysis-", (folder) => {
    const file = join(folder, "large.yaml");
    writeFileSync(file, largeNetwork(SEGMENTS, flows));
    const runs = Array.from({ length: RUNS }, () => run(file));
    const middle = (of: (run: Run) => number): number => Math.round(median(runs.map(of)));
    const all = middle(({ model, expectations, findings }) => model + expectations + findings);
    return [
      SEGMENTS,
      flows,
      middle(({ model }) => model),
      middle(({ expectations }) => expectations),
      middle(({ findings }) => findings),
      all,
      middle(({ load }) => load),
    ];
  });
}

interface Run {
  readonly load: number;
  readonly model: number;
  readonly expectations: number;
  readonly findings: number;
}

function run(file: string): Run {
  const [[city], load] = clocked(() => loadCities([file]) as [City]);
  const [reach, model] = clocked(() => new Reach(networkPlan({ ...city }))); // a copy: the rules have had the plan of the city itself
  const [failures, expectations] = clocked(() => city.network.mustNotReach.map((one) => reached(reach, one)));
  if (failures.some((failure) => failure !== undefined)) throw new Error("the measured network is not right");
  const [, findings] = clocked(() => findingsOf(reach));
  return { load, model, expectations, findings };
}
