import { join } from "node:path";
import { citiesAsDeployed } from "../environments/deployed";
import { loadOverlay } from "../environments/load";
import { EnvironmentError } from "../environments/violation";
import { failureText, nameCommand } from "../runtime/failure";
import { REPOSITORY } from "../runtime/paths";
import { synthesize } from "./synthesize";

/** The app's exit codes, the same as those of the commands. They count where it runs by itself: cdktf ends with 1 for both. */
const [FAILURE, BAD_INPUT] = [1, 2];
const { POSTAZIONI_ENVIRONMENTS, POSTAZIONI_OVERLAY, POSTAZIONI_TEARDOWN } = process.env;

try {
  const overlay = POSTAZIONI_OVERLAY === undefined ? undefined : loadOverlay(POSTAZIONI_OVERLAY);
  const cities = citiesAsDeployed(POSTAZIONI_ENVIRONMENTS ?? join(REPOSITORY, "environments"), overlay);
  // Destroying a city needs both the command and this variable.
  synthesize({ cities, overlay, teardown: POSTAZIONI_TEARDOWN === "true" });
} catch (error) {
  nameCommand("synthesis");
  const isBadInput = error instanceof EnvironmentError;
  console.error(isBadInput ? error.message : failureText(error));
  process.exitCode = isBadInput ? BAD_INPUT : FAILURE;
}
