import js from "@eslint/js";
import jest from "eslint-plugin-jest";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { house } from "./eslint.rooms.mjs";

/** Forbids imports from outside the repository by pattern. docs/architecture.md says which room may import which. */
function mayNotImport(files, patterns, message, ignores = []) {
  return {
    files,
    ignores,
    rules: { "no-restricted-imports": ["error", { patterns: [{ group: patterns, message }] }] },
  };
}

/** Forbids imports by a regular expression, but for those of types. */
function mayImportOnlyTypes(files, regex, message) {
  const patterns = [{ regex, message, allowTypeImports: true }];
  return { files, rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns }] } };
}

const OUTSIDE = ["node:fs", "node:fs/*", "node:process", "node:child_process", "node:net", "node:http*", "node:os"];
const DEPLOYING = ["cdktf", "@cdktf/*", "constructs"];
/** Pure rooms, except for their files that read. */
const PURE = ["access", "draft", "editing", "environments", "preview", "reports", "segmentation"].map(
  (room) => `${room}/**/*.{ts,tsx}`,
);
const READS_FILES = [
  ...["environments/load.ts", "environments/load-overlay.ts", "environments/reading/text.ts", "preview/page/assets.ts"],
  "segmentation/render/rules-script.ts",
  "segmentation/render/gateway-metrics.ts",
];

export default defineConfig(
  globalIgnores([
    "node_modules/",
    ".build/",
    "dist/",
    "cdktf.out/",
    "preview.out/",
    "apply.out/",
    "site.out/",
    ".lab/",
    "coverage/",
  ]),
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: true }],
      "max-lines-per-function": ["error", { max: 30, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/explicit-function-return-type": ["error", { allowExpressions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "no-restricted-properties": ["off"],
    },
  },
  {
    // A compiled program lies elsewhere than its sources: only runtime/paths.ts finds its repository from where it is.
    files: ["*/**/*.{ts,tsx}"],
    ignores: ["test/**", "runtime/paths.ts"],
    rules: {
      "no-restricted-globals": ["error", { name: "__dirname", message: "Use REPOSITORY of runtime/paths.ts." }],
    },
  },
  {
    // A construct attaches itself to its scope; stacks and constructs read no environment.
    files: ["constructs/**/*.ts", "stacks/**/*.ts"],
    rules: { "no-new": "off" },
  },
  {
    files: [
      "access/**/*.ts",
      "constructs/**/*.ts",
      "editing/**/*.ts",
      "draft/**/*.ts",
      "environments/**/*.ts",
      "preview/**/*.{ts,tsx}",
      "rehearsal/**/*.ts",
      "reports/**/*.ts",
      "secrets/**/*.ts",
      "segmentation/**/*.ts",
      "stacks/**/*.ts",
      "terraform/**/*.ts",
      "vault/**/*.ts",
    ],
    ignores: ["stacks/main.ts", "environments/load.ts", "environments/load-overlay.ts", "terraform/run.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "process", message: "Only stacks/main.ts, environments/load.ts and cli/ read it." },
        { name: "__dirname", message: "Use REPOSITORY of runtime/paths.ts." },
      ],
    },
  },
  {
    files: ["*/**/*.{ts,tsx,mjs}"],
    plugins: { house },
    settings: { root: import.meta.dirname },
    rules: { "house/may-look-at": "error" },
  },
  mayNotImport(PURE, [...OUTSIDE, ...DEPLOYING], "It is pure: it takes values and gives values.", READS_FILES),
  mayNotImport(READS_FILES, DEPLOYING, "It knows no construct."),
  mayNotImport(
    ["constructs/**/*.ts", "stacks/**/*.ts"],
    [...OUTSIDE, "yaml"],
    "It takes typed props and reads nothing.",
    ["stacks/main.ts"],
  ),
  mayImportOnlyTypes(["stacks/plans/*.ts"], "cdktf|constructs", "It is pure: it takes a city and gives a plan."),
  mayImportOnlyTypes(
    ["stacks/*-stack.ts"],
    "/(?:access|segmentation|environments/(?!(?:stack|folder)-names$))",
    "A stack only makes resources: what it needs of a city is computed in stacks/plans/.",
  ),
  mayNotImport(["cli/**/*.ts"], ["**/lab/**"], "No command that deploys needs the lab.", [
    "cli/doctor/programs.ts",
    "cli/lab.ts",
    "cli/lab-actions.ts",
    "cli/lab-report.ts",
    "cli/rehearse.ts",
    "cli/soak-groups.ts",
    "cli/test-groups.ts",
    "cli/test-needs.ts",
    "cli/test-providers.ts",
  ]),
  {
    files: ["test/**/*.ts"],
    extends: [jest.configs["flat/recommended"]],
    rules: {
      "max-lines-per-function": "off",
      "jest/no-disabled-tests": "error",
      "jest/no-focused-tests": "error",
      "jest/no-standalone-expect": ["error", { additionalTestBlockFunctions: ["soakTest"] }],
      "@typescript-eslint/explicit-function-return-type": "off",
    },
  },
  // Not a test file, though it declares tests for those that call it.
  { files: ["test/fixtures/worked-through.ts"], rules: { "jest/no-export": "off" } },
  {
    files: ["preview/page/browser/*.js"],
    languageOptions: { sourceType: "script", globals: { document: "readonly", addEventListener: "readonly" } },
  },
  {
    files: ["cli/bootstrap.mjs", "cli/prepack.mjs", "cli/sbom.mjs", "runtime/compile.mjs", "docs/**/*.mjs"],
    languageOptions: { globals: { console: "readonly", process: "readonly" } },
  },
);
