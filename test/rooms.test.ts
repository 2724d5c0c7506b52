import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";

const ROOT = join(__dirname, "..");

/** The rule alone, without types: eslint's own modules are no CommonJS. */
const LINT = `
  import { Linter } from "eslint";
  import { house } from "./eslint.rooms.mjs";
  const [filename, code] = process.argv.slice(1);
  const config = { files: ["**/*.ts"], plugins: { house }, settings: { root: process.cwd() }, rules: { "house/may-look-at": "error" } };
  process.stdout.write(JSON.stringify(new Linter().verify(code, config, { filename }).map(({ message }) => message)));
`;

/** What lint says of imports in a file of that name. */
function said(file: string, ...imports: readonly string[]): unknown {
  const code = imports.map((path) => `import "${path}";`).join("\n");
  const args = ["--input-type=module", "--eval", LINT, join(ROOT, file), code];
  return JSON.parse(spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" }).stdout);
}

describe("the table of rooms", () => {
  test("is what lint holds imports to", () => {
    expect(said("segmentation/address.ts", "./ports", "../access/vault-paths", "../lab/lab")).toEqual([
      "segmentation/ may not look at access/: see the table in docs/architecture.md.",
      "segmentation/ may not look at lab/: see the table in docs/architecture.md.",
    ]);
  });

  test("tells rooms from folders of the same name, and lets the command line see all", () => {
    expect(said("environments/load.ts", "./secrets/ssh-roles", "../secrets/status")).toEqual([
      "environments/ may not look at secrets/: see the table in docs/architecture.md.",
    ]);
    expect(said("cli/main.ts", "../lab/lab", "../secrets/status")).toEqual([]);
  });
});
