import { randomInt } from "node:crypto";
import { sharedPaths } from "../lab/paths";
import { installTools } from "../lab/tools/install";
import { providerSource } from "../lab/tools/provider-source";
import { builtTofu } from "../lab/tools/terraform";
import { jest } from "./jest-run";
import { plainProgress } from "./progress";
import { GO, LIMIT, PYTHON } from "./test-groups";
import type { TestGroup } from "./test-groups";

/** Number of runs of the random tests, each with another seed. */
const SEEDS = 3;
const MOST_SEED = 2 ** 31;
/** Number of random policies that the real server is asked about; `npm test` takes two hundred. */
const POLICIES = "2000";
/** `npm test` runs a sample of these. */
const WHOLE = ["least-power-vault", "least-power-vsphere", "policy-fuzz"];

/**
 * The long tests: full searches of which `npm test` runs a sample, random tests with other seeds, and tests that need
 * OpenTofu.
 */
export function soakLanes(): readonly (readonly TestGroup[])[] {
  const seeds = Array.from({ length: SEEDS }, () => randomInt(MOST_SEED));
  return [seeds.map(unitsFrom), [whole(randomInt(MOST_SEED)), encryptedStates()]];
}

/** The seed is printed: a failure is repeated with it. */
function unitsFrom(seed: number): TestGroup {
  const env = { POSTAZIONI_SEED: String(seed) };
  return {
    ...{ name: `units and synthesis, POSTAZIONI_SEED=${String(seed)}`, label: "unit", needs: [] },
    run: (signal, say) => jest("unit", { signal, say, env }, "--maxWorkers=1", LIMIT),
  };
}

function whole(seed: number): TestGroup {
  const env = {
    ...{ POSTAZIONI_SOAK: "true", POSTAZIONI_SEED: String(seed) },
    ...{ POSTAZIONI_FUZZ_SEED: String(seed), POSTAZIONI_FUZZ_RUNS: POLICIES },
  };
  return {
    ...{ name: `the lab's searches, POSTAZIONI_FUZZ_SEED=${String(seed)}`, label: "lab", needs: [GO, PYTHON] },
    run: async (signal, say) => {
      await installTools({ providers: providerSource("built"), signal }, plainProgress(say));
      return jest("lab", { signal, say, env }, "--runInBand", LIMIT, ...only(WHOLE));
    },
  };
}

/** HashiCorp's Terraform encrypts no state, so these tests are skipped where the lab finds it. */
function encryptedStates(): TestGroup {
  const tofu = builtTofu(sharedPaths()).output;
  return {
    ...{ name: "states that OpenTofu encrypts", label: "tofu", needs: [GO, PYTHON] },
    run: async (signal, say) => {
      await installTools({ providers: providerSource("built"), tofu: true, signal }, plainProgress(say));
      const env = { TERRAFORM_BINARY_NAME: tofu };
      return jest("lab", { signal, say, env }, "--runInBand", LIMIT, ...only(["state-encryption"]));
    },
  };
}

/** The lab's test files with these names. */
function only(files: readonly string[]): string[] {
  return ["--testPathPatterns", `lab/(${files.join("|")})[.]test`];
}
