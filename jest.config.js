/* global module, require, __dirname */
const { readdirSync } = require("node:fs");

/** @param parser swc's parser for a kind of file @param more other settings of swc */
function compiledBy(parser, more = {}) {
  const jsc = { parser: { syntax: "typescript", ...parser }, target: "es2022", ...more };
  return ["@swc/jest", { swcrc: false, jsc, module: { type: "commonjs" } }];
}

/** The repository's rooms, where jest looks for tests of a change. Not .lab, which has too many files. */
const ROOMS = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^(?!node_modules$|docs$|dist$)[a-z]+$/.test(entry.name))
  .map(({ name }) => `<rootDir>/${name}`);

const shared = {
  roots: ROOMS,
  // Fixed, also where a run has its own temporary folder.
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  // A worker's test files have the modules of the rooms in common.
  testEnvironment: "<rootDir>/test/shared-modules/environment.cjs",
  runtime: "<rootDir>/test/shared-modules/runtime.cjs",
  setupFiles: ["<rootDir>/test/fixtures/seed.ts"],
  transform: {
    "\\.ts$": compiledBy({}),
    "\\.tsx$": compiledBy({ tsx: true }, { transform: { react: { runtime: "automatic", importSource: "preact" } } }),
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out/", "<rootDir>/.lab/"],
};

/**
 * "unit" needs only Node; "monitoring" asks Prometheus' and Alertmanager's own checkers; "page" opens pages in Chromium; "network" creates network namespaces and uses the whole
 * machine, so its tests run one after another: --runInBand; "lab" starts the lab's servers, each of jest's workers its
 * own, and mostly waits for them; "soak" is what takes long by nature, with servers and namespaces: `npm run test:soak`.
 */
module.exports = {
  // A test's limit, in ms: it ends what hangs, and never what a busy machine makes slow. A shorter one of a test does not count.
  testTimeout: 10 * 60_000,
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["lab", "monitoring", "network", "page", "soak"].map((name) => `<rootDir>/test/${name}/`),
    },
    { ...shared, displayName: "monitoring", testMatch: ["<rootDir>/test/monitoring/**/*.test.ts"] },
    { ...shared, displayName: "page", testMatch: ["<rootDir>/test/page/**/*.test.ts"] },
    { ...shared, displayName: "network", testMatch: ["<rootDir>/test/network/**/*.test.ts"] },
    { ...shared, displayName: "lab", testMatch: ["<rootDir>/test/lab/**/*.test.ts"] },
    { ...shared, displayName: "soak", testMatch: ["<rootDir>/test/soak/**/*.test.ts"] },
  ],
};
