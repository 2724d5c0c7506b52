import { Command } from "commander";
import { count, escaped } from "../environments/display";
import { environmentFiles, loadCities } from "../environments/load";
import type { DeclaredCity } from "../environments/model/city";
import { seatNumbers } from "../environments/seats/seats";
import { EnvironmentError, formatViolation } from "../environments/violation";
import type { Violation } from "../environments/violation";
import { environmentsOption } from "./city-command";
import { withTextOrJson } from "./report/report-options";
import { EXIT } from "../runtime/exit-code";

const HELP = `
Without FILE it checks every *.yaml and *.yml of the folder, each by itself and all against one another. The folder is
POSTAZIONI_ENVIRONMENTS, or environments/.
With FILE it checks only these files, each by itself and against one another. To check a new file against the
existing cities, name no file, or name theirs too.

Each violation is one line on standard output: file:line:column: path: what is wrong; allowed: ...; repair: ...
With --format json standard output is one object: {"files": [...], "violations": [...]}. Nothing is written or deployed.

Exit code: 0 when all is right, 2 when there are violations.`;

interface ValidateOptions {
  readonly environments: string;
  readonly format: "text" | "json";
}

/** Result of checking files. */
interface Outcome {
  readonly files: readonly string[];
  readonly cities: readonly DeclaredCity[];
  readonly violations: readonly Violation[];
}

/** `validate [FILE...]`: prints every violation of the cities' files and exits with 2 where there are any. */
export function validateCommand(): Command {
  return withTextOrJson(new Command("validate"))
    .description("Check the cities' files and print every violation with file, line and column")
    .argument("[FILE...]", "files to check; by default those of every city")
    .addOption(environmentsOption())
    .addHelpText("after", HELP)
    .action((files: string[], { environments, format }: ValidateOptions, command: Command) => {
      if (files.length > 0 && command.getOptionValueSource("environments") === "cli") {
        command.error("error: name files or a folder by --environments, not both");
      }
      const outcome = check(files, environments);
      if (format === "json") printJson(outcome);
      else printLines(outcome);
      if (outcome.violations.length > 0) process.exitCode = EXIT.badInput;
    });
}

function check(named: readonly string[], folder: string): Outcome {
  let files = named;
  try {
    files = named.length > 0 ? named : environmentFiles(folder);
    return { files, cities: loadCities(files), violations: [] };
  } catch (error) {
    if (error instanceof EnvironmentError) return { files, cities: [], violations: error.violations };
    throw error;
  }
}

function printJson({ files, violations }: Outcome): void {
  console.log(JSON.stringify({ files, violations }, null, 2));
}

function printLines({ files, cities, violations }: Outcome): void {
  for (const city of cities) console.log(summary(city));
  for (const violation of violations) console.log(formatViolation(violation));
  if (violations.length > 0) console.error(total(violations));
  else console.error(`${count(files.length, "file")}: no violations`);
}

function summary({ city, pools, network }: DeclaredCity): string {
  const seats = pools.reduce((sum, pool) => sum + seatNumbers(pool).length, 0);
  const parts = [count(pools.length, "pool"), count(seats, "seat"), count(network.segments.length, "segment")];
  return `${escaped(city.name)}: ${parts.join(", ")}`;
}

function total(violations: readonly Violation[]): string {
  const files = new Set(violations.map(({ file }) => file)).size;
  return `${count(violations.length, "violation")} in ${count(files, "file")}`;
}
