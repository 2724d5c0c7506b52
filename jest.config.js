/* global module */
const shared = {
  testEnvironment: "node",
  transform: {
    "\\.ts$": [
      "@swc/jest",
      { swcrc: false, jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out/", "<rootDir>/.lab/"],
};

/**
 * "unit" needs nothing but Node; "network" makes network namespaces, and "lab" starts the lab's servers, so its tests run one after
 * another: --runInBand.
 */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["<rootDir>/test/lab/", "<rootDir>/test/network/", "<rootDir>/node_modules/"],
    },
    { ...shared, displayName: "network", testMatch: ["<rootDir>/test/network/**/*.test.ts"] },
    { ...shared, displayName: "lab", testMatch: ["<rootDir>/test/lab/**/*.test.ts"] },
  ],
};
