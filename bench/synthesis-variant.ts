import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { citiesAsDeployed } from "../environments/deployed";
import type { DeployedCity } from "../environments/model/city";
import { declareCities } from "../stacks/city-stacks";
import { withoutTokenTraces } from "../stacks/token-traces";
import { declarePerSeat } from "./per-seat";
import { REPOSITORY } from "../runtime/paths";

/** The compared ways of declaring a pool. */
const VARIANTS: Readonly<Record<string, (app: App, cities: readonly DeployedCity[]) => void>> = {
  "for-each": (app, cities) => {
    declareCities(app, cities, {});
  },
  "per-seat": (app, cities) => {
    for (const city of cities) declarePerSeat(app, city);
  },
};

/**
 * Synthesizes every city once in one way and prints milliseconds and bytes; in its own process, so that it starts cold.
 */
function measure(variant: string): void {
  const declare = VARIANTS[variant];
  if (declare === undefined) throw new Error(`no variant ${variant}`);
  const outdir = mkdtempSync(join(tmpdir(), "synthesis-"));
  try {
    const start = performance.now();
    withoutTokenTraces(() => {
      const app = new App({ outdir });
      declare(app, citiesAsDeployed(join(REPOSITORY, "environments"), undefined));
      app.synth();
    });
    console.log(JSON.stringify({ milliseconds: performance.now() - start, bytes: desktopBytes(outdir) }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function desktopBytes(outdir: string): number {
  const stacks = join(outdir, "stacks");
  const desktops = readdirSync(stacks).filter((name) => name.includes("-desktops-"));
  return desktops.reduce((sum, name) => sum + statSync(join(stacks, name, "cdk.tf.json")).size, 0);
}

measure(process.argv[2] ?? "");
