import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { sharedPaths } from "../lab/paths";
import { installTools } from "../lab/tools/install";
import { builtTofu } from "../lab/tools/terraform";
import { REPOSITORY } from "../runtime/paths";
import { jest } from "./jest-run";
import { checkPacketProof } from "./packet-proof";
import { plainProgress } from "./progress";
import type { Lane, TestGroup } from "./test-groups";
import { DOMAIN, EMULATION, LAB, MONITORING, NETWORK, PAGE, REMOTE_DESKTOPS, STATES } from "./test-needs";
import { testProviders } from "./test-providers";

/** How many seeds the random unit tests begin at. */
const SEEDS = 3;
const MOST_SEED = 2 ** 31;
/** What a test file imports of which `npm test` runs a part. */
const PARTLY = 'from "../fixtures/soak"';

/** What takes long by nature: whole guides, exhaustive searches, random tests with other seeds, and what needs OpenTofu. */
export function soakLanes(): readonly Lane[] {
  const seeds = Array.from({ length: SEEDS }, () => randomInt(MOST_SEED));
  return [
    seeds.map(unitsFrom),
    [
      long(randomInt(MOST_SEED)),
      labInFull(randomInt(MOST_SEED)),
      networkInFull(),
      pagesInFull(randomInt(MOST_SEED)),
      encryptedStates(),
    ],
  ];
}

/** Tests run without sampling, and random numbers begin at the seed: the same seed repeats a failure. */
function soakFrom(seed: number): NodeJS.ProcessEnv {
  return { POSTAZIONI_SOAK: "true", POSTAZIONI_SEED: String(seed) };
}

function unitsFrom(seed: number): TestGroup {
  return {
    ...{ name: `units and synthesis, POSTAZIONI_SEED=${String(seed)}`, label: "unit", needs: [] },
    run: (signal, say) => jest("unit", { signal, say, env: soakFrom(seed) }, "--maxWorkers=1"),
  };
}

/** One file after the other: each takes minutes by itself, or sends packets as fast as the machine can. */
function long(seed: number): TestGroup {
  return {
    ...{
      name: `guides, privileges and packets, POSTAZIONI_SEED=${String(seed)}`,
      label: "soak",
      needs: [...LAB, ...NETWORK, ...EMULATION, ...DOMAIN, ...MONITORING, ...STATES, ...REMOTE_DESKTOPS],
    },
    run: async (signal, say) => {
      checkPacketProof();
      const { source, env } = await testProviders(say);
      await installTools({ providers: source, signal }, plainProgress(say));
      return jest("soak", { signal, say, env: { ...soakFrom(seed), ...env } }, "--runInBand");
    },
  };
}

/** Test files of a project of which `npm test` runs a part. */
function partlyTested(project: "lab" | "network"): string[] {
  const folder = join(REPOSITORY, "test", project);
  const files = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
  return files
    .filter((name) => readFileSync(join(folder, name), "utf8").includes(PARTLY))
    .map((name) => basename(name, ".test.ts"));
}

function labInFull(seed: number): TestGroup {
  return {
    ...{ name: `the lab in full, POSTAZIONI_SEED=${String(seed)}`, label: "lab", needs: LAB },
    run: async (signal, say) => {
      const { source, env } = await testProviders(say);
      await installTools({ providers: source, signal }, plainProgress(say));
      return jest(
        "lab",
        { signal, say, env: { ...soakFrom(seed), ...env } },
        "--runInBand",
        ...only("lab", partlyTested("lab")),
      );
    },
  };
}

function networkInFull(): TestGroup {
  return {
    ...{ name: "the network in full", label: "network", needs: NETWORK },
    run: (signal, say) => {
      checkPacketProof();
      const env = { POSTAZIONI_SOAK: "true" };
      return jest("network", { signal, say, env }, "--runInBand", ...only("network", partlyTested("network")));
    },
  };
}

function pagesInFull(seed: number): TestGroup {
  return {
    ...{ name: `the pages in full, POSTAZIONI_SEED=${String(seed)}`, label: "page", needs: PAGE },
    run: (signal, say) => jest("page", { signal, say, env: soakFrom(seed) }, "--runInBand"),
  };
}

/** HashiCorp's Terraform does not encrypt states, so the lab skips these tests where it finds it. */
function encryptedStates(): TestGroup {
  const tofu = builtTofu(sharedPaths()).output;
  return {
    ...{ name: "states that OpenTofu encrypts", label: "tofu", needs: LAB },
    run: async (signal, say) => {
      const { source, env: chosen } = await testProviders(say);
      await installTools({ providers: source, tofu: true, signal }, plainProgress(say));
      const env = { ...chosen, TERRAFORM_BINARY_NAME: tofu };
      return jest("lab", { signal, say, env }, "--runInBand", ...only("lab", ["state-encryption"]));
    },
  };
}

/** Options that select test files of a project by name. */
function only(project: string, files: readonly string[]): string[] {
  return ["--testPathPatterns", `${project}/(${files.join("|")})[.]test`];
}
