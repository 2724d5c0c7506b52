import { join } from "node:path";
import { citiesAsDeployed } from "../environments/deployed";
import { loadOverlay } from "../environments/load-overlay";
import { EnvironmentError } from "../environments/violation";
import { failureText, nameCommand } from "../runtime/failure";
import { PROJECT } from "../runtime/paths";
import { variable } from "../runtime/variable";
import { synthesize } from "./synthesize";

/** The app's exit codes, the same as those of the commands. They count where it runs by itself: cdktf ends with 1 for both. */
const [FAILURE, BAD_INPUT] = [1, 2];

try {
  const file = variable("POSTAZIONI_OVERLAY");
  const overlay = file === undefined ? undefined : loadOverlay(file);
  const cities = citiesAsDeployed(variable("POSTAZIONI_ENVIRONMENTS") ?? join(PROJECT, "environments"), overlay);
  // Destroying a city needs both the command and this variable.
  synthesize({ cities, overlay, teardown: process.env.POSTAZIONI_TEARDOWN === "true" });
} catch (error) {
  nameCommand("synthesis");
  const isBadInput = error instanceof EnvironmentError;
  console.error(isBadInput ? error.message : failureText(error));
  process.exitCode = isBadInput ? BAD_INPUT : FAILURE;
}
