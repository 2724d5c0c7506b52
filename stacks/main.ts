import { join } from "node:path";
import { App } from "cdktf";
import { environmentFiles, loadCities, loadOverlay } from "../environments/load";
import { applyOverlay } from "../environments/overlay";
import { EnvironmentError } from "../environments/violation";
import { declareCities } from "./city-stacks";
import { withoutTokenTraces } from "./token-traces";

const ENVIRONMENTS = process.env.POSTAZIONI_ENVIRONMENTS ?? join(__dirname, "..", "environments");
/** Whoever destroys a city says so twice: by the command, and by this variable. */
const TEARDOWN = process.env.POSTAZIONI_TEARDOWN === "true";
/** cdktf itself ends with 1 whatever the app ends with; run by itself, the app tells bad input apart, as the commands do. */
const BAD_INPUT = 2;

function synthesize(): void {
  const { POSTAZIONI_OVERLAY: file } = process.env;
  const overlay = file === undefined ? undefined : loadOverlay(file);
  const app = new App();
  const cities = loadCities(environmentFiles(ENVIRONMENTS));
  if (overlay === undefined) declareCities(app, cities, { teardown: TEARDOWN });
  else
    declareCities(
      app,
      cities.map((city) => applyOverlay(city, overlay)),
      { providerVersions: overlay.providers, allowUnverifiedTls: true, teardown: TEARDOWN },
    );
  app.synth();
}

try {
  withoutTokenTraces(synthesize);
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = BAD_INPUT;
}
