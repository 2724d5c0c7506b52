/* global module */
/** @param parser swc's, of one kind of file @param more other settings of swc */
function compiledBy(parser, more = {}) {
  const jsc = { parser: { syntax: "typescript", ...parser }, target: "es2022", ...more };
  return ["@swc/jest", { swcrc: false, jsc, module: { type: "commonjs" } }];
}

const shared = {
  // Not .lab, where the lab's tools keep more files than jest can look through in a moment.
  roots: ["<rootDir>/test"],
  testEnvironment: "node",
  setupFiles: ["<rootDir>/test/fixtures/seed.ts"],
  transform: {
    "\\.ts$": compiledBy({}),
    "\\.tsx$": compiledBy({ tsx: true }, { transform: { react: { runtime: "automatic", importSource: "preact" } } }),
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out/", "<rootDir>/.lab/"],
};

/**
 * "unit" needs nothing but Node; "page" opens pages in Chromium; "network" makes network namespaces and fills the machine, so its tests run one after another:
 * --runInBand; "lab" starts the lab's servers, each of jest's workers its own, and waits for them much of its time.
 */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["lab", "network", "page"].map((name) => `<rootDir>/test/${name}/`),
    },
    { ...shared, displayName: "page", testMatch: ["<rootDir>/test/page/**/*.test.ts"] },
    { ...shared, displayName: "network", testMatch: ["<rootDir>/test/network/**/*.test.ts"] },
    { ...shared, displayName: "lab", testMatch: ["<rootDir>/test/lab/**/*.test.ts"] },
  ],
};
