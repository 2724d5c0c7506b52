import { InvalidArgumentError, Option } from "commander";
import type { EndingWords } from "../ending";
import { LOCK_TIMEOUT } from "../../terraform/apply-stack";

const DURATION = /^\d{1,5}[smh]$/;

/** What is said when a command that applies is asked to end. */
export const ENDING: EndingWords = {
  first:
    "Ending: no further stack begins; waiting until Terraform has finished what it began and written its states. " +
    "Ctrl-C again waits for nothing, and may leave machines in no state",
  again:
    "Ending Terraform at once: it may leave machines in no state ('npm run clones -- CITY' lists them) and a lock " +
    "(docs/guides/operations.md)",
};

/** The option `--lock-timeout`. */
export function lockTimeoutOption(): Option {
  const text = "how long to wait for a state that somebody else has locked, such as 30s, 5m or 0s";
  return new Option("--lock-timeout <duration>", text).default(LOCK_TIMEOUT).argParser((given) => {
    if (!DURATION.test(given)) throw new InvalidArgumentError("A number with s, m or h, such as 30s, is needed.");
    return given;
  });
}
