import { App } from "cdktf";
import { citiesAsDeployed } from "../environments/deployed";
import { inTemporaryFolder } from "../runtime/temporary-folder";
import { declareCities } from "../stacks/city-stacks";
import { withoutTokenTraces } from "../stacks/token-traces";
import { peakBytes, synthesizedBytes } from "./apart";
import type { SizeFigures } from "./sizes";

/** Loads and synthesizes the cities of a folder once and prints the figures; a process of its own, so that it is cold. */
function measure(environments: string): void {
  inTemporaryFolder("sizes-", (outdir) => {
    const start = performance.now();
    const loaded = withoutTokenTraces(() => synthesize(environments, outdir));
    const figures: SizeFigures = {
      startMs: start,
      loadMs: loaded - start,
      synthesisMs: performance.now() - loaded,
      peakBytes: peakBytes(),
      jsonBytes: synthesizedBytes(outdir),
    };
    console.log(JSON.stringify(figures));
  });
}

/** Returns the time at which the cities were loaded and checked. */
function synthesize(environments: string, outdir: string): number {
  const app = new App({ outdir });
  const cities = citiesAsDeployed(environments, undefined);
  const loaded = performance.now();
  declareCities(app, cities, {});
  app.synth();
  return loaded;
}

measure(process.argv[2] ?? "");
