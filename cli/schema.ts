import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Command } from "commander";
import { cityShape } from "../environments/reading/shape";
import { EXIT } from "./exit-code";

const FILE = join(__dirname, "..", "environments", "city.schema.json");

/** The text of environments/city.schema.json, made from the schema of a city's file. */
export function schemaText(): string {
  return `${JSON.stringify(cityShape, null, 2)}\n`;
}

/** `schema [--check]`: writes environments/city.schema.json, or exits with 1 where it is out of date. */
export function schemaCommand(): Command {
  return new Command("schema")
    .description("Write environments/city.schema.json, by which editors complete and check a city's file")
    .option("--check", "write nothing; exit with 1 when the file is out of date", false)
    .action(({ check }: { check: boolean }) => {
      const shown = relative(process.cwd(), FILE);
      if (!check) {
        writeFileSync(FILE, schemaText());
        console.error(`${shown}: written`);
      } else if (current() !== schemaText()) {
        console.error(`${shown}: out of date; run 'npm run schema'`);
        process.exitCode = EXIT.failure;
      }
    });
}

function current(): string | undefined {
  try {
    return readFileSync(FILE, "utf8");
  } catch {
    return undefined;
  }
}
