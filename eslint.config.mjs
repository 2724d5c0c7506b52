import js from "@eslint/js";
import jest from "eslint-plugin-jest";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Forbids imports by pattern; each folder of the house may only look towards where the data comes from. */
function mayNotImport(files, patterns, message, ignores = []) {
  return {
    files: [files],
    ignores,
    rules: { "no-restricted-imports": ["error", { patterns: [{ group: patterns, message }] }] },
  };
}

const OUTSIDE = ["node:fs", "node:fs/*", "node:process", "node:child_process", "node:net", "node:http*", "node:os"];
const DEPLOYING = ["**/constructs/**", "**/stacks/**", "cdktf", "@cdktf/*"];
const DOWNSTREAM_OF_ENVIRONMENTS = [...DEPLOYING, "**/lab/**", "**/cli/**", "**/reports/**"];
const DOWNSTREAM_OF_SEGMENTATION = [...DOWNSTREAM_OF_ENVIRONMENTS, "**/environments/**", "**/proof/**"];
const WORKERS = [
  "**/runtime/**",
  "**/terraform/**",
  "**/vault/**",
  "**/rehearsal/**",
  "**/secrets/**",
  "!**/environments/secrets/**",
];
const READS_FILES = ["environments/load.ts", "environments/reading/text.ts"];

export default defineConfig(
  globalIgnores(["node_modules/", "cdktf.out/", "preview.out/", "apply.out/", ".lab/", "coverage/"]),
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
    // A construct attaches itself to its scope; stacks and constructs read no environment.
    files: ["constructs/**/*.ts", "stacks/**/*.ts"],
    rules: { "no-new": "off" },
  },
  {
    files: [
      "access/**/*.ts",
      "constructs/**/*.ts",
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
    ignores: ["stacks/main.ts", "environments/load.ts", "terraform/run.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "process", message: "Only stacks/main.ts, environments/load.ts and cli/ read it." },
      ],
    },
  },
  mayNotImport(
    "segmentation/**/*.ts",
    [...DOWNSTREAM_OF_SEGMENTATION, ...OUTSIDE],
    "segmentation/ is pure: it takes a typed plan, and knows no file, no city's model and no construct.",
  ),
  mayNotImport(
    "access/**/*.ts",
    [...DOWNSTREAM_OF_SEGMENTATION, ...OUTSIDE],
    "access/ is pure: it takes typed policies, and knows no file, no city's model and no construct.",
  ),
  mayNotImport(
    "preview/**/*.{ts,tsx}",
    [...DOWNSTREAM_OF_ENVIRONMENTS, ...WORKERS, ...OUTSIDE, "**/proof/**"],
    "preview/ is pure: it takes plans as text and checked cities, and runs nothing.",
    ["preview/page/assets.ts"],
  ),
  mayNotImport(
    "preview/page/assets.ts",
    [...DOWNSTREAM_OF_ENVIRONMENTS, "**/proof/**"],
    "preview/ is pure; this file alone reads, and only the page's own style and script.",
  ),
  mayNotImport(
    "reports/**/*.ts",
    [...DEPLOYING, "**/terraform/**", "**/vault/**", "**/rehearsal/**", ...OUTSIDE, "**/lab/**", "**/cli/**"],
    "reports/ is pure: it takes checked cities, and gives texts and what they are made of.",
  ),
  mayNotImport("cli/**/*.ts", ["**/lab/**"], "No command that deploys needs the lab.", [
    "cli/lab.ts",
    "cli/lab-actions.ts",
    "cli/lab-report.ts",
    "cli/rehearse.ts",
    "cli/test-groups.ts",
  ]),
  mayNotImport(
    "runtime/**/*.ts",
    [
      ...DOWNSTREAM_OF_SEGMENTATION,
      "**/segmentation/**",
      "**/access/**",
      "**/preview/**",
      "**/terraform/**",
      "**/vault/**",
    ],
    "runtime/ serves every room and knows none.",
  ),
  mayNotImport(
    "terraform/**/*.ts",
    [...DOWNSTREAM_OF_ENVIRONMENTS, "**/vault/**", "**/secrets/**", "!**/environments/secrets/**"],
    "terraform/ runs Terraform on synthesized stacks; it knows no construct, no lab and no command line.",
  ),
  mayNotImport(
    "vault/**/*.ts",
    [...DOWNSTREAM_OF_SEGMENTATION, "**/segmentation/**", "**/preview/**", "**/terraform/**", "**/secrets/**"],
    "vault/ speaks to a Vault; it knows no city.",
  ),
  mayNotImport(
    "rehearsal/**/*.ts",
    ["**/cli/**", "**/constructs/**", "**/stacks/**", "**/proof/**"],
    "rehearsal/ deploys through the lab; it knows neither the stacks nor the command line.",
  ),
  mayNotImport(
    "secrets/**/*.ts",
    [...DOWNSTREAM_OF_ENVIRONMENTS, "**/segmentation/**", "**/proof/**"],
    "secrets/ asks vCenter and Vault about a checked city; it knows no construct, no stack and no lab.",
  ),
  mayNotImport(
    "proof/**/*.ts",
    [...DOWNSTREAM_OF_ENVIRONMENTS, "**/environments/**"],
    "proof/ proves what segmentation/ says; it knows no city's model.",
  ),
  mayNotImport(
    "environments/**/*.ts",
    [...DOWNSTREAM_OF_ENVIRONMENTS, ...OUTSIDE],
    "environments/ stands at the beginning: it knows no construct, and only load.ts and reading/text.ts read files.",
    READS_FILES,
  ),
  ...READS_FILES.map((file) =>
    mayNotImport(file, DOWNSTREAM_OF_ENVIRONMENTS, "environments/ stands at the beginning: it knows no construct."),
  ),
  mayNotImport(
    "constructs/**/*.ts",
    [...OUTSIDE, "yaml", "**/environments/**", "**/segmentation/**", "**/stacks/**", "**/lab/**", "**/cli/**"],
    "A construct takes typed props; it knows no file, no YAML and no city's model.",
  ),
  mayNotImport(
    "stacks/**/*.ts",
    [...OUTSIDE, "yaml", "**/lab/**", "**/cli/**"],
    "stacks/ knows neither the lab nor the command line, and only main.ts reads files.",
    ["stacks/main.ts"],
  ),
  mayNotImport(
    "stacks/main.ts",
    ["yaml", "**/lab/**", "**/cli/**"],
    "stacks/ knows neither the lab nor the command line.",
  ),
  mayNotImport(
    "lab/**/*.ts",
    ["**/cli/**", "**/constructs/**", "**/stacks/**"],
    "lab/ deploys through cdktf, from outside.",
  ),
  {
    files: ["test/**/*.ts"],
    extends: [jest.configs["flat/recommended"]],
    rules: {
      "max-lines-per-function": "off",
      "jest/no-disabled-tests": "error",
      "jest/no-focused-tests": "error",
      "@typescript-eslint/explicit-function-return-type": "off",
    },
  },
  {
    files: ["preview/page/browser/*.js"],
    languageOptions: { sourceType: "script", globals: { document: "readonly", addEventListener: "readonly" } },
  },
  { files: ["cli/bootstrap.mjs"], languageOptions: { globals: { console: "readonly", process: "readonly" } } },
);
