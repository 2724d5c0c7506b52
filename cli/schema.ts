import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Command } from "commander";
import { withChangesTable } from "../environments/changes/changes-table";
import { citySchema } from "../environments/model/city";
import { shapeOf } from "../environments/reading/shape";
import { rulesPage } from "../environments/rules/rules-page";
import { REPOSITORY } from "../runtime/paths";
import { constructPages, FOLDER } from "./construct-pages";
import { EXIT } from "../runtime/exit-code";
import { portablePattern } from "./portable-pattern";
import { reportSchemas } from "./report-schema";

const CITY_FILE = "environments/city.schema.json";
const RULES_FILE = "docs/rules.md";
const CHANGES_FILE = "environments/README.md";

/** The text of environments/city.schema.json, from the schema of a city's file. */
export function schemaText(): string {
  const portable = (key: string, value: unknown): unknown =>
    key === "pattern" && typeof value === "string" ? portablePattern(value) : value;
  return `${JSON.stringify(shapeOf(citySchema), portable, 2)}\n`;
}

/** `schema [--check]`: writes the files that are generated from the model, or exits with 1 where one is out of date. */
export function schemaCommand(): Command {
  return new Command("schema")
    .description(
      "Write the JSON Schemas of a city's file, by which editors complete and check it, and of the reports, the list of the rules, and the pages of the constructs",
    )
    .option("--check", "write nothing; exit with 1 when one is out of date", false)
    .action(async ({ check }: { check: boolean }) => {
      const model = [
        { file: CITY_FILE, text: schemaText() },
        { file: RULES_FILE, text: rulesPage() },
        { file: CHANGES_FILE, text: withChangesTable(current(CHANGES_FILE) ?? "") },
      ];
      const pages = await constructPages();
      for (const { file, text } of [...model, ...(await reportSchemas()), ...pages]) keep(file, text, check);
      const left = readdirSync(join(REPOSITORY, FOLDER)).map((name) => `${FOLDER}/${name}`);
      for (const file of left.filter((one) => !pages.some((page) => page.file === one))) remove(file, check);
    });
}

function keep(name: string, text: string, check: boolean): void {
  const file = join(REPOSITORY, name);
  if (!check) {
    writeFileSync(file, text);
    console.error(`${relative(process.cwd(), file)}: written`);
  } else if (current(name) !== text) outdated(file);
}

/** A page of a construct that is gone. */
function remove(name: string, check: boolean): void {
  const file = join(REPOSITORY, name);
  if (!check) {
    rmSync(file);
    console.error(`${relative(process.cwd(), file)}: removed`);
  } else outdated(file);
}

function outdated(file: string): void {
  console.error(`${relative(process.cwd(), file)}: out of date; run 'npm run schema'`);
  process.exitCode = EXIT.failure;
}

/** The text of a file; undefined where it cannot be read. */
function current(name: string): string | undefined {
  try {
    return readFileSync(join(REPOSITORY, name), "utf8");
  } catch {
    return undefined;
  }
}
