import { join } from "node:path";
import { App } from "cdktf";
import { citiesAsDeployed } from "../environments/deployed";
import type { DeployedCity } from "../environments/model/city";
import { declareCities } from "../stacks/city-stacks";
import { withoutTokenTraces } from "../stacks/token-traces";
import { declarePerSeat } from "./per-seat";
import { REPOSITORY } from "../runtime/paths";
import { inTemporaryFolder } from "../runtime/temporary-folder";
import { synthesizedBytes } from "./apart";

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
  inTemporaryFolder("synthesis-", (outdir) => {
    const start = performance.now();
    withoutTokenTraces(() => {
      const app = new App({ outdir });
      declare(app, citiesAsDeployed(join(REPOSITORY, "environments"), undefined));
      app.synth();
    });
    console.log(
      JSON.stringify({ milliseconds: performance.now() - start, bytes: synthesizedBytes(outdir, "-desktops-") }),
    );
  });
}

measure(process.argv[2] ?? "");
