import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { citiesAsDeployed } from "../environments/deployed";
import { declareCities } from "../stacks/city-stacks";
import { withoutTokenTraces } from "../stacks/token-traces";
import type { SizeFigures } from "./sizes";

const BYTES_PER_KIB = 1024;

/** Loads and synthesizes the cities of a folder once and prints the figures; a process of its own, so that it is cold. */
function measure(environments: string): void {
  const outdir = mkdtempSync(join(tmpdir(), "sizes-"));
  try {
    const start = performance.now();
    const loaded = withoutTokenTraces(() => synthesize(environments, outdir));
    const figures: SizeFigures = {
      startMs: start,
      loadMs: loaded - start,
      synthesisMs: performance.now() - loaded,
      peakBytes: process.resourceUsage().maxRSS * BYTES_PER_KIB,
      jsonBytes: jsonBytes(outdir),
    };
    console.log(JSON.stringify(figures));
  } finally {
    rmSync(outdir, { recursive: true });
  }
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

function jsonBytes(outdir: string): number {
  const stacks = join(outdir, "stacks");
  return readdirSync(stacks).reduce((sum, name) => sum + statSync(join(stacks, name, "cdk.tf.json")).size, 0);
}

measure(process.argv[2] ?? "");
