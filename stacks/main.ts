import { join } from "node:path";
import { citiesAsDeployed } from "../environments/deployed";
import { loadOverlay } from "../environments/load";
import { EnvironmentError } from "../environments/violation";
import { synthesize } from "./synthesize";

/** cdktf itself ends with 1 whatever the app ends with; run by itself, the app tells bad input apart, as the commands do. */
const BAD_INPUT = 2;
const { POSTAZIONI_ENVIRONMENTS, POSTAZIONI_OVERLAY, POSTAZIONI_TEARDOWN } = process.env;

try {
  const overlay = POSTAZIONI_OVERLAY === undefined ? undefined : loadOverlay(POSTAZIONI_OVERLAY);
  const cities = citiesAsDeployed(POSTAZIONI_ENVIRONMENTS ?? join(__dirname, "..", "environments"), overlay);
  // Whoever destroys a city says so twice: by the command, and by this variable.
  synthesize({ cities, overlay, teardown: POSTAZIONI_TEARDOWN === "true" });
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = BAD_INPUT;
}
