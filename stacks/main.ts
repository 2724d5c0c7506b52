import { join } from "node:path";
import { citiesAsDeployed } from "../environments/deployed";
import { loadOverlay } from "../environments/load";
import { EnvironmentError } from "../environments/violation";
import { failureText, nameCommand } from "../runtime/failure";
import { synthesize } from "./synthesize";

/** cdktf itself ends with 1 whatever the app ends with; run by itself, the app tells bad input apart, as the commands do. */
const [FAILURE, BAD_INPUT] = [1, 2];
const { POSTAZIONI_ENVIRONMENTS, POSTAZIONI_OVERLAY, POSTAZIONI_TEARDOWN } = process.env;

try {
  const overlay = POSTAZIONI_OVERLAY === undefined ? undefined : loadOverlay(POSTAZIONI_OVERLAY);
  const cities = citiesAsDeployed(POSTAZIONI_ENVIRONMENTS ?? join(__dirname, "..", "environments"), overlay);
  // Whoever destroys a city says so twice: by the command, and by this variable.
  synthesize({ cities, overlay, teardown: POSTAZIONI_TEARDOWN === "true" });
} catch (error) {
  nameCommand("synthesis");
  const isBadInput = error instanceof EnvironmentError;
  console.error(isBadInput ? error.message : failureText(error));
  process.exitCode = isBadInput ? BAD_INPUT : FAILURE;
}
